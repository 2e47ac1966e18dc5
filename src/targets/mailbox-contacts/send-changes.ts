import { GraphError } from "../../http/graph/graph.ts";
import type { BatchAnswer, GraphClient } from "../../http/graph/graph.ts";
import type { BookProblem } from "../../model/book.ts";
import type { LiveContact } from "../../model/contact.ts";
import type { Change, Outcome } from "../../model/plan.ts";
import { decide, photoToWrite } from "./decide.ts";
import { isGone, lookUp } from "./look-up.ts";
import type { Findings, LookUp } from "./look-up.ts";
import { done, failed, refusedBy, staleGone } from "./outcomes.ts";
import { mailboxProblem } from "./problems.ts";
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
  readonly error: GraphError;
}

export interface Writing extends LookUp {
  readonly graph: GraphClient;
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
  { graph, place }: Writing,
  changes: readonly Change[],
  findings: Findings,
  signal: AbortSignal,
): Promise<Sent> {
  const sent = emptySent();
  const toSend: { readonly change: Change; readonly current: LiveContact | null }[] = [];
  for (const change of changes) {
    const found = findings.get(change) ?? [];
    if (found instanceof GraphError) {
      refuse(sent, change, found);
      continue;
    }
    const step = decide(change, found, place.owner);
    if (step.kind === "settled") sent.outcomes.push(step.outcome);
    else if (step.kind === "photo") sent.photos.push(step);
    else toSend.push(step);
  }
  const requests = toSend.map(({ change, current }) => requestFor(change, current, place));
  const answers = await sendBatch<{ id: string }>(graph, requests, signal);
  for (const [index, { change }] of toSend.entries()) {
    sortIn(sent, change, answerAt(answers, index));
  }
  return sent;
}

function sortIn(sent: MutableSent, change: Change, answer: BatchAnswer<{ id: string }>): void {
  if (answer.ok) {
    if (change.action === "delete" || photoToWrite(change) === "") sent.outcomes.push(done(change));
    else sent.photos.push({ change, id: change.action === "create" ? answer.body.id : change.live.id });
    return;
  }
  const { error } = answer;
  const conflict = error.status === 412 || error.code === "ErrorIrresolvableConflict";
  if (isGone(error) && change.action === "delete") sent.outcomes.push(done(change));
  else if (isGone(error) && change.action !== "create") sent.outcomes.push(staleGone(change));
  else if (error.outcome === "unknown" || conflict) sent.doubtful.push({ change, error });
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
    return await goOn(doubtful, await lookUp(writing, changesOf(doubtful), signal));
  } catch (thrown) {
    const error = worldlyError(thrown);
    if (error === null) throw thrown;
    const sent = emptySent();
    for (const { change, error: first } of doubtful) refuse(sent, change, first);
    sent.problem ??= mailboxProblem(error);
    return sent;
  }
}

/** After the second try: done where it is as desired now, else failed. */
function giveUp(doubtful: readonly Doubtful[], findings: Findings, owner: string): Sent {
  const sent = emptySent();
  for (const { change, error } of doubtful) {
    const found = findings.get(change) ?? error;
    const step = found instanceof GraphError ? null : decide(change, found, owner);
    if (step?.kind === "settled") sent.outcomes.push(step.outcome);
    else if (step?.kind === "photo") sent.photos.push(step);
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
