/**
 * Where the tag of a node stands, which begins behind it (and behind an anchor, where one follows the tag).
 *
 * @param start - where the node begins
 */
export function tagOffset(text: string, start: number): number {
  const last = wordBefore(text, start);
  const word = text[last] === "&" ? wordBefore(text, last) : last;
  // A bracket may stand right before it.
  const tag = text.indexOf("!", word);
  return tag >= 0 && tag < start ? tag : start;
}

/** Where the last word before an offset begins. */
function wordBefore(text: string, offset: number): number {
  let at = offset;
  while (at > 0 && isBlank(text[at - 1])) at--;
  while (at > 0 && !isBlank(text[at - 1])) at--;
  return at;
}

function isBlank(char: string | undefined): boolean {
  return char === " " || char === "\t" || char === "\n" || char === "\r";
}
