/**
 * Characters that affect a terminal, a log or a reader instead of being visible: control characters, format characters
 * (bidi overrides, zero-width, soft hyphen, tags), line separators, halves of surrogate pairs, blank letters.
 */
export const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\u115F\u1160\u2800\u3164\uFFA0]/gu;

/**
 * Commands that CI systems read from output: GitHub and Azure DevOps accept `##[error]` and `##vso[…]` anywhere in a
 * line. (`::error::` must begin a line, which no text from a tenant does.)
 */
export const commands = /##(?=\w*\[)/gu;

/** Matches JSON that needs no replacement, which is most of it. */
const plain = /^(?!.*##)[ -~]*$/u;

/** Encodes a value as JSON in one line that is safe to display and still parses to exactly the same value. */
export function harmlessJson(value: unknown): string {
  const json = JSON.stringify(value);
  if (plain.test(json)) return json;
  return json
    .replace(unseen, (character) =>
      // Escapes each half of a surrogate pair, as JSON requires.
      Array.from({ length: character.length }, (_, i) => jsonEscape(character.charCodeAt(i))).join(""),
    )
    .replace(commands, `#${jsonEscape(0x23)}`);
}

function jsonEscape(unit: number): string {
  return `\\u${unit.toString(16).padStart(4, "0")}`;
}
