import type { ApplyResult, Failure } from "../model/apply-result.ts";
import { createPaint } from "./color.ts";
import type { Paint } from "./color.ts";
import { harmlessJson } from "../text/harmless-json.ts";
import { harmless } from "./harmless.ts";
import { flatDiagnostic } from "./json.ts";
import { boxed, counted, enumerated, proseWidth, wrapped } from "./prose.ts";

const failuresShown = 10;

/** Renders the result of an apply as text: the syncs that changed nothing, and a last line with counts. */
export function renderResultText(
  result: ApplyResult,
  options: {
    readonly color: boolean;
    readonly columns?: number;
    /** The run that was rolled back; null or absent for an apply. */
    readonly undoes?: string | null;
  },
): string {
  const paint = createPaint(options.color);
  const width = proseWidth(options.columns ?? 80);
  const { incomplete } = result;
  const unread =
    incomplete.length === 0
      ? ""
      : `Nothing was changed for ${enumerated(incomplete)}, because not everything could be read. See the errors.`;
  const lines = unread === "" ? [] : [...wrapped(harmless(unread), width), ""];
  const what = (options.undoes ?? null) === null ? "Apply" : "Rollback";
  return `${[...lines, lastLine(result, what, paint)].join("\n")}\n`;
}

/**
 * Renders what failed or was left alone, grouped by cause, and what to do next; "" for nothing.
 */
export function renderFailures(
  result: ApplyResult,
  options: {
    readonly color: boolean;
    readonly columns?: number;
    readonly isRollback?: boolean;
    /** Command line that does the rest. */
    readonly again?: string;
    /** Command line that shows what is left. */
    readonly plan?: string;
  },
): string {
  const { isRollback = false, again = "galops apply", plan = "galops plan" } = options;
  const paint = createPaint(options.color);
  const width = proseWidth(options.columns ?? 80);
  const unlisted =
    result.unlistedFailures > 0 ? `${counted(result.unlistedFailures, "more failure")} not listed.\n` : "";
  const next = harmless(isRollback ? nextOfRollback(result, again) : nextStep(result, { again, plan }));
  const advice = next === "" ? "" : `${wrapped(next, width).join("\n")}\n`;
  return [...failureBoxes(result, paint, width), unlisted, advice].filter((part) => part !== "").join("\n");
}

/** What failed or was left alone, one box per group. */
export function failureBoxes({ failures }: ApplyResult, paint: Paint, width: number): readonly string[] {
  return failureGroups(failures).map((group) => failureBox(group, paint, width));
}

/** Renders the result of an apply as one JSON document. */
export function renderResultJson(result: ApplyResult): string {
  const { created, updated, deleted, adopted, failed, skipped, renamed } = result.summary;
  const folders = renamed === undefined ? {} : { renamed };
  const parts = [
    `"run": ${harmlessJson(result.run)}`,
    `"summary": ${harmlessJson({ created, updated, deleted, adopted, failed, skipped, ...folders })}`,
    `"alreadyDone": ${result.alreadyDone}`,
    `"interrupted": ${result.interrupted}`,
    `"incomplete": ${harmlessJson(result.incomplete)}`,
    `"failures": [${result.failures.map((failure) => `\n${harmlessJson(failureParts(failure))}`).join(",")}]`,
    `"unlistedFailures": ${result.unlistedFailures}`,
    `"diagnostics": ${harmlessJson(result.diagnostics.map(flatDiagnostic))}`,
  ];
  return `{\n${parts.join(",\n")}\n}\n`;
}

function failureParts(failure: Failure): object {
  const { status, sync, mailbox, folder, action, key, displayName, code, message, requestId } = failure;
  return { status, sync, mailbox, folder, action, key, displayName, code, message, requestId };
}

/** Groups failures by sync, status and code, in order of first appearance. */
export function failureGroups(failures: readonly Failure[]): readonly (readonly [Failure, ...Failure[]])[] {
  const groups = new Map<string, [Failure, ...Failure[]]>();
  for (const failure of failures) {
    const id = JSON.stringify([failure.status, failure.sync, failure.code]);
    const group = groups.get(id);
    if (group === undefined) groups.set(id, [failure]);
    else group.push(failure);
  }
  return [...groups.values()];
}

function failureBox(group: readonly [Failure, ...Failure[]], paint: Paint, width: number): string {
  const [first] = group;
  const isError = first.status === "failed";
  const style = isError ? "red" : "yellow";
  const title = `${paint(isError ? "Error:" : "Warning:", "bold", style)} ${paint(harmless(failureTitle(group)), "bold")}`;
  const more = group.length - failuresShown;
  const lines = [title, "", ...reasonLines(group, width), ...(more > 0 ? [`  and ${more} more`] : [])];
  return boxed(lines, paint, style);
}

/** The contacts under the reason that they share, or each above its own. */
function reasonLines(group: readonly [Failure, ...Failure[]], width: number): readonly string[] {
  const shown = group.slice(0, failuresShown);
  const shared = sharedMessage(group);
  if (shared !== null) return [...wrapped(harmless(shared), width), "", ...shown.map(failureLine)];
  return shown.flatMap((failure) => [
    failureLine(failure),
    ...wrapped(harmless(failure.message), width - 4).map((line) => `    ${line}`),
  ]);
}

/** What is said of all of a group; null where something else is said of each. */
export function sharedMessage([first, ...others]: readonly [Failure, ...Failure[]]): string | null {
  return others.every(({ message }) => message === first.message) ? first.message : null;
}

/** Title of a group of failures. */
export function failureTitle(group: readonly [Failure, ...Failure[]]): string {
  const [{ status, sync, code }] = group;
  if (status === "failed") return `${counted(group.length, "change")} of ${sync} failed (${code})`;
  const were = group.length === 1 ? "was" : "were";
  if (status === "withheld") return `${counted(group.length, "change")} of ${sync} ${were} not undone`;
  return `${counted(group.length, "contact")} of ${sync} changed since the plan and ${were} left alone`;
}

/** One line for one failure. */
export function failureLine({ action, displayName, mailbox, requestId }: Failure): string {
  const where = mailbox === null ? "" : ` in ${harmless(mailbox)}`;
  const request = requestId === "" ? "" : ` (request-id ${harmless(requestId)})`;
  return `  ${action} ${harmless(displayName)}${where}${request}`;
}

function nextStep(
  { summary, failures, interrupted }: ApplyResult,
  { again, plan }: { readonly again: string; readonly plan: string },
): string {
  if (interrupted) {
    return `The run was interrupted after the changes in progress were finished. Run ${again} again to make the rest; changes already made are not repeated.`;
  }
  if (summary.failed > 0) {
    return `Run ${plan} to see what is left, and ${again} to try again; changes already made are not repeated.`;
  }
  const someStale = failures.some(({ status }) => status === "stale");
  return someStale ? `Run ${plan} to see what these contacts look like now.` : "";
}

/** Never suggests an apply, which would make the changes again that are being undone. */
function nextOfRollback(result: ApplyResult, again: string): string {
  const { summary, failures } = result;
  // What the plan left alone would be left alone again.
  const isOpen =
    isInterruptedOrUnread(result) || summary.failed > 0 || failures.some(({ status }) => status === "stale");
  if (!isOpen) return "";
  return `Run ${again} again for the rest; changes already undone are not repeated.`;
}

function lastLine(result: ApplyResult, what: string, paint: Paint): string {
  const isComplete = isAllMade(result);
  const title = isComplete
    ? `${what} complete!`
    : result.interrupted
      ? `${what} interrupted.`
      : `${what} incomplete.`;
  return `${paint(title, "bold", isComplete ? "green" : "red")} ${countsText(result)}.`;
}

function isInterruptedOrUnread({ interrupted, incomplete, diagnostics }: ApplyResult): boolean {
  return interrupted || incomplete.length > 0 || diagnostics.some(({ severity }) => severity === "error");
}

/** Whether the tenants now match the config, except for withheld changes. */
function isAllMade(result: ApplyResult): boolean {
  const { failed, skipped } = result.summary;
  return failed + skipped === 0 && !isInterruptedOrUnread(result);
}

function countsText({ summary, alreadyDone }: ApplyResult): string {
  const { created, updated, deleted, adopted, failed, skipped, renamed = 0 } = summary;
  return [
    `${created} created`,
    `${updated} updated`,
    `${deleted} deleted`,
    ...(adopted > 0 ? [`${adopted} adopted`] : []),
    ...(renamed > 0 ? [`${counted(renamed, "folder")} renamed`] : []),
    ...(alreadyDone > 0 ? [`${alreadyDone} done already`] : []),
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(skipped > 0 ? [`${skipped} left alone`] : []),
  ].join(", ");
}
