import { createRequire } from "node:module";
import type * as Library from "libphonenumber-js/min";

let library: typeof Library | null = null;

/** Loaded with the first phone number, because loading takes longer than a small plan. */
function phoneLibrary(): typeof Library {
  library ??= createRequire(import.meta.url)("libphonenumber-js/min") as typeof Library;
  return library;
}

/** Whether this is the ISO 3166 code of a region with phone numbers of its own, e.g. `PL`. Upper case only. */
export function isPhoneRegion(region: string): boolean {
  return phoneLibrary().isSupportedCountry(region);
}

/**
 * Formats a phone number as `+48600100200`, with an extension as ` x123`. Text that is not a phone number in the region
 * is only trimmed, because a number that people can read is better than none. Without a known region, only numbers that
 * begin with `+` are recognized.
 *
 * @see https://www.itu.int/rec/T-REC-E.164
 */
export function e164(text: string, region: string): string {
  const given = text.trim();
  const country = region.trim().toUpperCase();
  const { isSupportedCountry, parsePhoneNumberFromString } = phoneLibrary();
  // `extract: false`: text around a number ("ask for Ann") has a meaning and must not be lost.
  const number = parsePhoneNumberFromString(given, {
    extract: false,
    ...(isSupportedCountry(country) ? { defaultCountry: country } : {}),
  });
  if (number === undefined || !number.isPossible()) return given;
  return number.ext === undefined ? number.number : `${number.number} x${number.ext}`;
}
