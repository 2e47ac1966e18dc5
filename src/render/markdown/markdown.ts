import type { ApplyResult } from "../../model/apply-result.ts";
import type { Diagnostic } from "../../model/diagnostic.ts";
import type { PlanRecord } from "../../model/plan.ts";
import { createPaint } from "../color.ts";
import { causeNames, causeNotes, droppedNote } from "../comparison.ts";
import { renderDiagnostics } from "../diagnostics.ts";
import { overviewOf } from "../overview.ts";
import type { Counts, Overview, SyncOverview } from "../overview.ts";
import { counted } from "../prose.ts";
import { failureBoxes, renderResultText } from "../result.ts";
import { allowedOf } from "../allowed.ts";
import { planLine, refusalBox } from "../text.ts";
import { createBudget, sizeOf } from "./budget.ts";
import type { Budget } from "./budget.ts";
import { changesMarkdown, leastSize } from "./changes.ts";
import { codeSpan, fenced, folded } from "./inline.ts";
import { tableHead, tableRow } from "./table.ts";

export interface MarkdownOptions {
  /** Maximum size, in bytes of UTF-8; a comment on GitHub may have 65,536 characters. */
  readonly budget: number;
  /** Markdown that says where to find the rest; continues `12 more creates not shown here; `. */
  readonly more?: string;
  /** The result of the plan; absent when it was not applied. */
  readonly result?: ApplyResult | undefined;
  /** Replaces the first line; the counts of the plan follow, labeled `counts`. */
  readonly head?: {
    readonly title: string;
    readonly text: string;
    readonly counts: string;
  };
  /** Markdown on how to proceed when a limit refuses the plan. */
  readonly advice?: string;
}

/** Size of the shortest possible entry, which bounds the number of entries. */
const shortestEntry = 16;
const plain = createPaint(false);
const columns = 100;

/**
 * Renders a plan, and its result, as the body of a comment. Untrusted text cannot act as markup, mention or command.
 * When there is too little room, the less risky entries are counted instead of shown.
 */
export async function renderMarkdown(
  records: AsyncIterable<PlanRecord>,
  options: MarkdownOptions,
): Promise<string> {
  const { budget: size, more = "<code>--format html</code> has all of them", result, advice = "" } = options;
  const overview = await overviewOf(records, Math.ceil(size / shortestEntry));
  const least = leastSize(overview, more);
  const head = headOf(overview, options);
  const budget = createBudget(size - sizeOf(head) - least);
  // Parts are taken in order of importance, which is not the order in which they appear.
  const urgent = urgentParts(overview, result, budget) + takenOr("", advice, budget);
  const allowed = takenOr("", allowancesOf(overview), budget);
  const table = tableOf(overview.syncs, budget);
  const renamed = takenOr("", renamesOf(overview), budget);
  const compared = takenOr("", comparisonOf(overview), budget);
  const errors = diagnosticsOf(overview.end.diagnostics, "error", budget);
  const changes = changesMarkdown(overview, budget, more);
  const warnings = diagnosticsOf(overview.end.diagnostics, "warning", budget);
  return `${head}${urgent}${allowed}${table}${renamed}${compared}${errors}${changes}${warnings}`;
}

function headOf({ end, hasErrors, isBlind }: Overview, { result, head }: MarkdownOptions): string {
  if (head !== undefined) {
    const counts = planLine(end.summary, false, plain).replace(/^Plan: /u, "");
    return `### ${head.title}\n\n${head.text}\n\n${head.counts}: ${counts}\n`;
  }
  const title =
    result !== undefined
      ? `galops apply: ${lastLineOf(renderResultText(result, { color: false })).replace(/^Apply /u, "")}`
      : isBlind
        ? "galops plan: no plan, because nothing could be compared"
        : `galops plan: ${planLine(end.summary, hasErrors, plain).replace(/^Plan: /u, "")}`;
  return `### ${title}\n`;
}

function lastLineOf(text: string): string {
  return text.trimEnd().split("\n").at(-1) ?? "";
}

/** Refusals and failures. */
function urgentParts({ end }: Overview, result: ApplyResult | undefined, budget: Budget): string {
  const refusals = end.refusals.map((refusal) => refusalBox(refusal, plain, columns));
  const failures = result === undefined ? [] : failureBoxes(result, plain, columns);
  return boxes(refusals, "refusal", budget) + boxes(failures, "kind of failure", budget);
}

/** As many whole boxes as there is room for; the rest is counted. */
function boxes(all: readonly string[], what: string, budget: Budget): string {
  if (all.length === 0 || !budget.take(`\n${fenced("text", [])}${notShown(all.length, what)}`)) return "";
  const fit = all.findIndex((box) => !budget.take(box));
  const shown = fit === -1 ? all : all.slice(0, fit);
  const left = all.length - shown.length;
  const text = shown.length === 0 ? "" : `\n${fenced("text", shown.join("").trimEnd().split("\n"))}`;
  return text + (left > 0 ? notShown(left, what) : "");
}

function notShown(count: number, what: string): string {
  return `\n${counted(count, `more ${what}`, `more ${what}s`)} not shown here.\n`;
}

const columnsOf = [
  ["create", "create"],
  ["update", "update"],
  ["delete", "delete"],
  ["adopt", "adopt"],
  ["withheld", "withheld"],
  ["unchanged", "unchanged"],
  ["unmanaged", "unmanaged"],
] as const satisfies readonly Column[];

type Column = readonly [of: keyof Counts, name: string];

/** Other columns appear only when they have a count. */
const alwaysShown: ReadonlySet<keyof Counts> = new Set(["create", "update", "delete", "unchanged"]);

function tableOf(syncs: readonly SyncOverview[], budget: Budget): string {
  if (syncs.length === 0) return "";
  const shownColumns = columnsOf.filter(
    ([of]) => alwaysShown.has(of) || syncs.some(({ counts }) => counts[of] > 0),
  );
  const head = tableHead(["sync", "target"], ["mailboxes", ...shownColumns.map(([, name]) => name)]);
  if (!budget.take(head + notShown(syncs.length, "sync"))) return "";
  const rows = syncs.map((sync) => rowOf(sync, shownColumns));
  const fit = rows.findIndex((row) => !budget.take(row));
  const shown = fit === -1 ? rows : rows.slice(0, fit);
  const left = rows.length - shown.length;
  return head + shown.join("") + (left > 0 ? notShown(left, "sync") : "");
}

function rowOf({ name, kind, tenant, books, counts }: SyncOverview, shown: readonly Column[]): string {
  const numbers = shown.map(([of]) =>
    of === "delete" && counts[of] > 0 ? `**${counts[of]}**` : String(counts[of]),
  );
  const mailboxes = kind === "mailbox-contacts" ? String(books) : "";
  const cells = [codeSpan(name), `${codeSpan(kind)} in ${codeSpan(tenant)}`, mailboxes, ...numbers];
  return tableRow(cells);
}

/** The `--allow` options of the plan, which its approval covers too. */
function allowancesOf({ header: { allowances }, end }: Overview): string {
  const { fitting, misfit } = allowedOf(allowances, end);
  return optionsLine("Allowed", fitting) + optionsLine("Does not fit this plan", misfit);
}

function optionsLine(title: string, options: readonly string[]): string {
  return options.length === 0 ? "" : `\n${title}: ${options.map(codeSpan).join(", ")}\n`;
}

function renamesOf({ renames }: Overview): string {
  const text = renames.text(plain);
  return text === "" ? "" : `\n${fenced("text", text.trimEnd().split("\n"))}`;
}

/** Counts the changes of the plan by cause. */
function comparisonOf({ end: { comparison } }: Overview): string {
  if (comparison === undefined) return "";
  const rows = [
    ...causeNames.map((cause) => [causeNotes[cause], comparison.causes[cause]] as const),
    [droppedNote, comparison.dropped] as const,
  ];
  const actions = (["create", "update", "delete", "adopt"] as const).filter(
    (action) => action !== "adopt" || rows.some(([, counts]) => counts.adopt > 0),
  );
  const lines = rows
    .filter(([, counts]) => actions.some((action) => counts[action] > 0))
    .map(([name, counts]) =>
      tableRow([name, ...actions.map((action) => (counts[action] > 0 ? String(counts[action]) : ""))]),
    );
  return lines.length === 0 ? "" : tableHead(["compared with the base config"], actions) + lines.join("");
}

function takenOr(otherwise: string, text: string, budget: Budget): string {
  return budget.take(text) ? text : otherwise;
}

function diagnosticsOf(all: readonly Diagnostic[], severity: Diagnostic["severity"], budget: Budget): string {
  const these = all.filter((diagnostic) => diagnostic.severity === severity);
  if (these.length === 0) return "";
  const title = `<b>${counted(these.length, severity)}</b>`;
  const isOpen = severity === "error";
  const frame = `\n${folded(title, "", isOpen)}`;
  if (!budget.take(frame)) return "";
  const texts = these.map((diagnostic) => renderDiagnostics([diagnostic], { color: false, columns }));
  return `\n${folded(title, boxes(texts, severity, budget).trimStart(), isOpen)}`;
}
