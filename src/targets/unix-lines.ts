/** Normalizes line ends to "\n", because Exchange may return others than were written. */
export function unixLines(text: string): string {
  return text.includes("\r") ? text.replaceAll(/\r\n?/g, "\n") : text;
}
