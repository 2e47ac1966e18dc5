import type { Diagnostic } from "../model/diagnostic.ts";

const wrongNames: ReadonlySet<string> = new Set([
  "excluded-mailbox-not-found",
  "group-not-found",
  "group-ambiguous",
  "group-named-as-user",
  "unknown-mailbox",
]);

/**
 * Whether a diagnostic is about a name in the config or the command that the tenant does not know. The user must fix
 * it, so nothing is changed until then.
 */
export function isWrongName({ severity, code }: Pick<Diagnostic, "severity" | "code">): boolean {
  return severity === "error" && wrongNames.has(code);
}
