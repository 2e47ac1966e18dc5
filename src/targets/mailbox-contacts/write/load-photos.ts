import { GraphError } from "../../../http/graph/graph.ts";
import type { GraphReader } from "../../../http/graph/graph.ts";
import type { BookRef } from "../../../model/book.ts";
import type { DesiredContact, LiveContact } from "../../../model/contact.ts";
import type { Picture } from "../../../model/journal.ts";
import type { ChangeProblem, CreateChange, Outcome, UpdateChange } from "../../../model/plan.ts";
import { SourceError } from "../../../model/source.ts";
import { failed } from "../../outcomes.ts";
import { readPhotos } from "../read/read-photos.ts";
import { photoToWrite } from "./decide.ts";

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

/** A photo on its way: what is written, what is lost, and where that stands in the journal. */
export interface Loaded {
  readonly missing: MissingPhoto;
  /** Null where the source has a fingerprint and no picture: only the fingerprint is written. */
  readonly photo: Picture | null;
  readonly fingerprint: string;
  readonly lost: Picture | null;
}

/** Graph takes no larger picture. */
const largestPhoto = 4 * 1024 * 1024;

/** Gets the pictures to be written and those that they replace; without the one or the other nothing is written. */
export async function loadPhotos(
  { graph, photo }: { readonly graph: GraphReader; readonly photo: PhotoOf },
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
): Promise<PhotoToWrite | ChangeProblem | null> {
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

function isProblem(found: PhotoToWrite | ChangeProblem | null | undefined): found is ChangeProblem {
  return found !== null && found !== undefined && !("bytes" in found);
}

/** Why the photo of a contact that was written was not. */
export function photoFailed(why: string, requestId: string): ChangeProblem {
  const message = `The contact was written, but its photo was not: ${why}. The next run tries again.`;
  return { code: "photo-failed", message, requestId };
}
