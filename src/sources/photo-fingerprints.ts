import { DirectoryError, explainFailure } from "../directory/directory-error.ts";
import { encode } from "../http/graph/odata.ts";
import type { Reading } from "../directory/directory-error.ts";
import type { BatchAnswer, GraphReader } from "../http/graph/graph.ts";
import { isNotFound } from "../http/graph/not-found.ts";
import type { Place } from "../model/diagnostic.ts";
import { answerAt } from "../http/graph/answer-at.ts";

interface PhotoInfo {
  readonly "@odata.mediaEtag"?: string;
  readonly width?: number;
  readonly height?: number;
}

/**
 * Reads a fingerprint of each user's photo that changes with the photo, without reading the photos; "" for no photo; in
 * the order of the ids.
 *
 * @throws {DirectoryError} when one cannot be read, since a missed photo would look like a removed one
 */
export async function photoFingerprints(
  graph: GraphReader,
  ids: readonly string[],
  place: Place,
  signal: AbortSignal,
): Promise<readonly string[]> {
  if (ids.length === 0) return [];
  const reading: Reading = { what: "photos", permission: "ProfilePhoto.Read.All or User.Read.All", place };
  const requests = ids.map((id) => ({ url: `/users/${encode(id)}/photo`, lane: "directory" as const }));
  try {
    const answers = await graph.getAll<PhotoInfo>(requests, signal);
    return ids.map((_, at) => fingerprintOf(answerAt(answers, at), reading));
  } catch (error) {
    throw explainFailure(error, reading);
  }
}

function fingerprintOf(answer: BatchAnswer<PhotoInfo>, reading: Reading): string {
  if (!answer.ok) {
    // Without a photo the code is ImageNotFound, without a mailbox one of several others; the status is always 404.
    if (isNotFound(answer.error)) return "";
    throw answer.error;
  }
  const { width, height, "@odata.mediaEtag": etag } = answer.body;
  // For some users without a photo, Graph returns a single transparent pixel.
  if (width === 1 && height === 1) return "";
  if (etag !== undefined && etag !== "") return etag;
  throw new DirectoryError({
    code: "graph-answer-damaged",
    summary: "Graph sent an answer that cannot be used",
    detail: "One of the photos has no version, so galops cannot tell whether it changed. Run again.",
    place: reading.place,
  });
}
