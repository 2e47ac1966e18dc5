import type { Diagnostic } from "../model/diagnostic.ts";
import { createPaint } from "./color.ts";
import type { Paint } from "./color.ts";
import { harmless, harmlessLines } from "./harmless.ts";
import { boxed, proseWidth, wrapped } from "./prose.ts";

/**
 * Renders diagnostics as text, one box each, in the given order; "" for none.
 *
 * @param options.columns - width of the terminal; 80 by default
 */
export function renderDiagnostics(
  diagnostics: readonly Diagnostic[],
  options: { readonly color: boolean; readonly columns?: number },
): string {
  const paint = createPaint(options.color);
  const width = proseWidth(options.columns ?? 80);
  return diagnostics.map((diagnostic) => box(diagnostic, paint, width)).join("");
}

function box(diagnostic: Diagnostic, paint: Paint, width: number): string {
  const { severity, summary, detail, place, excerpt, requestId } = diagnostic;
  const isError = severity === "error";
  const style = isError ? "red" : "yellow";
  const title = `${paint(isError ? "Error:" : "Warning:", "bold", style)} ${paint(harmless(summary), "bold")}`;
  const where =
    place === null ? [] : ["", `  on ${harmless(place.file)} line ${place.line}, column ${place.column}:`];
  const source =
    excerpt === undefined || place === null
      ? []
      : harmlessLines(excerpt.replace(/\n+$/u, ""))
          .split("\n")
          .map((line) => `  ${line}`);
  const prose = detail === "" ? [] : ["", ...wrapped(harmlessLines(detail), width)];
  const request = requestId === undefined ? [] : ["", `request id ${harmless(requestId)}`];
  return boxed([title, ...where, ...source, ...prose, ...request], paint, style);
}
