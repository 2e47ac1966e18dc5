import { RunNameTaken } from "../../journal/run-folder.ts";
import type { JournalPlace } from "../../journal/run-folder.ts";
import { aboutOf } from "../../journal/run-lines.ts";
import { createJournal } from "../../journal/write-journal.ts";
import type { FileJournal } from "../../journal/write-journal.ts";
import type { RunCommand, RunHeader } from "../../model/run.ts";
import type { NextCommands } from "../interface/next-commands.ts";
import type { Lock } from "../../seal/keys.ts";

/** One run in 65,536 of the same second draws the name of another one. */
const mostTries = 20;

/** How a run is written down. */
export interface RunRecording {
  readonly command: RunCommand;
  /** The run that is rolled back; null for any other. */
  readonly undoes: string | null;
  readonly place: JournalPlace;
  readonly commands: NextCommands;
  /** Null: readable. */
  readonly lock: Lock | null;
}

/**
 * The journal of a run that is about to begin, under a name that no run has.
 *
 * @throws {JournalError} when it cannot be written: then nothing may be
 */
export async function openJournal(
  recording: RunRecording,
  about: Omit<RunHeader, "run" | "command" | "undoes">,
  newRun: () => string,
): Promise<{ readonly run: string; readonly journal: FileJournal }> {
  const { command, undoes } = recording;
  for (let tries = 0; ; tries++) {
    const run = newRun();
    try {
      return { run, journal: await create(recording, { ...about, run, command, undoes }) };
    } catch (error) {
      if (!(error instanceof RunNameTaken) || tries >= mostTries) throw error;
    }
  }
}

async function create({ place, lock }: RunRecording, header: RunHeader): Promise<FileJournal> {
  if (lock === null) return await createJournal(place, header, null);
  const { createLineSeal } = await import("../../seal/line-seal.ts");
  return await createJournal(place, header, await createLineSeal(lock, aboutOf(header)));
}
