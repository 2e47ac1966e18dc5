import path from "node:path";
import { journalPlace } from "../../journal/run-folder.ts";
import type { Config, SyncConfig } from "../../model/config.ts";
import type { Context } from "../../model/context.ts";
import type { RunCommand } from "../../model/run.ts";
import type { PhotoOf } from "../../targets/mailbox-contacts/write/load-photos.ts";
import type { CarryOutWorld } from "./carry-out.ts";
import type { ExitCode } from "../interface/exit-code.ts";
import { nextCommands } from "../interface/next-commands.ts";
import type { RunOptions, WriteOptions } from "../interface/options.ts";
import { createProgress } from "../output/progress.ts";
import type { Progress } from "../output/progress.ts";
import { withRunLock } from "./run-lock.ts";
import { lockOf, passphraseWarnings } from "../plans/seals.ts";
import { createUi } from "../output/ui.ts";
import { wireWriters } from "../wiring/wire.ts";

type Options = Pick<
  RunOptions,
  "config" | "parallelism" | "format" | "color" | "quiet" | "verbose" | "redact"
> &
  Partial<Pick<RunOptions, "sync" | "mailbox">> &
  WriteOptions;

/**
 * Runs `work` while no other run of the config does.
 *
 * @throws {CommandError} when another one is at work
 */
export async function withLock<Result>(
  config: Config,
  command: RunCommand,
  options: Options,
  context: Context,
  work: () => Promise<Result>,
): Promise<Result> {
  const ui = createUi(options, context);
  const lock = {
    folder: config.folder,
    command,
    timeoutMs: options.lockTimeout,
    clock: context.clock,
    signal: context.signal,
    onWait: (who: string) => ui.remark(`Waiting for ${who} to end.\n`),
  };
  return await withRunLock(lock, work);
}

/** Runs `work` with everything that an apply takes, while no other run of the config does. */
export async function withApplyWriters(
  config: Config,
  syncs: readonly SyncConfig[],
  options: Options,
  context: Context,
  work: (world: CarryOutWorld) => Promise<ExitCode>,
): Promise<ExitCode> {
  const job = { config, syncs, command: "apply", undoes: null } as const;
  return await withLock(config, "apply", options, context, () => withWriters(job, options, context, work));
}

interface WritersFor {
  readonly config: Config;
  readonly syncs: readonly SyncConfig[];
  readonly command: RunCommand;
  /** The run that is rolled back; null for any other. */
  readonly undoes: string | null;
  /** Where the pictures come from that contacts get; absent: from the directory. */
  readonly photo?: PhotoOf;
}

/** Runs `work` with everything that can write. */
export async function withWriters(
  { config, syncs, command, undoes, photo }: WritersFor,
  options: Options,
  context: Context,
  work: (world: CarryOutWorld) => Promise<ExitCode>,
): Promise<ExitCode> {
  const ui = createUi(options, context);
  const { cwd, clock, env } = context;
  const given = options.journal === undefined ? null : path.resolve(cwd, options.journal);
  const place = journalPlace(config.folder, given);
  const commands = nextCommands(options);
  const record = { command, undoes, place, commands, lock: await lockOf(options.encryptTo, env) };
  await ui.report(passphraseWarnings(options.encryptTo, env));
  let current: Progress | null = null;
  const progress = (): Progress => (current = createProgress(ui.log, { ...options, clock }));
  const writers = await wireWriters(config, syncs, context, {
    requests: options.parallelism * 4,
    onWait: (wait) => current?.waiting(wait),
    photo,
  });
  try {
    return await work({ config, writers, record, context, ui, progress });
  } finally {
    await writers.close();
  }
}
