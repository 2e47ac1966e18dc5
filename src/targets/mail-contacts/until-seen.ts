import { ExchangeError } from "../../http/exchange/exchange.ts";
import type { Clock } from "../../model/context.ts";
import { isContactGone } from "./filters.ts";

/** Seconds between attempts: it may take a minute until all of Exchange's servers know a new contact. */
const pauses: readonly number[] = [1, 2, 4, 8, 15, 15, 15];

/**
 * Runs `work` on a contact that this run created, and repeats it while Exchange does not find the contact.
 *
 * @throws {ExchangeError} `kind` "not-found" when the contact is still not found after a minute
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
