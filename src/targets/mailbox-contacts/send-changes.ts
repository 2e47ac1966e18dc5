import { GraphError } from "../../http/graph/graph.ts";
import type { BatchAnswer, GraphClient } from "../../http/graph/graph.ts";
import type { BookProblem } from "../../model/book.ts";
import type { BookJournal, StepResult } from "../../model/journal.ts";
import type { Change, Outcome } from "../../model/plan.ts";
import { decide, photoToWrite } from "./decide.ts";
import type { Step } from "./decide.ts";
import type { GraphContact } from "./graph-contact.ts";
import { foundDone, resultOf, stepOf } from "./journal-steps.ts";
import type { Sending } from "./journal-steps.ts";
import { isGone, lookUp } from "./look-up.ts";
import type { Findings, LookUp } from "./look-up.ts";
import { done, failed, refusedBy, staleGone } from "./outcomes.ts";
import { mailboxProblem } from "./problems.ts";
import { readPhotos } from "./read-photos.ts";
import { requestFor } from "./requests.ts";
import { answerAt, sendBatch, worldlyError } from "./send-batch.ts";
import type { MissingPhoto } from "./write-photos.ts";

/** What came of some changes. Each of them is in one of the lists. */
interface Sent {
  readonly outcomes: readonly Outcome[];
  /** Done but for the photo. */
  readonly photos: readonly MissingPhoto[];
  /** Not known, or another write came between. */
  readonly doubtful: readonly Doubtful[];
  /** Why the mailbox is given up; null to go on. */
  readonly problem: BookProblem | null;
}

interface Doubtful {
  readonly change: Change;
  /** In the journal. */
  readonly step: number;
  readonly error: GraphError;
}

export interface Writing extends LookUp {
  readonly graph: GraphClient;
  readonly journal: BookJournal;
}

/**
 * Makes at most 20 changes. What ended in doubt (a lost answer, a write that came between) is read again and, where
 * it has not happened, tried once more: a contact has no request id by which the service would know a second try.
 *
 * @param signal - of this much work; what is begun should be brought to its end
 */
export async function sendChanges(
  writing: Writing,
  changes: readonly Change[],
  findings: Findings,
  signal: AbortSignal,
): Promise<Sent> {
  const first = await sendOnce(writing, changes, findings, signal);
  if (first.doubtful.length === 0) return first;
  const second = await again(writing, first.doubtful, signal, (doubtful, found) =>
    sendOnce(writing, changesOf(doubtful), found, signal),
  );
  const last = await again(writing, second.doubtful, signal, async (doubtful, found) =>
    giveUp(doubtful, found, writing.place.owner),
  );
  return merged([first, second, last]);
}

/** One try, from what is known of the contacts. */
async function sendOnce(
  writing: Writing,
  changes: readonly Change[],
  findings: Findings,
  signal: AbortSignal,
): Promise<Sent> {
  const { graph, place, journal } = writing;
  const sent = emptySent();
  const decided: Omit<Sending, "photo">[] = [];
  for (const change of changes) {
    const found = findings.get(change) ?? [];
    if (found instanceof GraphError) {
      refuse(sent, change, found);
      continue;
    }
    const step = decide(change, found, place.owner);
    if (step.kind === "settled") sent.outcomes.push(step.outcome);
    else if (step.kind === "photo") sent.photos.push(missing(step));
    else decided.push(step);
  }
  const toSend = await withPhotos(writing, decided, sent, signal);
  const requests = toSend.map(({ change, current }) => requestFor(change, current, place));
  const steps = await journal.begin(toSend.map((one) => stepOf(one, place.owner)));
  const answers = await sendBatch<GraphContact>(graph, requests, signal);
  const sendings = toSend.map((sending, index) => ({
    sending,
    step: steps[index] ?? -1,
    answer: answerAt(answers, index),
  }));
  journal.end(sendings.map(({ sending, step, answer }) => resultOf(step, sending, answer)));
  for (const { sending, step, answer } of sendings) sortIn(sent, sending, step, answer);
  return sent;
}

/** A contact is deleted only when its picture, which is lost with it, is known. */
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

function missing({ change, current }: Extract<Step, { readonly kind: "photo" }>): MissingPhoto {
  return { change, id: current.id, current };
}

function sortIn(
  sent: MutableSent,
  { change, current }: Sending,
  step: number,
  answer: BatchAnswer<GraphContact>,
): void {
  if (answer.ok) {
    if (change.action === "delete" || photoToWrite(change) === "") sent.outcomes.push(done(change));
    else sent.photos.push({ change, id: current?.id ?? answer.body.id, current });
    return;
  }
  const { error } = answer;
  const conflict = error.status === 412 || error.code === "ErrorIrresolvableConflict";
  if (isGone(error) && change.action === "delete") sent.outcomes.push(done(change));
  else if (isGone(error) && change.action !== "create") sent.outcomes.push(staleGone(change));
  else if (error.outcome === "unknown" || conflict) sent.doubtful.push({ change, step, error });
  else refuse(sent, change, error);
}

function refuse(sent: MutableSent, change: Change, error: GraphError): void {
  sent.outcomes.push(failed(change, refusedBy(error)));
  sent.problem ??= mailboxProblem(error) ?? (change.action === "create" ? folderProblem(error) : null);
}

/** Nothing can be made in a folder that is gone. */
function folderProblem(error: GraphError): BookProblem | null {
  if (!isGone(error)) return null;
  const message = "The folder was deleted while contacts were written to it. Plan again.";
  return { severity: "error", code: "folder-gone", message };
}

/** Reads doubtful changes again and goes on with them; where that fails, they fail as they did. */
async function again(
  writing: Writing,
  doubtful: readonly Doubtful[],
  signal: AbortSignal,
  goOn: (doubtful: readonly Doubtful[], found: Findings) => Promise<Sent>,
): Promise<Sent> {
  if (doubtful.length === 0) return emptySent();
  try {
    const found = await lookUp(writing, changesOf(doubtful), signal);
    writing.journal.end(doubtful.flatMap((one) => foundOf(one, found, writing.place.owner)));
    return await goOn(doubtful, found);
  } catch (thrown) {
    const error = worldlyError(thrown);
    if (error === null) throw thrown;
    const sent = emptySent();
    for (const { change, error: first } of doubtful) refuse(sent, change, first);
    sent.problem ??= mailboxProblem(error);
    return sent;
  }
}

/** What is known now of a step that was in doubt: nothing, or that it was made. */
function foundOf(
  { change, step, error }: Doubtful,
  findings: Findings,
  owner: string,
): readonly StepResult[] {
  const found = findings.get(change);
  if (found === undefined || found instanceof GraphError) return [];
  const next = decide(change, found, owner);
  const isMade = next.kind === "photo" || (next.kind === "settled" && next.outcome.status === "done");
  return isMade ? [foundDone(step, error.requestId, found[0] ?? null)] : [];
}

/** After the second try: done where it is as desired now, else failed. */
function giveUp(doubtful: readonly Doubtful[], findings: Findings, owner: string): Sent {
  const sent = emptySent();
  for (const { change, error } of doubtful) {
    const found = findings.get(change) ?? error;
    const next = found instanceof GraphError ? null : decide(change, found, owner);
    if (next?.kind === "settled") sent.outcomes.push(next.outcome);
    else if (next?.kind === "photo") sent.photos.push(missing(next));
    else refuse(sent, change, error);
  }
  return sent;
}

function changesOf(doubtful: readonly Doubtful[]): readonly Change[] {
  return doubtful.map(({ change }) => change);
}

interface MutableSent {
  readonly outcomes: Outcome[];
  readonly photos: MissingPhoto[];
  readonly doubtful: Doubtful[];
  problem: BookProblem | null;
}

function emptySent(): MutableSent {
  return { outcomes: [], photos: [], doubtful: [], problem: null };
}

function merged(all: readonly Sent[]): Sent {
  return {
    outcomes: all.flatMap(({ outcomes }) => outcomes),
    photos: all.flatMap(({ photos }) => photos),
    doubtful: [],
    problem: all.map(({ problem }) => problem).find((problem) => problem !== null) ?? null,
  };
}
