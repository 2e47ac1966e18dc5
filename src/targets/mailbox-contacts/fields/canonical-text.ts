/** Exchange keeps short texts up to this length, in UTF-16 code units. */
const longestText = 255;

// What no contact needs and XML, in which Exchange keeps its items, cannot hold.
// oxlint-disable-next-line no-control-regex
const control = /[\u0000-\u001F\u007F-\u009F\u2028\u2029\uFFFE\uFFFF]+/g;
// oxlint-disable-next-line no-control-regex
const controlButLines = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u2028\u2029\uFFFE\uFFFF]+/g;

/**
 * A text on one line: trimmed, a run of control characters as one space, well-formed UTF-16.
 *
 * It is not normalized (NFC), which would replace characters that Japanese names are written with.
 */
export function lineOf(text: string): string {
  return text.toWellFormed().replaceAll(control, " ").trim();
}

/** The same for texts that may have several lines; these end in "\n". */
export function linesOf(text: string): string {
  const unix = text.toWellFormed().replaceAll(/\r\n?/g, "\n");
  return unix.replaceAll(controlButLines, " ").trim();
}

/** As much of a text as the service keeps, without half a character at its end. */
export function cut(text: string): string {
  if (text.length <= longestText) return text;
  return text
    .slice(0, longestText)
    .replace(/[\uD800-\uDBFF]$/, "")
    .trimEnd();
}
