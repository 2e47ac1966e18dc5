import { createRequire } from "node:module";
import countries from "i18n-iso-countries";

/** How Exchange calls countries where it does so otherwise than ISO 3166, as far as it is known. */
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
 * The two-letter code of a country (ISO 3166-1) from its code, or its name in English, in Exchange's words or in any
 * of some 80 languages; null where it is none of them.
 */
export function countryCode(written: string): string | null {
  const known = understood.get(written);
  if (known !== undefined) return known;
  const code = found(written);
  understood.set(written, code);
  return code;
}

/** Thousands of contacts name few countries. */
const understood = new Map<string, string | null>();

function found(written: string): string | null {
  const text = written.trim();
  if (text === "") return null;
  if (/^[a-z]{2}$/i.test(text) && countries.isValid(text)) return text.toUpperCase();
  const known = exchangeNames.get(text.toLowerCase());
  if (known !== undefined) return known;
  return codeIn("en", text) ?? codeByUnicode(text) ?? codeInAnyLanguage(text);
}

/** What galops calls a country: the English name of Unicode, the same whatever the source calls it. */
export function countryName(code: string): string {
  return shown.of(code) ?? code;
}

/** What this module calls it itself must be understood, too. */
function codeByUnicode(text: string): string | null {
  const sought = text.toLowerCase();
  const codes = Object.keys(countries.getAlpha2Codes());
  return codes.find((code) => shown.of(code)?.toLowerCase() === sought) ?? null;
}

/** Directories are often kept in the language of the country. Loaded only for a name that is not English. */
function codeInAnyLanguage(text: string): string | null {
  for (const language of countries.getSupportedLanguages()) {
    const code = codeIn(language, text);
    if (code !== null) return code;
  }
  return null;
}

function codeIn(language: string, text: string): string | null {
  if (!loaded.has(language)) {
    // The package has one file of this form for each language that it says it supports.
    countries.registerLocale(load(`i18n-iso-countries/langs/${language}.json`) as countries.LocaleData);
    loaded.add(language);
  }
  return countries.getAlpha2Code(text, language) ?? null;
}
