import { answerAt } from "../../../http/graph/answer-at.ts";
import { GraphError } from "../../../http/graph/graph.ts";
import type { GraphClient, GraphWrite } from "../../../http/graph/graph.ts";
import type { BookRef } from "../../../model/book.ts";
import type { BookJournal, StepResult, WriteStep } from "../../../model/journal.ts";
import type { Outcome } from "../../../model/plan.ts";
import { contactPath, immutableIds, laneOf } from "../graph-contact.ts";
import type { GraphContact } from "../graph-contact.ts";
import { writeMarker } from "../markers.ts";
import { done, failed } from "../../outcomes.ts";
import { notDone } from "../outcomes.ts";
import { loadPhotos, photoFailed } from "./load-photos.ts";
import type { Loaded, MissingPhoto, PhotoOf } from "./load-photos.ts";

interface PhotoWorld {
  readonly graph: GraphClient;
  readonly photo: PhotoOf;
  readonly journal: BookJournal;
}

interface WrittenPhoto extends Loaded {
  readonly step: number;
}

/** Number of pictures in memory at once, and of concurrent requests that Exchange permits for a mailbox. */
const atOnce = 4;

/**
 * Writes photos, one request each, and then updates the markers of their contacts. If a photo fails, its marker stays
 * unchanged, so that the next plan contains it again. If the source has a fingerprint but no picture, only the marker
 * is written, so that not every plan contains it again.
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
  const written: Omit<WrittenPhoto, "photo" | "lost">[] = [];
  for (let at = 0; at < missing.length; at += atOnce) {
    const { loaded, ended } = await loadPhotos(world, book, missing.slice(at, at + atOnce), signal);
    outcomes.push(...ended);
    const steps = await world.journal.begin(loaded.map(stepOf));
    const puts = await Promise.all(loaded.map((one) => putPhoto(world.graph, book, one, signal)));
    for (const [index, { missing: one, fingerprint }] of loaded.entries()) {
      const step = steps[index] ?? -1;
      const error = puts[index] ?? null;
      if (error === null && fingerprint === (one.current?.marker?.photo ?? "")) {
        // The marker already has the fingerprint.
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
  written: readonly Omit<WrittenPhoto, "photo" | "lost">[],
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
    // The picture was written, but its marker was not.
    journal.end([{ step, status: "unknown", after: null, requestId, code }]);
    return failed(missing.change, photoFailed(message, requestId));
  });
}

/** The contact in the response to a write. Some responses are empty. */
function imageIn(body: GraphContact | null): StepResult["after"] {
  return body === null ? null : { id: body.id, version: body.changeKey ?? "", fields: null };
}
