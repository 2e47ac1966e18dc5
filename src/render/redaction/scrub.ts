/** What may stand before the @, but for quotes, brackets and slashes, between which an address may stand. */
const local = String.raw`[\p{L}\p{N}\p{M}.!#$%&*+?^_{|}~-]|(?<=\p{L})['’](?=\p{L})`;
const addresses = new RegExp(
  // An address begins where no other could have begun before, so that long text is gone over once.
  String.raw`(?<!${local})(?:${local})+?(?:@|%40)[\p{L}\p{N}](?:[\p{L}\p{N}\p{M}.-]*[\p{L}\p{N}\p{M}])?`,
  "gu",
);
/** What a service calls its answer is nobody's, and is what its support asks for. */
const ids = /(?<!request[- ]id:? ?)\b[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}\b/giu;
const quotes = /"[^"\n]+"|“[^”\n]+”|(?<![\p{L}\p{N}])'[^'\n]+'(?![\p{L}\p{N}])/gu;

/** Mail addresses, also where a URL has them with %40. */
export function withoutAddresses(text: string, by: (address: string) => string): string {
  return text.replace(addresses, by);
}

/** GUIDs, but for those of requests. */
export function withoutIds(text: string, by: (guid: string) => string): string {
  return text.replace(ids, by);
}

/** What stands in quotes. An apostrophe within a word is none. */
export function withoutQuotes(text: string, by: string): string {
  return text.replace(quotes, by);
}
