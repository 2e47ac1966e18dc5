import { answerAt } from "../../../http/graph/answer-at.ts";
import { GraphError } from "../../../http/graph/graph.ts";
import type { GraphClient, GraphWrite } from "../../../http/graph/graph.ts";
import type { BookRef } from "../../../model/book.ts";
import type { DesiredContact, LiveContact } from "../../../model/contact.ts";
import type { BookJournal, Picture, StepResult, WriteStep } from "../../../model/journal.ts";
import type { CreateChange, Outcome, UpdateChange } from "../../../model/plan.ts";
import { SourceError } from "../../../model/source.ts";
import { photoToWrite } from "./decide.ts";
import { contactPath, immutableIds, laneOf } from "../graph-contact.ts";
import type { GraphContact } from "../graph-contact.ts";
import { writeMarker } from "../markers.ts";
import { done, failed } from "../../outcomes.ts";
import { notDone } from "../outcomes.ts";
import { readPhotos } from "../read/read-photos.ts";

/** The picture that a contact shall have; null when there is none (any more). */
export type PhotoOf = (contact: DesiredContact, signal: AbortSignal) => Promise<PhotoToWrite | null>;

interface PhotoToWrite extends Picture {
  /** What the marker shall say of it, where that is not what the plan says. */
  readonly fingerprint?: string;
}

/** A contact whose data are written and whose photo is not. */
export interface MissingPhoto {
  readonly change: CreateChange | UpdateChange;
  readonly id: string;
  /** As it was before; null where this change made it, so that there is no picture to lose. */
  readonly current: LiveContact | null;
}

interface PhotoWorld {
  readonly graph: GraphClient;
  readonly photo: PhotoOf;
  readonly journal: BookJournal;
}

type Problem = NonNullable<Outcome["problem"]>;

/** A photo on its way: what is written, what is lost, and where that stands in the journal. */
interface Loaded {
  readonly missing: MissingPhoto;
  /** Null where the source has a fingerprint and no picture: only the fingerprint is written. */
  readonly photo: Picture | null;
  readonly fingerprint: string;
  readonly lost: Picture | null;
}

interface Written extends Loaded {
  readonly step: number;
}

/** Graph takes no larger picture. */
const largestPhoto = 4 * 1024 * 1024;

/** Pictures held in memory at once; also as many requests as a mailbox takes at a time. */
const atOnce = 4;

/**
 * Writes photos, each a request of its own, and then marks the contacts with what was written. A photo that fails
 * leaves the mark as it was, so that the next plan finds it again. Where the source says that there is a picture and
 * has none to give, only the mark is written, lest every plan find it anew.
 *
 * @returns one outcome for each contact
 * @throws {JournalError}
 */
export async function writePhotos(
  world: PhotoWorld,
  book: BookRef,
  missing: readonly MissingPhoto[],
  signal: AbortSignal,
): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  const written: Omit<Written, "photo" | "lost">[] = [];
  for (let at = 0; at < missing.length; at += atOnce) {
    const { loaded, ended } = await loadPhotos(world, book, missing.slice(at, at + atOnce), signal);
    outcomes.push(...ended);
    const steps = await world.journal.begin(loaded.map(stepOf));
    const puts = await Promise.all(loaded.map((one) => putPhoto(world.graph, book, one, signal)));
    for (const [index, { missing: one, fingerprint }] of loaded.entries()) {
      const step = steps[index] ?? -1;
      const error = puts[index] ?? null;
      if (error === null && fingerprint === (one.current?.marker?.photo ?? "")) {
        // The mark says so already.
        const after = { id: one.id, version: "", fields: null };
        world.journal.end([{ step, status: "done", after, requestId: "", code: "" }]);
        outcomes.push(done(one.change));
      } else if (error === null) written.push({ missing: one, fingerprint, step });
      else {
        world.journal.end([notDone(step, error)]);
        outcomes.push(failed(one.change, photoFailed(error.message, error.requestId)));
      }
    }
  }
  return [...outcomes, ...(await markPhotos(world, book, written, signal))];
}

/** Gets the pictures to be written and those that they replace; without the one or the other nothing is written. */
async function loadPhotos(
  { graph, photo }: PhotoWorld,
  book: BookRef,
  some: readonly MissingPhoto[],
  signal: AbortSignal,
): Promise<{ readonly loaded: readonly Loaded[]; readonly ended: readonly Outcome[] }> {
  const pictures = await Promise.all(some.map((one) => loadPhoto(photo, one, signal)));
  const ids = some.flatMap(({ id, current }, index) =>
    current === null || isProblem(pictures[index]) ? [] : [id],
  );
  const before = await readPhotos(graph, book, ids, signal);
  const loaded: Loaded[] = [];
  const ended: Outcome[] = [];
  for (const [index, missing] of some.entries()) {
    const { change } = missing;
    const found = pictures[index] ?? null;
    const lost = before.get(missing.id) ?? null;
    if (isProblem(found)) ended.push(failed(change, found));
    else if (lost instanceof GraphError)
      ended.push(failed(change, photoFailed(lost.message, lost.requestId)));
    else {
      const fingerprint = found?.fingerprint ?? photoToWrite(change);
      loaded.push({ missing, photo: found, fingerprint, lost });
    }
  }
  return { loaded, ended };
}

async function loadPhoto(
  photo: PhotoOf,
  { change }: MissingPhoto,
  signal: AbortSignal,
): Promise<PhotoToWrite | Problem | null> {
  try {
    const found = await photo(change.desired, signal);
    if (found === null || found.bytes.length <= largestPhoto) return found;
    return photoFailed("it is larger than 4 MB", "");
  } catch (error) {
    if (error instanceof GraphError) return photoFailed(error.message, error.requestId);
    if (error instanceof SourceError) return photoFailed(error.message, "");
    throw error;
  }
}

function isProblem(found: PhotoToWrite | Problem | null | undefined): found is Problem {
  return found !== null && found !== undefined && !("bytes" in found);
}

function stepOf({ missing, fingerprint, lost }: Loaded): WriteStep {
  const { change, id, current } = missing;
  const { key, displayName } = change;
  const before = { photo: lost, fingerprint: current?.marker?.photo ?? "" };
  return { action: "photo", key, displayName, id, before, after: { fingerprint } };
}

async function putPhoto(
  graph: GraphClient,
  book: BookRef,
  { missing, photo }: Loaded,
  signal: AbortSignal,
): Promise<GraphError | null> {
  if (photo === null) return null;
  try {
    const url = `${contactPath(book, missing.id)}/photo/$value`;
    const headers = { ...immutableIds, "Content-Type": photo.contentType };
    await graph.send({ method: "PUT", url, lane: laneOf(book), headers, body: photo.bytes }, signal);
    return null;
  } catch (thrown) {
    if (!(thrown instanceof GraphError)) throw thrown;
    return thrown;
  }
}

async function markPhotos(
  { graph, journal }: PhotoWorld,
  book: BookRef,
  written: readonly Omit<Written, "photo" | "lost">[],
  signal: AbortSignal,
): Promise<readonly Outcome[]> {
  const requests = written.map(({ missing, fingerprint }): GraphWrite => {
    const singleValueExtendedProperties = writeMarker({ photo: fingerprint });
    return {
      method: "PATCH",
      url: contactPath(book, missing.id),
      lane: laneOf(book),
      headers: immutableIds,
      body: { singleValueExtendedProperties },
    };
  });
  const answers = await graph.sendAll<GraphContact | null>(requests, signal);
  return written.map(({ missing, step }, index) => {
    const answer = answerAt(answers, index);
    if (answer.ok) {
      journal.end([
        { step, status: "done", after: imageIn(answer.body), requestId: answer.requestId, code: "" },
      ]);
      return done(missing.change);
    }
    const { message, requestId, code } = answer.error;
    // The picture is there, only its mark is not.
    journal.end([{ step, status: "unknown", after: null, requestId, code }]);
    return failed(missing.change, photoFailed(message, requestId));
  });
}

/** Some answers to a write are empty. */
function imageIn(body: GraphContact | null): StepResult["after"] {
  return body === null ? null : { id: body.id, version: body.changeKey ?? "", fields: null };
}

function photoFailed(why: string, requestId: string): Problem {
  const message = `The contact was written, but its photo was not: ${why}. The next run tries again.`;
  return { code: "photo-failed", message, requestId };
}
