import { readdir } from "node:fs/promises";
import type { FileHandle } from "node:fs/promises";
import path from "node:path";
import type { ApplySummary } from "../model/apply-result.ts";
import type { JournaledStep } from "../model/journal.ts";
import type { RunEnd, RunHeader, RunListing } from "../model/run.ts";
import { shape } from "../plan-format/shapes.ts";
import type { Keys } from "../seal/keys.ts";
import { SealError } from "../seal/seal-error.ts";
import { linesOf, openPlain } from "./file-lines.ts";
import { JournalFormatError } from "./journal-format-error.ts";
import { headerIn, isEndLine, readJournal } from "./read-journal.ts";
import { journalName } from "./run-folder.ts";
import { readEndLine } from "./run-lines.ts";

/** Upper bound for the length of a journal's last line. */
const longestEnd = 4096;

/**
 * Lists the runs that have a journal, newest first. Includes damaged ones, with their problem. A folder that does not
 * exist contains no runs.
 *
 * @throws the file system's error
 */
export async function listRuns(folder: string, keys: Keys): Promise<readonly RunListing[]> {
  const runs: RunListing[] = [];
  for (const run of await runNames(folder)) {
    const listing = await listRun(folder, run, keys);
    if (listing !== null) runs.push(listing);
  }
  return runs;
}

/**
 * Reads the whole journal of a run and completes the listing with damage in the middle and with the writes in doubt.
 * When the journal is encrypted for others, all failed writes count as in doubt.
 *
 * @throws the file system's error
 */
export async function lookedThrough(folder: string, run: RunListing, keys: Keys): Promise<RunListing> {
  if (run.problem !== null || run.state === "cut-off") return run;
  const { summary, inDoubt, problem } = await soFar(journalFile(folder, run.run), keys);
  const isSealed = summary === null && problem === null;
  return { ...run, problem, inDoubt: isSealed ? (run.summary?.failed ?? 0) : inDoubt };
}

/** Names of runs, newest first; they begin with the time. */
export async function runNames(folder: string): Promise<readonly string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    const names = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
    return names
      .filter((name) => /^\d{8}T\d{6}Z-[0-9a-f]{4}$/.test(name))
      .toSorted()
      .toReversed();
  } catch (error) {
    if (codeOf(error) === "ENOENT") return [];
    throw error;
  }
}

/** Headers of runs, newest first. Skips those that cannot be read. */
export async function* headersOf(folder: string): AsyncGenerator<RunHeader> {
  for (const run of await runNames(folder).catch(() => [])) {
    const frame = await frameOf(journalFile(folder, run)).catch(() => null);
    if (frame !== null) yield frame.header;
  }
}

export function journalFile(folder: string, run: string): string {
  return path.join(folder, run, journalName);
}

/** Null when the run has no journal, because it was stopped before it began. */
async function listRun(folder: string, run: string, keys: Keys): Promise<RunListing | null> {
  const file = journalFile(folder, run);
  try {
    const { header, isEncrypted, end } = await frameOf(file);
    if (end !== null) {
      const { summary, ended, interrupted } = end;
      const state = interrupted ? "interrupted" : "complete";
      const listing = { run, header, state, ended, summary, inDoubt: 0, isEncrypted, problem: null } as const;
      // Without the steps, any failed write may have been made in part.
      const isOpen = madeIn(summary) === 0 && summary.failed > 0;
      return isOpen ? await lookedThrough(folder, listing, keys) : listing;
    }
    return { run, header, state: "cut-off", ended: null, isEncrypted, ...(await soFar(file, keys)) };
  } catch (error) {
    if (codeOf(error) === "ENOENT") return null;
    const problem = unreadable(error, file);
    if (problem === null) throw error;
    const unknown = { ended: null, summary: null, inDoubt: 0, isEncrypted: false };
    return { run, header: null, state: "unreadable", ...unknown, problem };
  }
}

/** Reads only the first and last line, because a journal can be long. */
async function frameOf(journal: string) {
  const file = await openPlain(journal);
  try {
    for await (const line of linesOf(file)) {
      const { header, key } = headerIn(line, journal);
      return { header, isEncrypted: key !== null, end: await endOf(file) };
    }
  } finally {
    await file.close();
  }
  throw new JournalFormatError("not-a-journal", `${journal} is empty.`);
}

async function endOf(file: FileHandle): Promise<RunEnd | null> {
  const { size } = await file.stat();
  const from = Math.max(0, size - longestEnd);
  const bytes = Buffer.alloc(size - from);
  await file.read(bytes, 0, bytes.length, from);
  const [last = "", rest = ""] = bytes.toString("utf8").split("\n").slice(-2);
  // Text after the last newline is an incomplete line.
  if (rest !== "" || !isEndLine(last)) return null;
  return readEndLine(shape(JSON.parse(last), "a line"));
}

/** What a run without an end has done so far. */
async function soFar(
  journal: string,
  keys: Keys,
): Promise<Pick<RunListing, "summary" | "inDoubt" | "problem">> {
  try {
    const record = await readJournal(journal, keys);
    await record.close();
    return { ...countsOf(record.steps), problem: null };
  } catch (error) {
    if (error instanceof SealError) return { summary: null, inDoubt: 0, problem: null };
    if (error instanceof JournalFormatError) return { summary: null, inDoubt: 0, problem: error.message };
    throw error;
  }
}

function countsOf(steps: readonly JournaledStep[]): { summary: ApplySummary; inDoubt: number } {
  const counts = { create: 0, update: 0, delete: 0, adopt: 0 };
  let failed = 0;
  let inDoubt = 0;
  let renamed = 0;
  for (const { did, result } of steps) {
    if (did.action === "folder") {
      const isRename = did.before !== null && did.before !== did.after;
      if (isRename && result?.status === "done") renamed++;
      continue;
    }
    if (result === null || result.status === "unknown") inDoubt++;
    else if (result.status === "failed") failed++;
    else if (did.action !== "photo") counts[did.action]++;
  }
  const { create: created, update: updated, delete: deleted, adopt: adopted } = counts;
  const folders = renamed === 0 ? {} : { renamed };
  return { summary: { created, updated, deleted, adopted, failed, skipped: 0, ...folders }, inDoubt };
}

/** Number of changes of any kind that were made. */
export function madeIn({ created, updated, deleted, adopted, renamed = 0 }: ApplySummary): number {
  return created + updated + deleted + adopted + renamed;
}

/** Describes a damaged journal; null for an error of the file system. */
function unreadable(error: unknown, file: string): string | null {
  if (error instanceof JournalFormatError) return error.message;
  if (codeOf(error) === "ENOTFILE") return `${file} is no plain file.`;
  return codeOf(error) === "ELOOP" ? `${file} is a link, which is not followed.` : null;
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : undefined;
}
