import { answerAt } from "../../../http/graph/answer-at.ts";
import { GraphError } from "../../../http/graph/graph.ts";
import type { BatchAnswer, GraphClient } from "../../../http/graph/graph.ts";
import type { BookProblem } from "../../../model/book.ts";
import type { Clock } from "../../../model/context.ts";
import type { BookJournal } from "../../../model/journal.ts";
import type { Change, Outcome } from "../../../model/plan.ts";
import { decide, photoToWrite } from "./decide.ts";
import type { GraphContact } from "../graph-contact.ts";
import { isAbsent, isLostCreate, lookAgain } from "./in-doubt.ts";
import type { Doubtful } from "./in-doubt.ts";
import { resultOf, stepOf } from "./journal-steps.ts";
import type { Sending } from "./journal-steps.ts";
import type { Findings, LookUp } from "./look-up.ts";
import { alreadyDone, done, failed, failedWithBook } from "../../outcomes.ts";
import { staleGone, unknownCreate } from "../outcomes.ts";
import { isItemGone, mailboxProblem } from "../problems.ts";
import { readPhotos } from "../read/read-photos.ts";
import { requestFor } from "./requests.ts";
import { giveUp, refuse, settle } from "./sent.ts";
import type { MutableSent, Sent } from "./sent.ts";
import { mayRemoveCopies } from "../folders/where.ts";

export interface Writing extends LookUp {
  readonly graph: GraphClient;
  readonly journal: BookJournal;
  readonly clock: Clock;
}

/** Few attempts, because contacts have no request id by which the service could recognize a retry. */
const attempts = 2;

/**
 * Makes at most 20 changes. Each goes through these states:
 *
 * - found (its contact was read) → settled, if nothing remains to be done or the contact is not as planned;
 * - found → sent → done, or refused;
 * - sent → in doubt, if the answer was lost or another write interfered → found again, which either settles the change
 *   or sends it once more; in doubt after the second attempt → settled by what is found then, or failed;
 * - a create in doubt → failed at once, if it is not found and the folder is the user's own. If the first contact
 *   appeared later, the second one would look like a copy that the user made, which must not be deleted. In a folder of
 *   ours the next run deletes it.
 *
 * @param signal - for these changes only; changes that were sent should be completed
 * @throws {JournalError}
 */
export async function sendChanges(
  writing: Writing,
  changes: readonly Change[],
  findings: Findings,
  signal: AbortSignal,
): Promise<Sent> {
  const sent: MutableSent = { outcomes: [], photos: [], problem: null };
  let found = findings;
  let pending: readonly Change[] = changes;
  let doubtful: readonly Doubtful[] = [];
  const doubted = new Set<Change>();
  for (let attempt = 1; attempt <= attempts && pending.length > 0; attempt++) {
    doubtful = await sendOnce(writing, pending, found, sent, signal);
    for (const { change } of doubtful) doubted.add(change);
    const again = await lookAgain(writing, doubtful, signal);
    if (again instanceof GraphError) {
      for (const { change, error } of doubtful) refuse(sent, change, error);
      sent.problem ??= mailboxProblem(again);
      return sent;
    }
    found = again;
    const unknown = doubtful.filter((one) => isUnrepeatable(one, again, writing));
    // If all changes failed, the rest of the mailbox would fail, too.
    const problem = unknown.length === pending.length ? firstProblem(unknown) : null;
    const end = problem === null ? failed : failedWithBook;
    for (const { change, error } of unknown) sent.outcomes.push(end(change, unknownCreate(error)));
    sent.problem ??= problem;
    doubtful = doubtful.filter((one) => !unknown.includes(one));
    pending = doubtful.map(({ change }) => change);
  }
  giveUp(doubtful, found, writing.place.owner, sent);
  return { ...sent, outcomes: sent.outcomes.map((outcome) => madeAfterAll(outcome, doubted)) };
}

function isUnrepeatable(one: Doubtful, findings: Findings, { place }: Writing): boolean {
  return !mayRemoveCopies(place.where) && isLostCreate(one) && isAbsent(findings.get(one.change));
}

function firstProblem(doubtful: readonly Doubtful[]): BookProblem | null {
  return doubtful.map(({ error }) => mailboxProblem(error)).find((problem) => problem !== null) ?? null;
}

/** A change that was in doubt and is found done was made by the request whose answer was lost. */
function madeAfterAll(outcome: Outcome, doubted: ReadonlySet<Change>): Outcome {
  const isMade = outcome.status === "already-done" && doubted.has(outcome.change);
  return isMade ? done(outcome.change) : outcome;
}

/** Makes one attempt, based on the contacts found. @returns the changes that ended in doubt */
async function sendOnce(
  writing: Writing,
  changes: readonly Change[],
  findings: Findings,
  sent: MutableSent,
  signal: AbortSignal,
): Promise<readonly Doubtful[]> {
  const { graph, place, journal } = writing;
  const decided: Omit<Sending, "photo">[] = [];
  for (const change of changes) {
    const found = findings.get(change) ?? [];
    if (found instanceof GraphError) {
      refuse(sent, change, found);
      continue;
    }
    const step = decide(change, found, place.owner);
    if (step.kind === "send") decided.push(step);
    else settle(sent, step);
  }
  const toSend = await withPhotos(writing, decided, sent, signal);
  const requests = toSend.map(({ change, current }) => requestFor(change, current, place));
  const steps = await journal.begin(toSend.map((one) => stepOf(one, place.owner)));
  const answers = await graph.sendAll<GraphContact | null>(requests, signal);
  return toSend.flatMap((sending, index) => {
    const step = steps[index] ?? -1;
    const answer = withContact(sending.change, answerAt(answers, index));
    journal.end([resultOf(step, sending, answer)]);
    const error = sortIn(sent, sending, answer);
    return error === null ? [] : [{ change: sending.change, step, error }];
  });
}

/** Reads the pictures of contacts to delete. A contact whose picture is unknown is not deleted, as it would be lost. */
async function withPhotos(
  { graph, place }: Writing,
  decided: readonly Omit<Sending, "photo">[],
  sent: MutableSent,
  signal: AbortSignal,
): Promise<readonly Sending[]> {
  const ids = decided.flatMap(({ change }) => (change.action === "delete" ? [change.live.id] : []));
  const photos = await readPhotos(graph, place.book, ids, signal);
  return decided.flatMap(({ change, current }) => {
    const photo = photos.get(current?.id ?? "") ?? null;
    if (!(photo instanceof GraphError)) return [{ change, current, photo }];
    refuse(sent, change, photo);
    return [];
  });
}

/** A create whose answer has no contact id is in doubt; the contact is then searched by its key. */
function withContact(
  change: Change,
  answer: BatchAnswer<GraphContact | null>,
): BatchAnswer<GraphContact | null> {
  if (!answer.ok || change.action !== "create" || typeof answer.body?.id === "string") return answer;
  const { status, requestId } = answer;
  const message = "The answer to the create has no contact id.";
  const failure = { method: "POST", path: "", status, code: "malformed-answer", message, requestId } as const;
  return { ok: false, error: new GraphError({ ...failure, outcome: "unknown" }) };
}

/** Adds the result of a change to `sent`. @returns the error when the change is in doubt; null otherwise */
function sortIn(
  sent: MutableSent,
  { change, current }: Sending,
  answer: BatchAnswer<GraphContact | null>,
): GraphError | null {
  if (answer.ok) {
    const id = current?.id ?? answer.body?.id ?? "";
    if (change.action === "delete" || photoToWrite(change) === "") sent.outcomes.push(done(change));
    else sent.photos.push({ change, id, current });
    return null;
  }
  const { error } = answer;
  const isConflict = error.status === 412 || error.code === "ErrorIrresolvableConflict";
  if (error.outcome === "unknown" || isConflict) return error;
  if (isItemGone(error) && change.action === "delete") sent.outcomes.push(alreadyDone(change));
  else if (isItemGone(error) && change.action !== "create") sent.outcomes.push(staleGone(change));
  else refuse(sent, change, error);
  return null;
}
