import { createRequire } from "node:module";
import type * as Library from "libphonenumber-js/min";

let library: typeof Library | null = null;

/** Loaded when the first number is looked at: it takes longer to load than a small plan takes to make. */
function phoneLibrary(): typeof Library {
  library ??= createRequire(import.meta.url)("libphonenumber-js/min") as typeof Library;
  return library;
}

/** Whether it is the ISO 3166 code of a region with phone numbers of its own, e.g. `PL`; upper case only. */
export function isPhoneRegion(region: string): boolean {
  return phoneLibrary().isSupportedCountry(region);
}

/**
 * A phone number as `+48600100200`, its extension behind it as ` x123`. What is no phone number there comes back as it
 * was, trimmed: a number that people can read is better than none. Without a known region only a number that begins
 * with `+` is understood.
 *
 * @see https://www.itu.int/rec/T-REC-E.164
 */
export function e164(text: string, region: string): string {
  const given = text.trim();
  const country = region.trim().toUpperCase();
  const { isSupportedCountry, parsePhoneNumberFromString } = phoneLibrary();
  // `extract: false`: text around a number ("ask for Ann") says something and must not be lost.
  const number = parsePhoneNumberFromString(given, {
    extract: false,
    ...(isSupportedCountry(country) ? { defaultCountry: country } : {}),
  });
  if (number === undefined || !number.isPossible()) return given;
  return number.ext === undefined ? number.number : `${number.number} x${number.ext}`;
}
