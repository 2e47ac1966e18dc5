import type { ExchangeSettings } from "../tenant/exchange-settings.ts";
import type { JsonObject } from "../tenant/tenant.ts";
import { jsonAnswer, noContent } from "../wire/wire.ts";
import type { ExchangeRequest, WireAnswer } from "../wire/wire.ts";
import type { Outcome } from "./call.ts";
import { allowedCmdlets } from "./caller.ts";
import { invalidOperation, wordless } from "./exchange-problem.ts";
import type { Page } from "./pages.ts";
import { annotated } from "./rows.ts";

type Said = Pick<Outcome, "warnings" | "confirmation">;

const moreResults =
  "There are more results available than are currently displayed. To view them, increase the value for the ResultSize parameter.";

const nothingSaid: Said = { warnings: [], confirmation: null };

/** An answer with a page of objects. */
export function pageAnswer(request: ExchangeRequest, page: Page, said: Said = nothingSaid): WireAnswer {
  const { rows, select, token, saysMore } = page;
  const unknown = rows[0] === undefined ? undefined : select?.find((name) => !(name in (rows[0] ?? {})));
  if (unknown !== undefined) {
    throw invalidOperation(
      `Could not find a property named '${unknown}' on type 'Exchange.GenericHashTable'.`,
    );
  }
  const warnings = saysMore ? [...said.warnings, moreResults] : said.warnings;
  const next = `${request.root}${request.path}?%24skiptoken=${encodeURIComponent(token ?? "")}`;
  return jsonAnswer(
    200,
    JSON.stringify({
      ...preamble(request, { ...said, warnings }),
      ...(token === null ? {} : { "@odata.nextLink": next }),
      value: rows.map((row) => annotated(row, select)),
    }),
  );
}

/** The answer of a cmdlet without output objects. */
export function emptyAnswer(request: ExchangeRequest, said: Said, settings: ExchangeSettings): WireAnswer {
  if (settings.emptyAnswer === "no-content") return noContent;
  const value = settings.emptyAnswer === "list" ? { value: [] } : {};
  return jsonAnswer(200, JSON.stringify({ ...preamble(request, said), ...value }));
}

function preamble({ root, segments }: ExchangeRequest, { warnings, confirmation }: Said): JsonObject {
  const context = `${root}/${segments[0]}/${segments[1]}/$metadata#Collection(Exchange.GenericHashTable)`;
  return {
    "@odata.context": context,
    "adminapi.warnings@odata.type": "#Collection(String)",
    "@adminapi.warnings": warnings,
    ...(confirmation === null ? {} : { "@adminapi.confirmationmessage": confirmation }),
  };
}

/** Which cmdlets the application may use, as the module asks for them. @throws {ExchangeProblem} */
export function moduleFile(request: ExchangeRequest, settings: ExchangeSettings): WireAnswer {
  if (request.method !== "GET") throw wordless(405);
  const hasVersion = new URLSearchParams(request.search).has("Version");
  if (!hasVersion || request.headers["commandname"] === undefined) throw invalidOperation();
  const exportedCmdlets = allowedCmdlets(settings).join(",");
  const context = `${request.root}/v1.0/${request.segments[1]}/$metadata#EXOModuleFile`;
  return jsonAnswer(200, JSON.stringify({ "@odata.context": context, value: [{ exportedCmdlets }] }));
}
