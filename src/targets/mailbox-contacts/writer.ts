import type { GraphClient } from "../../http/graph/graph.ts";
import { BookError } from "../../model/book.ts";
import type { BookProblem, BookRef } from "../../model/book.ts";
import type { MailboxContactsSync } from "../../model/config.ts";
import type { BookJournal } from "../../model/journal.ts";
import type { Change, Outcome } from "../../model/plan.ts";
import type { TargetWriter } from "../../model/target.ts";
import { ensureFolder, findFolder } from "./folder.ts";
import { findCurrent, lookUp } from "./look-up.ts";
import type { Findings } from "./look-up.ts";
import { failed, givenUpFor, interrupted, skipped } from "./outcomes.ts";
import { asBookError } from "./problems.ts";
import { fieldsNeeded } from "./requests.ts";
import { worldlyError } from "./send-batch.ts";
import { sendChanges } from "./send-changes.ts";
import type { Writing } from "./send-changes.ts";
import { mailboxContactsTarget } from "./target.ts";
import { writePhotos } from "./write-photos.ts";
import type { PhotoOf } from "./write-photos.ts";

/** As many as fit into one batch; between two of them a run can be interrupted. */
const changesAtOnce = 20;

interface WriterWorld {
  readonly graph: GraphClient;
  readonly tenantId: string;
  readonly photo: PhotoOf;
}

interface JournaledWorld extends WriterWorld {
  readonly journal: BookJournal;
}

/** The same target with the half that writes. */
export function mailboxContactsWriter(sync: MailboxContactsSync, world: WriterWorld): TargetWriter {
  return {
    ...mailboxContactsTarget(sync, world),
    write: (book, changes, journal, signal) => write(sync, { ...world, journal }, book, changes, signal),
  };
}

async function* write(
  sync: MailboxContactsSync,
  world: JournaledWorld,
  book: BookRef,
  changes: readonly Change[],
  signal: AbortSignal,
): AsyncGenerator<Outcome> {
  const opening = await open(sync, world, book, changes, signal);
  let { problem } = opening;
  for (let at = 0; at < changes.length; at += changesAtOnce) {
    const some = changes.slice(at, at + changesAtOnce);
    if (problem !== null) yield* giveUp(some, problem, at === 0);
    else if (signal.aborted || opening.opened === null) yield* some.map(notBegun);
    else {
      // Not the run's signal: a batch that was sent is brought to its end, or nobody knows what it did.
      const unaborted = new AbortController().signal;
      const { writing, findings } = opening.opened;
      const sent = await sendChanges(writing, some, findings, unaborted);
      yield* sent.outcomes;
      yield* await writePhotos(world, book, sent.photos, unaborted);
      problem = sent.problem;
    }
  }
}

/** A book ready to be written; why it is not in `problem`, which is null too where the run was interrupted. */
interface Opening {
  readonly opened: { readonly writing: Writing; readonly findings: Findings } | null;
  readonly problem: BookProblem | null;
}

/** Finds or makes the folder, and reads again what the changes are about. */
async function open(
  sync: MailboxContactsSync,
  world: JournaledWorld,
  book: BookRef,
  changes: readonly Change[],
  signal: AbortSignal,
): Promise<Opening> {
  if (signal.aborted || changes.length === 0) return { opened: null, problem: null };
  try {
    const { graph, journal } = world;
    const { folderId, known } = await folderFor(world, book, sync.owner, changes, signal);
    const fields = fieldsNeeded(changes);
    const writing = { graph, journal, place: { book, folderId, owner: sync.owner }, fields };
    const inFolder = known ? changes : changes.filter(({ action }) => action !== "create");
    // In a folder that is new or gone there is nothing to list; what moved elsewhere is still known by its id.
    const find = known ? findCurrent : lookUp;
    return { opened: { writing, findings: await find(writing, inFolder, signal) }, problem: null };
  } catch (error) {
    if (signal.aborted) return { opened: null, problem: null };
    const bookError = asBookError(worldlyError(error) ?? error, book);
    if (!(bookError instanceof BookError)) throw error;
    return { opened: null, problem: bookError.problem };
  }
}

/** @returns `known`: false where there is nothing in the folder that a create could meet again */
async function folderFor(
  world: JournaledWorld,
  book: BookRef,
  owner: string,
  changes: readonly Change[],
  signal: AbortSignal,
): Promise<{ readonly folderId: string | null; readonly known: boolean }> {
  if (!book.dedicated) return { folderId: null, known: true };
  if (changes.some(({ action }) => action === "create")) {
    const { id, isNew } = await ensureFolder(world, book, owner, signal);
    return { folderId: id, known: !isNew };
  }
  const folder = await findFolder(world.graph, book, owner, signal);
  return { folderId: folder?.id ?? null, known: folder !== null };
}

/** The failure once, so that the run counts as failed; the rest of the mailbox was not begun. */
function giveUp(some: readonly Change[], problem: BookProblem, fromTheStart: boolean): readonly Outcome[] {
  const reason = givenUpFor(problem);
  return some.map((change, index) =>
    fromTheStart && index === 0 ? failed(change, reason) : skipped(change, reason),
  );
}

function notBegun(change: Change): Outcome {
  return skipped(change, interrupted);
}
