import { DirectoryError } from "../directory/directory-error.ts";
import type { Place } from "../model/diagnostic.ts";
import type { Person } from "../model/person.ts";
import { SourceError } from "../model/source.ts";

/**
 * Passes on the people of a source, and turns its DirectoryErrors into SourceErrors, at `place` if they have none. Once
 * the signal is aborted, throws its reason instead of yielding anyone else.
 */
export async function* asSource(
  people: AsyncIterable<Person>,
  place: Place,
  signal: AbortSignal,
): AsyncIterable<Person> {
  signal.throwIfAborted();
  try {
    for await (const person of people) {
      signal.throwIfAborted();
      yield person;
    }
  } catch (error) {
    signal.throwIfAborted();
    throw error instanceof DirectoryError ? sourceError(error, place) : error;
  }
  signal.throwIfAborted();
}

function sourceError(error: DirectoryError, place: Place): SourceError {
  const { code, summary, detail, requestId } = error;
  const others = error.others.map((other) => sourceError(other, place));
  return new SourceError({
    code,
    summary,
    detail,
    place: error.place ?? place,
    requestId,
    others,
    cause: error,
  });
}
