import type { Log, ReportingDescriptor, Result } from "sarif";
import type { Diagnostic } from "../model/diagnostic.ts";
import { harmlessJson } from "../text/harmless-json.ts";
import { harmlessLines } from "./harmless.ts";

export interface SarifOptions {
  /** Of galops. */
  readonly version: string;
  /** Where a diagnostic is shown that has no place: code scanning shows none without. */
  readonly file: string;
}

/**
 * Diagnostics as SARIF 2.1.0, for code scanning: one run, a rule for each code.
 *
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 * @see https://docs.github.com/code-security/reference/code-scanning/sarif-files/sarif-support
 */
export function renderSarif(diagnostics: readonly Diagnostic[], options: SarifOptions): string {
  const rules = [...new Map(diagnostics.map((diagnostic) => [diagnostic.code, ruleOf(diagnostic)])).values()];
  const log: Log = {
    $schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "galops", version: options.version, rules } },
        columnKind: "utf16CodeUnits",
        results: diagnostics.map((diagnostic) => resultOf(diagnostic, rules, options.file)),
      },
    ],
  };
  return `${harmlessJson(log)}\n`;
}

function ruleOf({ code, severity, summary }: Diagnostic): ReportingDescriptor {
  return {
    id: code,
    shortDescription: { text: plainText(summary) },
    defaultConfiguration: { level: severity },
  };
}

function resultOf(
  { code, severity, summary, detail, place }: Diagnostic,
  rules: readonly ReportingDescriptor[],
  file: string,
): Result {
  const region =
    place === null ? { startLine: 1 } : { startLine: place.line, startColumn: Math.max(1, place.column) };
  return {
    ruleId: code,
    ruleIndex: rules.findIndex(({ id }) => id === code),
    level: severity,
    message: { text: plainText(detail === "" ? summary : `${summary}. ${detail}`) },
    locations: [{ physicalLocation: { artifactLocation: { uri: uriOf(place?.file ?? file) }, region } }],
  };
}

/** In a message `[text](target)` is a link; what somebody wrote into a config shall be none. */
function plainText(text: string): string {
  return harmlessLines(text).replaceAll("](", "] (");
}

/** Relative to the root of the repository, from which CI runs; of an absolute path a `file:` URI. */
function uriOf(path: string): string {
  const parts = path.replaceAll("\\", "/").replace(/^\.\//u, "").split("/");
  const uri = parts.map((part) => encodeURIComponent(part.toWellFormed())).join("/");
  if (/^[a-zA-Z]:\//u.test(parts.join("/"))) return `file:///${uri}`;
  return uri.startsWith("/") ? `file://${uri}` : uri;
}
