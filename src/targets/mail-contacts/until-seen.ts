import { ExchangeError } from "../../http/exchange/exchange.ts";
import type { Clock } from "../../model/context.ts";
import { isContactGone } from "./filters.ts";

/** Seconds between attempts: Exchange's servers may take a minute to hear of a new contact. */
const pauses: readonly number[] = [1, 2, 4, 8, 15, 15, 15];

/**
 * Does something with a contact that this run made, again while Exchange says that there is no such contact.
 *
 * @throws {ExchangeError} `kind` "not-found" when it still says so after a minute
 */
export async function untilSeen<Result>(
  clock: Clock,
  signal: AbortSignal,
  work: () => Promise<Result>,
): Promise<Result> {
  for (const seconds of pauses) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof ExchangeError) || !isContactGone(error)) throw error;
      await clock.sleep(seconds * 1000, signal);
    }
  }
  return await work();
}
