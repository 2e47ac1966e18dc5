import { readHidden } from "../directory/hidden-recipients.ts";
import type { IsHidden } from "../directory/hidden-recipients.ts";
import type { ExchangeReader } from "../http/exchange/exchange.ts";
import type { Place } from "../model/diagnostic.ts";

/**
 * Who is hidden, where Exchange is to be asked; null where Graph's word holds.
 *
 * @throws {DirectoryError} when Exchange does not tell all of it
 */
export async function hiddenByExchange(
  { hiddenFrom, place }: { readonly hiddenFrom: "graph" | "exchange"; readonly place: Place },
  exchange: (() => ExchangeReader) | undefined,
  signal: AbortSignal,
): Promise<IsHidden | null> {
  if (hiddenFrom === "graph") return null;
  if (exchange === undefined) throw new Error("A source asks for Exchange and was given none.");
  return await readHidden(exchange(), place, signal);
}
