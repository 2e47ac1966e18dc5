import { ExchangeError } from "./exchange.ts";
import type { Body } from "./outcome.ts";
import { field } from "./said.ts";

/** Of the PowerShell module whose part is asked for; any that Exchange still serves does. */
export const moduleVersion = "3.9.2";

/**
 * Names of the cmdlets that a module file exports, which is made for the roles of who asks.
 *
 * @throws {ExchangeError} where it names none
 */
export function permittedIn(body: Body): readonly string[] {
  const value: unknown = body?.["value"];
  const exported = (Array.isArray(value) ? value : []).flatMap(
    (file) => field(file, "exportedCmdlets") ?? [],
  );
  const names = exported.flatMap((list) => (typeof list === "string" ? list.split(",") : []));
  const permitted = [...new Set(names.map((name) => name.trim()))].filter((name) => name !== "");
  if (permitted.length > 0) return permitted;
  throw new ExchangeError({
    kind: "malformed-answer",
    message: "Exchange's answer does not say which cmdlets may be run.",
    cmdlet: "",
    status: 200,
    outcome: "refused",
  });
}
