/** Head of a table, preceded by a blank line; number columns are right-aligned. */
export function tableHead(texts: readonly string[], numbers: readonly string[]): string {
  const dashes = [...texts.map(() => "---"), ...numbers.map(() => "---:")];
  return `\n${tableRow([...texts, ...numbers])}${tableRow(dashes)}`;
}

/** @param cells - Markdown without `|` */
export function tableRow(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |\n`;
}
