import type { Diagnostic } from "../model/diagnostic.ts";
import { harmlessLines } from "./harmless.ts";
import { counted } from "./prose.ts";

/** GitHub drops further annotations of a step. */
const mostOfAKind = 10;

/**
 * Renders diagnostics as workflow commands, so that GitHub shows them at the lines that they concern; errors first. All
 * text is escaped, so that it can neither end its command nor begin another one.
 *
 * @param fileOf - maps a file to its path in the repository
 * @see https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands
 */
export function renderAnnotations(
  diagnostics: readonly Diagnostic[],
  fileOf: (file: string) => string = (file) => file,
): readonly string[] {
  return (["error", "warning"] as const).flatMap((severity) => {
    const these = diagnostics.filter((one) => one.severity === severity);
    const left = these.length - mostOfAKind;
    return [
      ...these.slice(0, mostOfAKind).map((one) => annotation(one, fileOf)),
      ...(left > 0 ? [`${counted(left, `more ${severity}`)} without an annotation.\n`] : []),
    ];
  });
}

function annotation(
  { severity, summary, detail, place }: Diagnostic,
  fileOf: (file: string) => string,
): string {
  const where =
    place === null
      ? []
      : [
          ["file", fileOf(place.file)],
          ["line", String(place.line)],
          ["col", String(place.column)],
        ];
  const properties = [...where, ["title", summary]].map(([name, value = ""]) => `${name}=${property(value)}`);
  return `::${severity} ${properties.join(",")}::${data(detail === "" ? summary : detail)}\n`;
}

function data(text: string): string {
  return harmlessLines(text).replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function property(text: string): string {
  return data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
