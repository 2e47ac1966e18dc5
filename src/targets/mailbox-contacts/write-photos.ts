import type { GraphClient, GraphWrite } from "../../http/graph/graph.ts";
import type { BookRef } from "../../model/book.ts";
import type { CreateChange, Outcome, UpdateChange } from "../../model/plan.ts";
import { SourceError } from "../../model/source.ts";
import { photoToWrite } from "./decide.ts";
import { contactPath, immutableIds, laneOf } from "./graph-contact.ts";
import { writeMarker } from "./markers.ts";
import { done, failed } from "./outcomes.ts";
import { answerAt, sendBatch, worldlyError } from "./send-batch.ts";

/** The picture of a person by key; null when there is none (any more). */
export type PhotoOf = (
  key: string,
  signal: AbortSignal,
) => Promise<{ readonly bytes: Uint8Array; readonly contentType: string } | null>;

/** A contact whose data are written and whose photo is not. */
export interface MissingPhoto {
  readonly change: CreateChange | UpdateChange;
  readonly id: string;
}

/** Graph takes no larger picture. */
const largestPhoto = 4 * 1024 * 1024;

/** Pictures held in memory at once; also as many requests as a mailbox takes at a time. */
const atOnce = 4;

/**
 * Writes photos, each a request of its own, and then marks the contacts with what was written. A photo that fails
 * leaves the mark as it was, so that the next plan finds it again.
 *
 * @returns one outcome for each contact
 */
export async function writePhotos(
  world: { readonly graph: GraphClient; readonly photo: PhotoOf },
  book: BookRef,
  missing: readonly MissingPhoto[],
  signal: AbortSignal,
): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  const written: MissingPhoto[] = [];
  for (let at = 0; at < missing.length; at += atOnce) {
    const some = missing.slice(at, at + atOnce);
    const results = await Promise.all(some.map((one) => putPhoto(world, book, one, signal)));
    for (const [index, one] of some.entries()) {
      const problem = results[index] ?? null;
      if (problem === null) written.push(one);
      else if (problem === "none") outcomes.push(done(one.change));
      else outcomes.push(failed(one.change, problem));
    }
  }
  return [...outcomes, ...(await markPhotos(world.graph, book, written, signal))];
}

async function putPhoto(
  world: { readonly graph: GraphClient; readonly photo: PhotoOf },
  book: BookRef,
  { change, id }: MissingPhoto,
  signal: AbortSignal,
): Promise<"none" | null | NonNullable<Outcome["problem"]>> {
  try {
    const photo = await world.photo(change.desired.key, signal);
    // Taken away since the plan: the next plan knows.
    if (photo === null) return "none";
    if (photo.bytes.length > largestPhoto) return photoFailed("it is larger than 4 MB", "");
    const url = `${contactPath(book, id)}/photo/$value`;
    const headers = { ...immutableIds, "Content-Type": photo.contentType };
    await world.graph.send({ method: "PUT", url, lane: laneOf(book), headers, body: photo.bytes }, signal);
    return null;
  } catch (error) {
    const refused = worldlyError(error);
    if (refused !== null) return photoFailed(refused.message, refused.requestId);
    if (error instanceof SourceError) return photoFailed(error.message, "");
    throw error;
  }
}

async function markPhotos(
  graph: GraphClient,
  book: BookRef,
  written: readonly MissingPhoto[],
  signal: AbortSignal,
): Promise<readonly Outcome[]> {
  const requests = written.map(({ change, id }): GraphWrite => {
    const singleValueExtendedProperties = writeMarker({ photo: photoToWrite(change) });
    return {
      method: "PATCH",
      url: contactPath(book, id),
      lane: laneOf(book),
      headers: immutableIds,
      body: { singleValueExtendedProperties },
    };
  });
  const answers = await sendBatch(graph, requests, signal);
  return written.map(({ change }, index) => {
    const answer = answerAt(answers, index);
    if (answer.ok) return done(change);
    return failed(change, photoFailed(answer.error.message, answer.error.requestId));
  });
}

function photoFailed(why: string, requestId: string): NonNullable<Outcome["problem"]> {
  const message = `The contact was written, but its photo was not: ${why}. The next run tries again.`;
  return { code: "photo-failed", message, requestId };
}
