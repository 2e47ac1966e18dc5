import type { ApplyResult } from "../../model/apply-result.ts";
import type { Diagnostic } from "../../model/diagnostic.ts";
import { sizeOf } from "../../render/markdown/budget.ts";
import { isBlind } from "../../render/is-blind.ts";
import { codeSpan } from "../../render/markdown/inline.ts";
import { renderMarkdown } from "../../render/markdown/markdown.ts";
import { renderNotice } from "../../render/markdown/notice.ts";
import type { Ui } from "../output/ui.ts";
import type { Spool } from "../plans/spool.ts";
import { changesIn, limitDiagnostics } from "../plans/verdict.ts";
import { allowLines, howToGoOn, inWorkflow, planAgain, recordsInWorkflow } from "./go-on.ts";
import type { ApplyOutput } from "./result-file.ts";

/** What a CI run has to tell. */
export interface CiReport {
  /** Null where none was saved: planning ended before there was one. */
  readonly plan: Spool | null;
  /** Why the plan that was saved cannot be read; empty where it can, or where there is none. */
  readonly unreadable: readonly Diagnostic[];
  /** Null before apply. */
  readonly output: ApplyOutput | null;
}

/** What stands around the report. */
export interface ReportFrame {
  /** The config, as the repository names it. */
  readonly name: string;
  readonly commit: string;
  /** Page of the run; null when unknown. */
  readonly page: string | null;
}

/** The report as Markdown of at most `size` bytes; people are hidden as `ui` says. */
export async function reportMarkdown(
  report: CiReport,
  frame: ReportFrame,
  ui: Ui,
  size: number,
  more: string,
): Promise<string> {
  const { plan, unreadable, output } = report;
  const footer = footerOf(report, frame);
  const budget = size - sizeOf(footer);
  const log = frame.page === null ? "The log of the run says why." : `[The run](${frame.page}) says why.`;
  const notice = (title: string, text: string): string =>
    renderNotice(title, text, errorsOf(ui.diagnostics(reportDiagnostics(report))), budget) + footer;
  if (output?.kind === "refused") {
    // People are called as in the plan that was approved.
    const text = (): AsyncIterable<string> => (plan ?? output).text();
    const beyond = ui.records({ text, records: () => recordsInWorkflow(output.records()) }, "result");
    return (await renderMarkdown(beyond, { budget, more, head: refusedHead })) + footer;
  }
  if (output?.kind === "failed")
    return notice("galops apply: nothing was changed", howToGoOn(output.diagnostics));
  if (output?.kind === "nothing") return notice("galops apply: nothing was changed", log);
  if (unreadable.length > 0) return notice("galops plan: the plan cannot be read", log);
  if (plan === null) return notice("galops plan: there is no plan", log);
  const result = output === null ? undefined : ui.outcome(output.result);
  const records = ui.records({ ...plan, records: () => recordsInWorkflow(plan.records()) }, "result");
  const advice = allowLines(plan.end.refusals);
  return (await renderMarkdown(records, { budget, more, result, advice })) + footer;
}

const refusedHead = {
  title: "galops apply: refused",
  text: `The changes needed now go beyond the approved plan, so nothing was changed. ${planAgain}`,
  counts: "Not approved",
};

function footerOf({ plan }: CiReport, { name, commit, page }: ReportFrame): string {
  const parts = [
    codeSpan(name),
    ...(/^[0-9a-f]{7,64}$/u.test(commit) ? [`at ${commit.slice(0, 12)}`] : []),
    ...(plan === null ? [] : [`plan ${codeSpan(plan.end.id.slice(0, "sha256:".length + 12))}`]),
    ...(page === null ? [] : [`[run](${page})`]),
  ];
  return `\n<sub>${parts.join(" · ")}</sub>\n`;
}

function errorsOf(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return diagnostics.filter(({ severity }) => severity === "error");
}

/** What the steps that follow may go by; texts, as outputs are. */
export function reportOutputs({ plan, output }: CiReport): Readonly<Record<string, string>> {
  const summary = plan?.end.summary;
  const isRefused = (plan !== null && plan.end.refusals.length > 0) || output?.kind === "refused";
  return {
    "plan-id": plan?.end.id ?? "",
    "has-changes": String(plan !== null && changesIn(plan.end) > 0),
    refused: String(isRefused),
    ...numbers({
      create: summary?.create,
      update: summary?.update,
      delete: summary?.delete,
      adopt: summary?.adopt,
      withheld: summary?.withheld,
    }),
    ...(output === null ? {} : resultOutputs(output.kind === "made" ? output.result : null)),
  };
}

function resultOutputs(result: ApplyResult | null): Readonly<Record<string, string>> {
  const { created, updated, deleted, adopted, failed, skipped } = result?.summary ?? {};
  return {
    run: result?.run ?? "",
    ...numbers({ created, updated, deleted, adopted, failed, skipped }),
  };
}

function numbers(counts: Readonly<Record<string, number | undefined>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(counts).map(([name, count]) => [name, String(count ?? 0)]));
}

/** What GitHub shows beside the files. */
export function reportDiagnostics({ plan, unreadable, output }: CiReport): readonly Diagnostic[] {
  const all =
    output?.kind === "refused" || output?.kind === "failed"
      ? output.diagnostics
      : plan === null
        ? unreadable
        : [...limitDiagnostics(plan.end), ...plan.end.diagnostics];
  return all.map((one) => ({ ...one, detail: inWorkflow(one.detail) }));
}

/** Whether the tenants are as the config says; `unknown` where nothing differs, but not everything could be read. */
export function driftOf(plan: Spool | null): "some" | "none" | "unknown" {
  if (plan === null) return "unknown";
  if (changesIn(plan.end) > 0) return "some";
  const hasErrors = plan.end.diagnostics.some(({ severity }) => severity === "error");
  return hasErrors || isBlind(plan) ? "unknown" : "none";
}
