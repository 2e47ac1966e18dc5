/** The local part of an address, without quotes, brackets and slashes, because these may surround an address. */
const local = String.raw`[\p{L}\p{N}\p{M}.!#$%&*+?^_{|}~-]|(?<=\p{L})['’](?=\p{L})`;
const addresses = new RegExp(
  // The look-behind makes an address begin only where no earlier one could, so that long text is scanned in linear
  // time.
  String.raw`(?<!${local})(?:${local})+?(?:@|%40)[\p{L}\p{N}](?:[\p{L}\p{N}\p{M}.-]*[\p{L}\p{N}\p{M}])?`,
  "gu",
);
/** Ids of people and objects, but not request ids: these identify nobody, and the service's support asks for them. */
const ids = /(?<!request[- ]id:? ?)\b[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}\b/giu;
const quotes = /"[^"\n]+"|“[^“”\n]+”|(?<![\p{L}\p{N}])'[^'\n]+'(?![\p{L}\p{N}])/gu;

/** Replaces mail addresses, including those in URLs with %40. */
export function withoutAddresses(text: string, by: (address: string) => string): string {
  return text.replace(addresses, by);
}

/** Replaces GUIDs except request ids. */
export function withoutIds(text: string, by: (guid: string) => string): string {
  return text.replace(ids, by);
}

/** Replaces quoted text. An apostrophe within a word is not a quote. */
export function withoutQuotes(text: string, by: string): string {
  return text.replace(quotes, by);
}
