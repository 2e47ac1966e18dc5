/** Exchange keeps texts of several lines as it likes. */
export function unixLines(text: string): string {
  return text.includes("\r") ? text.replaceAll(/\r\n?/g, "\n") : text;
}
