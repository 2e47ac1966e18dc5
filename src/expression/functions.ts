import anyAscii from "any-ascii";
import { isSupportedCountry, parsePhoneNumberFromString } from "libphonenumber-js/min";
import { EvaluationError } from "./expression.ts";

/** The functions that galops adds to CEL, by the signature in which they are declared. */
export const ownFunctions: Readonly<Record<string, (...args: string[]) => string | boolean>> = {
  "e164(string, string): string": e164,
  "domain(string): string": domain,
  "glob(string, string): bool": glob,
  "ascii(string): string": (text) => anyAscii(text ?? ""),
  "string.replace(string, string): string": (text, search, by) =>
    (text ?? "").replaceAll(search ?? "", () => by ?? ""),
  "string.charAt(int): string": (text, at) => (text ?? "").charAt(Number(at)),
};

/** `firstNonEmpty(list)`: the first text that holds more than white space, "" when there is none. */
export function firstNonEmpty(texts: readonly string[]): string {
  return texts.find((text) => text.trim() !== "") ?? "";
}

/**
 * A phone number in E.164 form, an extension kept as ` x123`. What cannot be a number there is given back as it
 * was, trimmed: a number that people can read beats none.
 *
 * @see https://www.itu.int/rec/T-REC-E.164
 * @throws {EvaluationError} when the region is none
 */
function e164(text = "", region = ""): string {
  const country = region.trim().toUpperCase();
  if (!isSupportedCountry(country)) {
    throw new EvaluationError(
      `e164 does not know the region "${region}"; it takes an ISO 3166 code such as "PL".`,
    );
  }
  const number = parsePhoneNumberFromString(text, country);
  if (number === undefined || !number.isPossible()) return text.trim();
  return number.ext === undefined ? number.number : `${number.number} x${number.ext}`;
}

/** The part of a mail address after its last `@`, in lower case; "" when there is none. */
function domain(address = ""): string {
  const at = address.lastIndexOf("@");
  return at < 0
    ? ""
    : address
        .slice(at + 1)
        .trim()
        .toLowerCase();
}

/**
 * Whether the whole text is like the pattern, whatever the case: `*` stands for any text, `?` for one character.
 * Linear in the text for each `*`: of all stars only the last one is ever tried again.
 */
function glob(text = "", pattern = ""): boolean {
  const subject = Array.from(text.toLowerCase());
  const wanted = Array.from(pattern.toLowerCase());
  let at = 0;
  let star = -1;
  let starAt = 0;
  let i = 0;
  while (i < subject.length) {
    if (wanted[at] === "*") {
      star = at++;
      starAt = i;
    } else if (at < wanted.length && (wanted[at] === "?" || wanted[at] === subject[i])) {
      at++;
      i++;
    } else if (star >= 0) {
      at = star + 1;
      i = ++starAt;
    } else {
      return false;
    }
  }
  while (wanted[at] === "*") at++;
  return at === wanted.length;
}
