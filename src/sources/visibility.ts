import { readHidden } from "../directory/hidden-recipients.ts";
import type { IsHidden } from "../directory/hidden-recipients.ts";
import type { ExchangeReader } from "../http/exchange/exchange.ts";
import type { Place } from "../model/diagnostic.ts";

/**
 * Reads from Exchange who is hidden if `hiddenFrom` says so; null if Graph's property is to be used.
 *
 * @throws {DirectoryError} when Exchange's list is not complete
 */
export async function hiddenByExchange(
  { hiddenFrom, place }: { readonly hiddenFrom: "graph" | "exchange"; readonly place: Place },
  exchange: (() => ExchangeReader) | undefined,
  signal: AbortSignal,
): Promise<IsHidden | null> {
  if (hiddenFrom === "graph") return null;
  if (exchange === undefined) throw new Error("A source needs Exchange but has no client for it.");
  return await readHidden(exchange(), place, signal);
}
