import path from "node:path";
import { journalFile, listRuns } from "../../journal/list-runs.ts";
import { readJournal } from "../../journal/read-journal.ts";
import type { RunRecord } from "../../journal/read-journal.ts";
import { journalPlace } from "../../journal/run-folder.ts";
import type { Config } from "../../model/config.ts";
import type { Context } from "../../model/context.ts";
import { parseAllowances } from "../../plan/allowances.ts";
import type { PhotoOf } from "../../targets/mailbox-contacts/write/load-photos.ts";
import { SealError } from "../../seal/seal-error.ts";
import { historiesOf } from "../../undo/history.ts";
import type { BookHistory } from "../../undo/history.ts";
import type { OtherRuns } from "../../undo/other-runs.ts";
import { parsePhotoName } from "../../undo/photo-name.ts";
import { planRollback } from "../../undo/plan-rollback.ts";
import { carryOut } from "../run/carry-out.ts";
import type { CarryOutWorld } from "../run/carry-out.ts";
import { CommandError, commandError } from "../interface/command-error.ts";
import { exitCode } from "../interface/exit-code.ts";
import type { ExitCode } from "../interface/exit-code.ts";
import { explain } from "../output/explain.ts";
import { loadForRun } from "../job/load-job.ts";
import { nextCommands } from "../interface/next-commands.ts";
import type { ConfigOptions, WriteOptions } from "../interface/options.ts";
import { namingFile } from "../plans/naming-file.ts";
import { keysOf } from "../plans/seals.ts";
import { changesIn, exitCodesOf } from "../plans/verdict.ts";
import { spoolPlan } from "../plans/spool.ts";
import type { Spool } from "../plans/spool.ts";
import { createUi } from "../output/ui.ts";
import { readOtherRuns } from "../run/read-other-runs.ts";
import { runToUndo } from "../run/run-to-undo.ts";
import { otherTenant, undoneSyncs } from "../run/undoable.ts";
import type { UndoneSync } from "../run/undoable.ts";
import { withLock, withWriters } from "../run/with-writers.ts";

export interface RollbackOptions extends ConfigOptions, WriteOptions {
  readonly allow: readonly string[];
  readonly autoApprove: boolean;
  readonly parallelism: number;
}

/**
 * Plans the inverse of a run, shows it, asks and makes it, like any plan.
 *
 * @param name - of the run, as much of its beginning as no other run has, or `last`
 */
export async function runRollback(
  name: string,
  options: RollbackOptions,
  context: Context,
): Promise<ExitCode> {
  const { config } = await loadForRun(options.config, context);
  return await withLock(config, "rollback", options, context, async () => {
    const given = options.journal === undefined ? null : path.resolve(context.cwd, options.journal);
    const { folder } = journalPlace(config.folder, given);
    const keys = keysOf(context.env);
    const runs = await listRuns(folder, keys);
    const commands = nextCommands(options);
    const run = await runToUndo(name, { folder, runs, config, commands }, createUi(options, context));
    const file = journalFile(folder, run);
    const record = await readJournal(file, keys).catch((error: unknown) => {
      throw error instanceof SealError ? namingFile(error, file) : error;
    });
    try {
      const isRetry = runs.some(({ header, state }) => header?.undoes === run && state !== "complete");
      const isEncrypted = runs.some((one) => one.run === run && one.isEncrypted);
      const sealed = isEncrypted ? await sealedAlike(options, context) : options;
      const books = historiesOf(record.steps);
      const others = await readOtherRuns(folder, record, books, keys);
      return await undo({ ...record, isRetry, books, others }, config, sealed, context);
    } finally {
      await record.close();
    }
  });
}

/** The journal of the rollback holds what that of the run does, so it is not left readable where that one is not. */
async function sealedAlike(options: RollbackOptions, context: Context): Promise<RollbackOptions> {
  const keys = keysOf(context.env);
  if (options.encryptTo.length > 0 || keys.passphrase !== "") return options;
  const { recipientsOf } = await import("../../seal/age.ts");
  const encryptTo = await recipientsOf(keys);
  await createUi(options, context).remark(
    `The run is encrypted, so the journal of its rollback is encrypted too, for ${encryptTo.join(", ")} (GALOPS_PLAN_IDENTITY).\n`,
  );
  return { ...options, encryptTo };
}

/** A run, and what has to be known besides to undo it. */
interface UndoneRun extends RunRecord {
  /** Whether an earlier rollback of it was cut off. */
  readonly isRetry: boolean;
  readonly books: readonly BookHistory[];
  readonly others: OtherRuns;
}

async function undo(
  record: UndoneRun,
  config: Config,
  options: RollbackOptions,
  context: Context,
): Promise<ExitCode> {
  const { run } = record.header;
  const undone = undoneSyncs(record.header, config);
  if (typeof undone === "string") throw notUndoable(run, undone);
  const syncs = config.syncs.filter((sync) => undone.some((one) => one.sync === sync));
  const job = { config, syncs, command: "rollback", undoes: run, photo: photosOf(record) } as const;
  return await withWriters(job, options, context, async (world) => {
    for (const { was, sync } of undone) {
      const now = world.writers.tenantId(sync);
      if (now !== was.tenantId) throw notUndoable(run, otherTenant(was, now));
    }
    const plan = await planned(record, undone, world, options);
    try {
      if (isDone(plan) && world.ui.format === "text") {
        await world.ui.print([`Nothing is left to roll back: what ${run} wrote is as it was before.\n`]);
        return exitCode.done;
      }
      return await carryOut(plan, world, { ...options, savedIn: null });
    } finally {
      await plan.close();
    }
  });
}

async function planned(
  { header, books, isRetry, others }: UndoneRun,
  undone: readonly UndoneSync[],
  world: CarryOutWorld,
  options: RollbackOptions,
): Promise<Spool> {
  const { config, writers, context } = world;
  const { allowances, diagnostics } = parseAllowances(
    options.allow,
    undone.map(({ sync }) => sync.name),
  );
  if (diagnostics.length > 0) throw new CommandError(diagnostics);
  const progress = world.progress();
  const syncs = config.syncs.flatMap((sync) => {
    const was = undone.find((one) => one.sync === sync)?.was;
    if (was === undefined) return [];
    return [{ sync, target: writers.target(sync), books: books.filter((book) => book.sync === was.name) }];
  });
  try {
    return await spoolPlan(
      planRollback({
        run: header.run,
        isRetry,
        others,
        configDigest: config.digest,
        syncs,
        allowances,
        parallelism: options.parallelism,
        explain,
        clock: context.clock,
        signal: context.signal,
        onProgress: (step) => progress.planning(step),
      }),
    );
  } finally {
    await progress.end();
  }
}

/** Whether all was read, and nothing found that could be undone or was left alone. */
function isDone({ end }: Spool): boolean {
  return changesIn(end) + end.summary.withheld + exitCodesOf(end).length === 0;
}

/** The pictures that contacts had, out of the journal. */
function photosOf(record: RunRecord): PhotoOf {
  return async ({ fields }) => {
    const name = parsePhotoName(fields.photo ?? "");
    if (name === null) return null;
    return { ...(await record.picture(name.hash)), fingerprint: name.fingerprint };
  };
}

function notUndoable(run: string, why: string): CommandError {
  return commandError(
    "not-undoable",
    "The run cannot be rolled back",
    `${why} Roll ${run} back with the config that it was made with. Nothing was changed.`,
  );
}
