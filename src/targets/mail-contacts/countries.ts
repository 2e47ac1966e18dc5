import { createRequire } from "node:module";
import countries from "i18n-iso-countries";

/** Known names of countries in Exchange that differ from ISO 3166. */
const exchangeNames: ReadonlyMap<string, string> = new Map(
  Object.entries({
    "bolivarian republic of venezuela": "VE",
    brunei: "BN",
    congo: "CG",
    "congo (drc)": "CD",
    "hong kong sar": "HK",
    korea: "KR",
    "south korea": "KR",
    "north korea": "KP",
    laos: "LA",
    "macao sar": "MO",
    "macau sar": "MO",
    micronesia: "FM",
    moldova: "MD",
    "palestinian authority": "PS",
    syria: "SY",
  }),
);

const shown = new Intl.DisplayNames(["en"], { type: "region", fallback: "none" });

const load = createRequire(import.meta.url);
const loaded = new Set<string>();

/**
 * Returns the two-letter code (ISO 3166-1) of a country, which may be given by code, by its name in English or in some
 * 80 other languages, or by Exchange's name. Null when it is unknown.
 */
export function countryCode(written: string): string | null {
  const known = understood.get(written);
  if (known !== undefined) return known;
  const code = found(written);
  understood.set(written, code);
  return code;
}

/** Cache: thousands of contacts contain few different countries. */
const understood = new Map<string, string | null>();

function found(written: string): string | null {
  const text = written.trim();
  if (text === "") return null;
  if (/^[a-z]{2}$/i.test(text) && countries.isValid(text)) return text.toUpperCase();
  const known = exchangeNames.get(text.toLowerCase());
  if (known !== undefined) return known;
  return codeIn("en", text) ?? codeByUnicode(text) ?? codeInAnyLanguage(text);
}

/** The name galops uses for a country: the English name from Unicode, independent of the source's name. */
export function countryName(code: string): string {
  return shown.of(code) ?? code;
}

/** Recognizes the names that `countryName` returns. */
function codeByUnicode(text: string): string | null {
  const sought = text.toLowerCase();
  const codes = Object.keys(countries.getAlpha2Codes());
  return codes.find((code) => shown.of(code)?.toLowerCase() === sought) ?? null;
}

/** Tries all languages, because directories are often in the local language. Loaded only for non-English names. */
function codeInAnyLanguage(text: string): string | null {
  for (const language of countries.getSupportedLanguages()) {
    const code = codeIn(language, text);
    if (code !== null) return code;
  }
  return null;
}

function codeIn(language: string, text: string): string | null {
  if (!loaded.has(language)) {
    // The package has such a file for each language that it lists as supported.
    countries.registerLocale(load(`i18n-iso-countries/langs/${language}.json`) as countries.LocaleData);
    loaded.add(language);
  }
  return countries.getAlpha2Code(text, language) ?? null;
}
