import { answerAt } from "../../../http/graph/answer-at.ts";
import { GraphError } from "../../../http/graph/graph.ts";
import type { GraphReader } from "../../../http/graph/graph.ts";
import { isNotFound } from "../../../http/graph/not-found.ts";
import type { BookRef } from "../../../model/book.ts";
import type { Picture } from "../../../model/journal.ts";
import { contactPath, immutableIds, laneOf } from "../graph-contact.ts";
import { mailboxProblem } from "../problems.ts";

/** Pictures by id of the contact: null when it has none, an error when that is unknown. */
export type Pictures = ReadonlyMap<string, Picture | null | GraphError>;

/** Number of concurrent requests that Exchange permits for a mailbox. */
const atOnce = 4;

/**
 * Reads the current pictures of contacts. Most contacts have none, which one batch tells for 20 contacts. Each picture
 * is then requested separately, because the maximum size of a batch response is not documented.
 *
 * @see https://learn.microsoft.com/en-us/graph/api/profilephoto-get
 */
export async function readPhotos(
  graph: GraphReader,
  book: BookRef,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<Pictures> {
  const pictures = new Map<string, Picture | null | GraphError>();
  if (ids.length === 0) return pictures;
  const having: string[] = [];
  const common = { lane: laneOf(book), headers: immutableIds };
  try {
    const requests = ids.map((id) => ({ ...common, url: `${contactPath(book, id)}/photo` }));
    const answers = await graph.getAll<unknown>(requests, signal);
    for (const [index, id] of ids.entries()) {
      const answer = answerAt(answers, index);
      if (answer.ok) having.push(id);
      else pictures.set(id, hasNone(answer.error) ? null : answer.error);
    }
  } catch (thrown) {
    if (!(thrown instanceof GraphError)) throw thrown;
    for (const id of ids) pictures.set(id, thrown);
  }
  for (let at = 0; at < having.length; at += atOnce) {
    const some = having.slice(at, at + atOnce);
    await Promise.all(
      some.map(async (id) => {
        pictures.set(
          id,
          await readPhoto(graph, { ...common, url: `${contactPath(book, id)}/photo/$value` }, signal),
        );
      }),
    );
  }
  return pictures;
}

async function readPhoto(
  graph: GraphReader,
  request: Parameters<GraphReader["getBytes"]>[0],
  signal: AbortSignal,
): Promise<Picture | null | GraphError> {
  try {
    return await graph.getBytes(request, signal);
  } catch (thrown) {
    if (!(thrown instanceof GraphError)) throw thrown;
    return hasNone(thrown) ? null : thrown;
  }
}

/** Whether the answer says that there is no picture. Several codes do. */
function hasNone(error: GraphError): boolean {
  return isNotFound(error) && mailboxProblem(error) === null;
}
