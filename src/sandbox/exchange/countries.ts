/** Named regions that are not, or no longer, countries. */
const noCountries = new Set(
  "AC AN BU CP CQ CS DD DG DY EA EU EZ FX HV IC NH QO RH SU TA TP UK UN VD XA XB YD YU ZR ZZ".split(" "),
);

/** Names that differ between Exchange and Unicode. */
const ownNames: Readonly<Record<string, string>> = {
  CD: "Congo (DRC)",
  CG: "Congo",
  CI: "Côte d'Ivoire",
  CZ: "Czech Republic",
  HK: "Hong Kong SAR",
  KR: "Korea",
  MM: "Myanmar",
  MO: "Macao SAR",
  PS: "Palestinian Authority",
  TR: "Turkey",
};

const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ".split("");

let names: ReadonlyMap<string, string> | null = null;

/**
 * Finds the friendly name of a country by its ISO 3166 code or its friendly name, both case-insensitive; null for
 * anything else.
 */
export function countryName(given: string): string | null {
  names ??= friendlyNames();
  return names.get(given.toLowerCase()) ?? null;
}

function friendlyNames(): ReadonlyMap<string, string> {
  const unicode = new Intl.DisplayNames(["en"], { type: "region", fallback: "none" });
  const found = new Map<string, string>();
  for (const code of letters.flatMap((first) => letters.map((second) => first + second))) {
    const given = unicode.of(code);
    if (given === undefined || noCountries.has(code)) continue;
    const name = ownNames[code] ?? given.replaceAll("&", "and").replaceAll(/\bSt\. /g, "Saint ");
    found.set(code.toLowerCase(), name);
    found.set(name.toLowerCase(), name);
  }
  return found;
}
