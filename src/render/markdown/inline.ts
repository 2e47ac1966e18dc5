import { harmless } from "../harmless.ts";

/**
 * Puts untrusted text into a line of Markdown as code, in which nothing is markup, a mention, a link or a reference.
 * `|` is replaced, because it ends the cell of a table even within code.
 */
export function codeSpan(text: string): string {
  const shown = harmless(text).replaceAll("|", "¦");
  if (shown === "") return "";
  const longestRun = Math.max(0, ...(shown.match(/`+/gu) ?? []).map((run) => run.length));
  const fence = "`".repeat(longestRun + 1);
  const space = /^[` ]|[` ]$/u.test(shown) ? " " : "";
  return `${fence}${space}${shown}${space}${fence}`;
}

/**
 * Puts lines into a code block, in which nothing is markup.
 *
 * @param lines - must not begin with a backtick, at any indentation, because that could end the block
 */
export function fenced(language: string, lines: readonly string[]): string {
  return `\`\`\`${language}\n${lines.map((line) => `${line}\n`).join("")}\`\`\`\n`;
}

/** Puts content into a collapsible section. The title is not escaped. */
export function folded(title: string, content: string, isOpen = false): string {
  return `<details${isOpen ? " open" : ""}><summary>${title}</summary>\n\n${content}\n</details>\n`;
}
