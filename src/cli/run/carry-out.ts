import { applyPlan } from "../../apply/apply-plan.ts";
import type { ApplyWorld } from "../../apply/apply-plan.ts";
import { runId } from "../../apply/run-id.ts";
import type { FileJournal } from "../../journal/write-journal.ts";
import type { ApplyResult } from "../../model/apply-result.ts";
import type { Config } from "../../model/config.ts";
import type { Context } from "../../model/context.ts";
import type { Diagnostic } from "../../model/diagnostic.ts";
import { JournalError } from "../../model/journal.ts";
import type { RunJournal } from "../../model/journal.ts";
import { renderPlanText } from "../../render/text.ts";
import { exitCode, exitCodeOf, worstOf } from "../interface/exit-code.ts";
import type { ExitCode } from "../interface/exit-code.ts";
import { commandLine } from "../interface/next-commands.ts";
import { version } from "../interface/version.ts";
import { isDocument, planDocument } from "../output/documents.ts";
import { explain } from "../output/explain.ts";
import { printRefusal } from "../output/print-failure.ts";
import type { Progress } from "../output/progress.ts";
import { bugReport } from "../output/report-failure.ts";
import { showPlan } from "../output/show-plan.ts";
import { tellResult } from "../output/tell-result.ts";
import type { Ui } from "../output/ui.ts";
import { syncsNamed } from "../plans/planned-syncs.ts";
import type { Spool } from "../plans/spool.ts";
import { changesIn, exitCodesOf, limitDiagnostics } from "../plans/verdict.ts";
import type { Writers } from "../wiring/wire.ts";
import { withLeftAlone } from "./left-alone.ts";
import { openJournal } from "./open-journal.ts";
import type { RunRecording } from "./open-journal.ts";
import { whyNot } from "./why-not.ts";

export interface CarryOutWorld {
  readonly config: Config;
  readonly writers: Writers;
  readonly record: RunRecording;
  readonly context: Context;
  readonly ui: Ui;
  /** Where it is told how far it is; a new one, since planning has ended its own. */
  readonly progress: () => Progress;
}

export interface CarryOutOptions {
  /** A saved plan was looked at before; null for one that was just made, which is shown, and asked for. */
  readonly savedIn: string | null;
  readonly autoApprove: boolean;
  readonly parallelism: number;
}

/** Makes a plan that is whole, unless a limit refuses it or nobody says yes; tells what was done, come what may. */
export async function carryOut(
  plan: Spool,
  world: CarryOutWorld,
  options: CarryOutOptions,
): Promise<ExitCode> {
  const { ui, context } = world;
  await present(plan, world, options);
  const isAsked = options.savedIn === null && !options.autoApprove;
  const unmade = await whyNot(plan, { ui, context, isAsked, undoes: world.record.undoes });
  if (unmade !== null) {
    const { code, why } = unmade;
    if (isDocument(ui.format)) await ui.print(planDocument(ui.format, plan, null, ui));
    else
      await printRefusal([...why, ...refusalsOf(plan, world.record, options), ...plan.end.diagnostics], ui);
    return code;
  }
  const bugs: unknown[] = [];
  const { result, isUndoable } = await make(plan, world, options, (bug) => bugs.push(bug));
  await tellResult(plan, result, { isNew: options.savedIn === null, isUndoable, ...world.record }, ui);
  for (const bug of bugs) await ui.log.write(bugReport(bug, ui.verbose));
  const isIncomplete = exitCodesOf(plan.end).includes(exitCode.error);
  const code = codeOf(result, isIncomplete, context.signal);
  return bugs.length > 0 ? worstOf([code, exitCode.error]) : code;
}

/** Shows what is about to be made. With another format than text, stdout is for the result alone. */
async function present(plan: Spool, { ui, record }: CarryOutWorld, options: CarryOutOptions): Promise<void> {
  if (options.savedIn !== null) {
    await ui.report([...plan.end.diagnostics, ...refusalsOf(plan, record, options)]);
  } else if (ui.format === "text") await showPlan(plan, ui);
  else {
    for await (const part of renderPlanText(ui.records(plan, "log"), { color: false })) {
      await ui.remark(part);
    }
    await ui.report([...plan.end.diagnostics, ...limitDiagnostics(plan.end)]);
  }
}

/** What refuses a plan; of a saved one it is planning again that helps. */
function refusalsOf(
  { end }: Spool,
  { commands }: RunRecording,
  { savedIn }: CarryOutOptions,
): readonly Diagnostic[] {
  return limitDiagnostics(
    end,
    savedIn === null ? undefined : `${commands.plan} ${commandLine(["-o", savedIn])}`,
  );
}

/** What writes nothing is not written down either. */
async function make(
  plan: Spool,
  world: CarryOutWorld,
  options: CarryOutOptions,
  onBug: (bug: unknown) => void,
): Promise<{ readonly result: ApplyResult; readonly isUndoable: boolean }> {
  const { clock, random } = world.context;
  const newRun = (): string => runId(clock.now(), random);
  if (changesIn(plan.end) === 0) {
    const result = await applyTo(null, nowhere, plan, world, { ...options, onBug });
    return { result, isUndoable: false };
  }
  const { config, writers, record } = world;
  const about = {
    started: new Date(clock.now()).toISOString(),
    configDigest: config.digest,
    version: version(),
    syncs: syncsNamed(config, plan.syncs).map((sync) => {
      const { tenant, kind } = sync.to;
      return { name: sync.name, kind, tenant, tenantId: writers.tenantId(sync), owner: sync.owner };
    }),
  };
  const { run, journal } = await openJournal(record, about, newRun);
  const { commands, undoes } = record;
  world.context.begun(run, undoes === null ? commands.apply : commands.rollback(undoes));
  try {
    const result = await applyTo(run, journal, plan, world, { ...options, onBug });
    await endJournal(journal, result, world);
    return { result, isUndoable: journal.mayHaveChanged() };
  } finally {
    await journal.close();
  }
}

const nowhere: RunJournal = {
  book() {
    throw new Error("A plan without changes writes something.");
  },
};

/** All was done that is told; a journal without its end is that of a run that may have done more. */
async function endJournal(
  journal: FileJournal,
  { summary, interrupted }: ApplyResult,
  { context, ui }: CarryOutWorld,
): Promise<void> {
  try {
    await journal.end({ ended: new Date(context.clock.now()).toISOString(), summary, interrupted });
  } catch (error) {
    if (!(error instanceof JournalError)) throw error;
    const summaryText = "The journal of the run is incomplete";
    await ui.report([
      { severity: "warning", code: error.code, summary: summaryText, detail: error.message, place: null },
    ]);
  }
}

async function applyTo(
  run: string | null,
  journal: RunJournal,
  plan: Spool,
  world: CarryOutWorld,
  { parallelism, onBug }: Pick<CarryOutOptions, "parallelism"> & Pick<ApplyWorld, "onBug">,
): Promise<ApplyResult> {
  const { config, writers, record, context } = world;
  const byName = new Map(syncsNamed(config, plan.syncs).map((sync) => [sync.name, writers.writer(sync)]));
  const progress = world.progress();
  const total = changesIn(plan.end);
  try {
    const result = await applyPlan(plan.records(), {
      run,
      writer(name) {
        const writer = byName.get(name);
        if (writer === undefined) throw new Error(`The plan has no sync ${name}.`);
        return writer;
      },
      journal,
      parallelism,
      explain,
      signal: context.signal,
      onBug,
      onProgress: (done) => progress.applying(done, total),
    });
    return record.undoes === null ? result : await withLeftAlone(result, plan.records());
  } finally {
    await progress.end();
  }
}

function codeOf({ summary, interrupted }: ApplyResult, isIncomplete: boolean, signal: AbortSignal): ExitCode {
  const isAll = !isIncomplete && summary.failed + summary.skipped === 0;
  return worstOf([...(interrupted ? [exitCodeOf(signal)] : []), isAll ? exitCode.done : exitCode.incomplete]);
}
