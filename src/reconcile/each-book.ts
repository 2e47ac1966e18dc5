import { mapInOrder } from "../concurrency/map-in-order.ts";
import type { PlanInput } from "./plan-input.ts";

/**
 * What is made of the books of a sync, in their order, several at a time; tells how far it is.
 *
 * @throws the signal's reason when aborted, and whatever `plan` throws
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
