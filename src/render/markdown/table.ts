/** The head of a table after a blank line; numbers stand at the right. */
export function tableHead(texts: readonly string[], numbers: readonly string[]): string {
  const dashes = [...texts.map(() => "---"), ...numbers.map(() => "---:")];
  return `\n${tableRow([...texts, ...numbers])}${tableRow(dashes)}`;
}

/** @param cells - Markdown without `|` */
export function tableRow(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |\n`;
}
