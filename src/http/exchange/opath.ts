/** Quotes a text for an OPATH filter. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
