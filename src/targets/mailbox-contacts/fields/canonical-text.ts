/** Exchange truncates short texts to this length, in UTF-16 code units. */
const longestText = 255;

// Exchange stores items as XML, which cannot contain these characters.
// oxlint-disable-next-line no-control-regex
const control = /[\u0000-\u001F\u007F-\u009F\u2028\u2029\uFFFE\uFFFF]+/g;
// oxlint-disable-next-line no-control-regex
const controlButLines = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u2028\u2029\uFFFE\uFFFF]+/g;

/**
 * Returns the text on one line: trimmed, each run of control characters as one space, well-formed UTF-16.
 *
 * It is not normalized (NFC), because that would replace characters of Japanese names.
 */
export function lineOf(text: string): string {
  return text.toWellFormed().replaceAll(control, " ").trim();
}

/** Like `lineOf` for texts of several lines, which are separated by "\n". */
export function linesOf(text: string): string {
  const unix = text.toWellFormed().replaceAll(/\r\n?/g, "\n");
  return unix.replaceAll(controlButLines, " ").trim();
}

/** Truncates a text to the length that Exchange keeps, without splitting a character. */
export function cut(text: string): string {
  if (text.length <= longestText) return text;
  return text
    .slice(0, longestText)
    .replace(/[\uD800-\uDBFF]$/, "")
    .trimEnd();
}
