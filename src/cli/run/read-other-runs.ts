import { journalFile, runNames } from "../../journal/list-runs.ts";
import { JournalFormatError } from "../../journal/journal-format-error.ts";
import { readJournal } from "../../journal/read-journal.ts";
import type { RunRecord } from "../../journal/read-journal.ts";
import type { Keys } from "../../seal/keys.ts";
import { SealError } from "../../seal/seal-error.ts";
import type { BookHistory } from "../../undo/history.ts";
import { createOtherRuns, noOtherRuns } from "../../undo/other-runs.ts";
import type { OtherRuns } from "../../undo/other-runs.ts";

/**
 * What all other runs with a journal in the folder did, one journal in memory at a time. They are asked only where it
 * is not known of something that the run may have done whether it did.
 *
 * @throws the error of the file system
 */
export async function readOtherRuns(
  folder: string,
  { header }: Pick<RunRecord, "header">,
  books: readonly BookHistory[],
  keys: Keys,
): Promise<OtherRuns> {
  if (!books.some(({ histories }) => histories.some(({ isInDoubt }) => isInDoubt))) return noOtherRuns;
  const others = createOtherRuns(header);
  for (const run of await runNames(folder)) {
    if (run === header.run) continue;
    try {
      const record = await readJournal(journalFile(folder, run), keys);
      others.add(record.header, record.steps);
      await record.close();
    } catch (error) {
      const why = whyUnreadable(error);
      if (why === null) throw error;
      if (run > header.run && why !== "") others.addUnreadable(run, why);
    }
  }
  return others;
}

/** "" where there is no journal, since the run was stopped before it had begun; null for what has to be put right first. */
function whyUnreadable(error: unknown): string | null {
  if (error instanceof JournalFormatError || error instanceof SealError) return error.message;
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "ENOENT") return "";
  return code === "ELOOP" ? "It is a link." : null;
}
