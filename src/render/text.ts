import type { Allowance } from "../model/allowance.ts";
import type { Action, PlanEnd, PlanRecord, Refusal, Summary } from "../model/plan.ts";
import { allowedOf } from "./allowed.ts";
import { symbols } from "./change-block.ts";
import { comparisonText } from "./comparison.ts";
import { createPaint } from "./color.ts";
import type { Paint } from "./color.ts";
import { harmless } from "./harmless.ts";
import { boxed, counted, durationText, wrapped } from "./prose.ts";
import { createSyncSection } from "./sync-section.ts";
import type { SyncSection } from "./sync-section.ts";

/**
 * Renders a plan as text in Terraform's style: the symbols in use, each sync with its changes, refusals, and a last
 * line that counts contacts in mailboxes. Diagnostics are not included (see renderDiagnostics).
 *
 * Yields nothing until the plan was read to its end, because the symbols in use come first.
 */
export async function* renderPlanText(
  records: AsyncIterable<PlanRecord>,
  options: {
    readonly color: boolean;
    /** What would have to be for its changes to be made, e.g. `if they were approved`; absent: nothing. */
    readonly condition?: string | undefined;
  },
): AsyncIterable<string> {
  const paint = createPaint(options.color);
  const sections: SyncSection[] = [];
  let hasErrors = false;
  let allowances: readonly Allowance[] = [];
  let end: PlanEnd | null = null;
  for await (const record of records) {
    if (record.type === "plan") allowances = record.allowances;
    if (record.type === "sync") sections.push(createSyncSection(record, paint));
    if (record.type === "book") {
      sections.at(-1)?.add(record);
      hasErrors ||= record.problem?.severity === "error";
    }
    if (record.type === "end") end = record;
  }
  if (end === null) throw new Error("The plan to render has no end.");
  hasErrors ||= end.diagnostics.some(({ severity }) => severity === "error");
  const incomplete = new Set(end.incomplete);
  yield legend(new Set(sections.flatMap((section) => [...section.actions()])), options.condition, paint);
  for (const section of sections) yield `\n${section.text(incomplete.has(section.name))}`;
  if (end.refusals.length > 0)
    yield `\n${end.refusals.map((refusal) => refusedLine(refusal, paint)).join("")}`;
  const comparison = end.comparison === undefined ? "" : comparisonText(end.comparison, paint);
  if (comparison !== "") yield `\n${comparison}`;
  const { fitting, misfit } = allowedOf(allowances, end);
  if (fitting.length > 0) yield `\n${paint("Allowed:", "bold")} ${harmless(fitting.join(", "))}\n`;
  if (misfit.length > 0)
    yield `\n${paint("Does not fit this plan:", "bold")} ${harmless(misfit.join(", "))}\n`;
  if (end.forecastSeconds !== null) {
    yield `\n${paint("Forecast:", "bold")} ${forecastText(end.forecastSeconds)}.\n`;
  }
  yield `\n${planLine(end.summary, hasErrors, paint)}\n`;
}

/** Expected duration at the rate limits of Exchange Online. */
export function forecastText(seconds: number): string {
  return `about ${durationText(seconds)}, at the pace that Exchange Online allows`;
}

function legend(used: ReadonlySet<Action>, condition: string | undefined, paint: Paint): string {
  const actions = (["create", "update", "delete", "adopt"] as const).filter((action) => used.has(action));
  if (actions.length === 0) return "";
  const lines = actions.map(
    (action) => `  ${paint(symbols[action].symbol, symbols[action].style)} ${action}`,
  );
  const changes = condition === undefined ? "these changes" : `these changes ${condition}`;
  return `\ngalops would make ${changes}, with the following symbols:\n${lines.join("\n")}\n`;
}

/** A box with the reason why a limit refuses the plan, and how to proceed. */
export function refusalBox(refusal: Refusal, paint: Paint, width: number): string {
  return boxed(
    [refusedTitle(refusal, paint), "", ...wrapped(harmless(refusal.message), width)],
    paint,
    "red",
  );
}

/** One line for a refusal. The error explains the reason and how to proceed. */
function refusedLine(refusal: Refusal, paint: Paint): string {
  return `${refusedTitle(refusal, paint)}; see the error.\n`;
}

function refusedTitle({ limit, sync }: Refusal, paint: Paint): string {
  return `${paint("Refused:", "bold", "red")} ${paint(`${harmless(sync)} exceeds a safety limit (${limit})`, "bold")}`;
}

/** `Plan: 3 to create, 2 to update, 1 to delete.`, or why there is nothing to do. */
export function planLine(summary: Summary, hasErrors: boolean, paint: Paint): string {
  const { create, update, delete: deleted, adopt, withheld, rename = 0, hide = 0, move = 0 } = summary;
  if (create + update + deleted + adopt + rename > 0) {
    const counts = [
      `${create} to create`,
      `${update} to update${hide > 0 ? ` (${hide} of them to hide)` : ""}`,
      `${deleted} to delete`,
      ...(adopt > 0 ? [`${adopt} to adopt`] : []),
      ...(rename > 0 ? [`${counted(rename, "folder")} to rename`] : []),
      ...(withheld > 0 ? [`${withheld} withheld`] : []),
    ];
    const moves =
      move === 0
        ? ""
        : ` (${counted(move, "contact")} ${move === 1 ? "moves" : "move"} to another folder: created there, then deleted here)`;
    return `${paint("Plan:", "bold")} ${counts.join(", ")}${moves}.`;
  }
  const rest = hasErrors
    ? "What could be read matches the configuration; see the errors for what could not."
    : withheld > 0
      ? `All changes found are withheld (${withheld}).`
      : "The tenants match the configuration.";
  return `${paint("No changes.", "bold", "green")} ${rest}`;
}
