/**
 * Characters that do something to a terminal, a log or a reader instead of being seen: controls, format characters
 * (bidi overrides, zero-width, soft hyphen, tags), line separators, halves of surrogate pairs, blank letters.
 */
export const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\u115F\u1160\u2800\u3164\uFFA0]/gu;

/**
 * How CI systems are given commands by what is printed: GitHub and Azure DevOps take `##[error]`, `##vso[…]` wherever in
 * a line. (`::error::` must begin a line, which no text of a tenant does.)
 */
export const commands = /##(?=\w*\[)/gu;

/** Of the most there is nothing to be replaced. */
const plain = /^(?!.*##)[ -~]*$/u;

/** JSON in one line that is harmless to look at and still says exactly the same to a program. */
export function harmlessJson(value: unknown): string {
  const json = JSON.stringify(value);
  if (plain.test(json)) return json;
  return json
    .replace(unseen, (character) =>
      // Halves of a pair one by one: JSON knows no other way.
      Array.from({ length: character.length }, (_, i) => jsonEscape(character.charCodeAt(i))).join(""),
    )
    .replace(commands, `#${jsonEscape(0x23)}`);
}

function jsonEscape(unit: number): string {
  return `\\u${unit.toString(16).padStart(4, "0")}`;
}
