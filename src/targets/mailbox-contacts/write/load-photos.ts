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

/** Loads the picture for a contact; null when there is none. */
export type PhotoOf = (contact: DesiredContact, signal: AbortSignal) => Promise<PhotoToWrite | null>;

interface PhotoToWrite extends Picture {
  /** Fingerprint for the marker, if it differs from the planned one. */
  readonly fingerprint?: string;
}

/** A contact whose data is written but whose photo is not. */
export interface MissingPhoto {
  readonly change: CreateChange | UpdateChange;
  readonly id: string;
  /** The contact before the change; null when the change created it, so that it has no picture to lose. */
  readonly current: LiveContact | null;
}

/** A photo that is ready to be written, and the one it replaces. */
export interface Loaded {
  readonly missing: MissingPhoto;
  /** Null when the source has a fingerprint but no picture; then only the fingerprint is written. */
  readonly photo: Picture | null;
  readonly fingerprint: string;
  readonly lost: Picture | null;
}

/** Maximum size that Graph accepts. */
const largestPhoto = 4 * 1024 * 1024;

/** Loads the pictures to write and the ones they replace. If either fails, that photo is not written. */
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

/** The problem of a contact that was written without its photo. */
export function photoFailed(why: string, requestId: string): ChangeProblem {
  const message = `The contact was written, but its photo was not: ${why.replace(/\.$/, "")}. The next run tries again.`;
  return { code: "photo-failed", message, requestId };
}
