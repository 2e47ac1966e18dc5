import type { Diagnostic } from "../../model/diagnostic.ts";
import { renderDiagnostics } from "../diagnostics.ts";
import { createBudget } from "./budget.ts";
import { fenced } from "./inline.ts";

/** Replaces a plan or its result: a title, and the errors as far as there is room. The title is not escaped. */
export function renderNotice(
  title: string,
  text: string,
  diagnostics: readonly Diagnostic[],
  size: number,
): string {
  const head = `### ${title}\n\n${text}\n`;
  const budget = createBudget(size - head.length - 100);
  const boxes = diagnostics.map((one) => renderDiagnostics([one], { color: false, columns: 100 }));
  const fit = boxes.findIndex((box) => !budget.take(box));
  const shown = fit === -1 ? boxes : boxes.slice(0, fit);
  if (shown.length === 0) return head;
  return `${head}\n${fenced("text", shown.join("").trimEnd().split("\n"))}`;
}
