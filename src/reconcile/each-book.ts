import { mapInOrder } from "../concurrency/map-in-order.ts";
import type { PlanInput } from "./plan-input.ts";

/**
 * Runs `plan` for the books of a sync, several at a time, and reports progress.
 *
 * @returns the results in the order of `books`
 * @throws the signal's reason when aborted
 * @throws whatever `plan` throws
 */
export async function* eachBook<Book, Planned>(
  sync: string,
  books: readonly Book[],
  { parallelism, signal, onProgress }: Pick<PlanInput, "parallelism" | "signal" | "onProgress">,
  plan: (book: Book) => Promise<Planned>,
): AsyncGenerator<Planned> {
  let done = 0;
  onProgress({ phase: "book", sync, done, total: books.length });
  yield* mapInOrder(books, parallelism, async (book) => {
    signal.throwIfAborted();
    const planned = await plan(book);
    done++;
    onProgress({ phase: "book", sync, done, total: books.length });
    return planned;
  });
}
