import type { Store } from "../store/store.ts";
import type { ExchangeRequest, WireAnswer } from "../wire/wire.ts";
import type { Call } from "./call.ts";
import { checkAnchor, checkCaller, isAllowed } from "./caller.ts";
import { cmdletNamed } from "../tenant/cmdlet-names.ts";
import { cmdletOf } from "./cmdlets.ts";
import type { Cmdlet } from "./cmdlets.ts";
import { ExchangeProblem, invalidOperation, wordless } from "./exchange-problem.ts";
import { emptyAnswer, moduleFile, pageAnswer } from "./answers.ts";
import { load } from "./load.ts";
import type { SleepyClock } from "./load.ts";
import { pages, preferredSize } from "./pages.ts";
import { bind } from "./parameters.ts";
import type { Bindings } from "./parameters.ts";
import { recipientIndex } from "./recipient-index.ts";
import { refusalAnswer } from "./refusal-answer.ts";
import { replication } from "./replication.ts";
import { bodyText, envelope } from "./request.ts";
import { usualSettings } from "../tenant/exchange-settings.ts";
import type { ExchangeSettings } from "../tenant/exchange-settings.ts";
import { urlOptions } from "./url-options.ts";

export interface ExchangeWorld {
  readonly clock: SleepyClock;
  /** Override the settings in the tenant's file; read at each request. */
  readonly settings: Partial<ExchangeSettings>;
  /** Returns a new GUID each time. */
  readonly guid: () => string;
}

/** Exchange Online's administration API, as far as contacts need it. */
export interface ExchangeService {
  /** Rejects with a SandboxFileError when a write could not be saved, and when the signal is aborted. */
  answer(request: ExchangeRequest, signal: AbortSignal): Promise<WireAnswer>;
}

export function exchangeService(
  store: Store,
  { clock, settings: given, guid }: ExchangeWorld,
): ExchangeService {
  const kept = pages(() => `EMUL01MB8842-${guid()}`);
  const replicated = replication();
  const carrier = load(clock);
  const index = recipientIndex(store.state);
  let made = 0;

  function answerOrRefusal(request: ExchangeRequest, settings: ExchangeSettings): WireAnswer {
    try {
      return carriedOut(request, settings);
    } catch (error) {
      if (error instanceof ExchangeProblem) return refusalAnswer(error.refusal, settings.errorForm);
      throw error;
    }
  }

  function carriedOut(request: ExchangeRequest, settings: ExchangeSettings): WireAnswer {
    const [version = "", tenant = "", action = "", ...more] = request.segments;
    checkCaller(request, store.state, tenant, settings);
    if (more.length > 0 || !["beta", "v1.0"].includes(version)) throw wordless(404);
    if (action === "EXOModuleFile" && version === "v1.0") return moduleFile(request, settings);
    if (action !== "InvokeCommand") throw wordless(404);
    if (version !== "beta" || request.method !== "POST") throw wordless(405);
    return invoked(request, settings);
  }

  function invoked(request: ExchangeRequest, settings: ExchangeSettings): WireAnswer {
    const { select, skiptoken } = urlOptions(request.search);
    if (!/^application\/json(;|$)/i.test(request.headers["content-type"] ?? "")) throw invalidOperation();
    const body = bodyText(request.body);
    const { cmdlet: written, parameters } = envelope(body);
    const name = cmdletNamed(written);
    if (name === null || !isAllowed(name, settings)) throw wordless(403);
    const cmdlet = cmdletOf(name);
    const bindings = bind(parameters, cmdlet.parameters);
    const anchor = request.headers["x-anchormailbox"] ?? "";
    if (!name.startsWith("Get-")) checkAnchor(store.state, anchor);
    const now = clock.now();
    const size = resultSize(cmdlet, bindings);
    const asking = { body, anchor, now, size, preferred: preferredSize(request) };
    if (skiptoken !== null) return pageAnswer(request, kept.next(skiptoken, asking, settings));
    const at = new Date(now).toISOString();
    const call: Call = { store, settings, replication: replicated, index, anchor, now: at, bindings };
    const outcome = cmdlet.run(call, made);
    if (name === "New-MailContact" && outcome.confirmation === null) made++;
    if (outcome.rows === null) return emptyAnswer(request, outcome, settings);
    return pageAnswer(request, kept.first(outcome.rows, select, asking, settings), outcome);
  }

  return {
    answer(request, signal) {
      const settings = { ...usualSettings, ...store.state.exchange, ...given };
      return carrier.carry(request, settings, signal, () => answerOrRefusal(request, settings));
    },
  };
}

/** Null for a cmdlet without that parameter. */
function resultSize({ parameters }: Cmdlet, bindings: Bindings): number | null {
  if (parameters["ResultSize"] === undefined) return null;
  const given = bindings.get("ResultSize");
  return typeof given === "number" ? given : usualResultSize;
}

const usualResultSize = 1000;
