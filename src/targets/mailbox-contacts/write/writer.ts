import type { GraphClient } from "../../../http/graph/graph.ts";
import { BookError } from "../../../model/book.ts";
import type { BookProblem, BookRef } from "../../../model/book.ts";
import type { MailboxContactsSync } from "../../../model/config.ts";
import type { Clock } from "../../../model/context.ts";
import type { BookJournal } from "../../../model/journal.ts";
import type { Change, Outcome } from "../../../model/plan.ts";
import type { TargetWriter } from "../../../model/target.ts";
import { emptyFolder, findCurrent, readKeys } from "./known-keys.ts";
import type { KnownKeys } from "./known-keys.ts";
import type { Findings } from "./look-up.ts";
import { failedWithBook, interrupted, skipped } from "../../outcomes.ts";
import { givenUpFor } from "../outcomes.ts";
import { openPlace, settlePlace } from "../folders/open-place.ts";
import type { OpenedPlace } from "../folders/open-place.ts";
import { asBookError } from "../problems.ts";
import { renameFolder } from "../folders/rename-folder.ts";
import { fieldsNeeded } from "./requests.ts";
import { sendChanges } from "./send-changes.ts";
import type { Writing } from "./send-changes.ts";
import { batchesOf, deletedBy, isRelease, movedBy, withoutRelease, withoutSurvivor } from "./survivors.ts";
import { mailboxContactsTarget } from "../target.ts";
import { writePhotos } from "./write-photos.ts";
import type { PhotoOf } from "./load-photos.ts";

/** Size of a Graph batch. A run can be interrupted between two batches. */
const changesAtOnce = 20;

interface WriterWorld {
  readonly graph: GraphClient;
  readonly tenantId: string;
  readonly clock: Clock;
  readonly photo: PhotoOf;
}

interface JournaledWorld extends WriterWorld {
  readonly journal: BookJournal;
}

/** Creates the target together with its writing half. */
export function mailboxContactsWriter(sync: MailboxContactsSync, world: WriterWorld): TargetWriter {
  return {
    ...mailboxContactsTarget(sync, world),
    write: (book, changes, journal, signal) => write(sync, { ...world, journal }, book, changes, signal),
    rename: (book, rename, journal, signal) =>
      renameFolder({ ...world, journal }, book, { owner: sync.owner, rename }, signal),
  };
}

async function* write(
  sync: MailboxContactsSync,
  world: JournaledWorld,
  book: BookRef,
  changes: readonly Change[],
  signal: AbortSignal,
): AsyncGenerator<Outcome> {
  if (changes.length === 0) return;
  const opening = await unlessAborted(book, signal, () => open(sync, world, book, changes, signal));
  let end: Ended | null = opening.kind === "got" ? null : opening;
  /** Whether an outcome already reports the end. */
  let isReported = false;
  let isAllMade = true;
  const unreleased = new Set<string>();
  for (const some of batchesOf(changes, changesAtOnce)) {
    if (end === null && opening.kind === "got") {
      const { writing } = opening.value;
      const current = await unlessAborted(book, signal, () =>
        lookAt(opening.value, some, unreleased, signal),
      );
      if (current.kind === "got") {
        const { ended, toSend, findings } = current.value;
        yield* ended;
        isAllMade &&= ended.length === 0;
        // Not the run's signal: a batch that was sent must be completed, or its result would be unknown.
        const unaborted = new AbortController().signal;
        const sent = await sendChanges(writing, toSend, findings, unaborted);
        yield* sent.outcomes;
        isAllMade &&= sent.outcomes.every(isMade);
        for (const outcome of sent.outcomes) {
          if (isRelease(outcome.change) && !isMade(outcome)) unreleased.add(outcome.change.key);
        }
        yield* await writePhotos(world, book, sent.photos, unaborted);
        if (sent.problem !== null) [end, isReported] = [{ kind: "closed", problem: sent.problem }, true];
        continue;
      }
      end = current;
    }
    yield* notMade(some, end, isReported);
    isReported = true;
    isAllMade = false;
  }
  if (isAllMade && opening.kind === "got") await settlePlace(world, book, opening.value.place, signal);
}

interface Open {
  readonly place: OpenedPlace;
  readonly writing: Writing;
  readonly known: KnownKeys;
  /** Ids of all contacts that the changes delete. */
  readonly deleted: ReadonlySet<string>;
}

/** Finds or creates the folder, and reads contacts in it that creates would duplicate. */
async function open(
  sync: MailboxContactsSync,
  world: JournaledWorld,
  book: BookRef,
  changes: readonly Change[],
  signal: AbortSignal,
): Promise<Open> {
  const { graph, journal, clock } = world;
  const creates = changes.filter((change) => change.action === "create");
  const { owner } = sync;
  const needs = { owner, isNeeded: creates.length > 0, moved: movedBy(changes) };
  const opened = await openPlace(world, book, needs, signal);
  const { where, mayHoldContacts } = opened;
  const place = { book, where, owner };
  const writing = { graph, journal, clock, place, fields: fieldsNeeded(changes) };
  const known = mayHoldContacts ? await readKeys(writing, creates, signal) : emptyFolder;
  return { place: opened, writing, known, deleted: deletedBy(changes) };
}

/** Reads the contacts of changes just before they are sent. `ended` has the outcomes of those that must not be sent. */
async function lookAt(
  { writing, known, deleted }: Open,
  some: readonly Change[],
  unreleased: ReadonlySet<string>,
  signal: AbortSignal,
): Promise<{
  readonly ended: readonly Outcome[];
  readonly toSend: readonly Change[];
  readonly findings: Findings;
}> {
  const waiting = withoutRelease(some, unreleased);
  const isWaiting = new Set(waiting.map(({ change }) => change));
  const others = some.filter((change) => !isWaiting.has(change));
  const ended = [...waiting, ...(await withoutSurvivor(writing, others, deleted, signal))];
  const isEnded = new Set(ended.map(({ change }) => change));
  const toSend = some.filter((change) => !isEnded.has(change));
  return { ended, toSend, findings: await findCurrent(writing, known, toSend, signal) };
}

function isMade({ status }: Outcome): boolean {
  return status === "done" || status === "already-done";
}

/** Why no more changes of a mailbox are written. */
type Ended = { readonly kind: "closed"; readonly problem: BookProblem } | { readonly kind: "interrupted" };

/** Runs `work` unless the run was aborted. @throws errors that are not failures of the mailbox */
async function unlessAborted<Value>(
  book: BookRef,
  signal: AbortSignal,
  work: () => Promise<Value>,
): Promise<{ readonly kind: "got"; readonly value: Value } | Ended> {
  if (signal.aborted) return { kind: "interrupted" };
  try {
    return { kind: "got", value: await work() };
  } catch (error) {
    if (signal.aborted) return { kind: "interrupted" };
    const bookError = asBookError(error, book);
    if (bookError instanceof BookError) return { kind: "closed", problem: bookError.problem };
    throw error;
  }
}

/** Reports the failure once, so that the run counts as failed. All other changes of the mailbox are skipped. */
function notMade(some: readonly Change[], end: Ended | null, isReported: boolean): readonly Outcome[] {
  if (end === null || end.kind === "interrupted") return some.map((change) => skipped(change, interrupted));
  const reason = givenUpFor(end.problem);
  return some.map((change, index) =>
    !isReported && index === 0 ? failedWithBook(change, reason) : skipped(change, reason),
  );
}
