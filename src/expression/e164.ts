import { isSupportedCountry, parsePhoneNumberFromString } from "libphonenumber-js/min";

/** Whether it is the ISO 3166 code of a region with phone numbers of its own, e.g. `PL`; upper case only. */
export function isPhoneRegion(region: string): boolean {
  return isSupportedCountry(region);
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
  // `extract: false`: text around a number ("ask for Ann") says something and must not be lost.
  const number = parsePhoneNumberFromString(given, {
    extract: false,
    ...(isSupportedCountry(country) ? { defaultCountry: country } : {}),
  });
  if (number === undefined || !number.isPossible()) return given;
  return number.ext === undefined ? number.number : `${number.number} x${number.ext}`;
}
