import type { Log, ReportingDescriptor, Result } from "sarif";
import type { Diagnostic } from "../model/diagnostic.ts";
import { harmlessJson } from "../text/harmless-json.ts";
import { harmlessLines } from "./harmless.ts";

export interface SarifOptions {
  /** Version of galops. */
  readonly version: string;
  /** File at which to show diagnostics without a place, because code scanning ignores results without a location. */
  readonly file: string;
}

/**
 * Renders diagnostics as SARIF 2.1.0 for code scanning: one run, one rule per code.
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

/** Escapes `[text](target)`, which would be a link in a message, so that a config cannot inject links. */
function plainText(text: string): string {
  return harmlessLines(text).replaceAll("](", "] (");
}

/** Relative to the root of the repository, where CI runs; a `file:` URI for an absolute path. */
function uriOf(path: string): string {
  const parts = path.replaceAll("\\", "/").replace(/^\.\//u, "").split("/");
  const uri = parts.map((part) => encodeURIComponent(part.toWellFormed())).join("/");
  if (/^[a-zA-Z]:\//u.test(parts.join("/"))) return `file:///${uri}`;
  return uri.startsWith("/") ? `file://${uri}` : uri;
}
