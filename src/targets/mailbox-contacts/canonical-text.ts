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

/** Whether the service takes it for a mail address; one that it does not is dropped without a word. */
export function isMailAddress(text: string): boolean {
  return text.length <= 254 && mailAddress.test(text);
}

// Deliberately narrower than RFC 5321: quoted local parts and address literals are nobody's address in a directory.
const mailAddress = /^[^\s@,;:"<>()[\]\\]+@(?=[^.])(?!.*\.\.)[\p{L}\p{M}\p{N}.-]*[\p{L}\p{M}\p{N}]$/u;

/** Whether it is a day of the calendar, `YYYY-MM-DD`, that Exchange can hold (from 1601). */
export function isDay(text: string): boolean {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (parts === null) return false;
  const [year, month, day] = parts.slice(1).map(Number) as [number, number, number]; // three groups
  const date = new Date(Date.UTC(year, month - 1, day));
  return year >= 1601 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}
