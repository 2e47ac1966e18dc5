import { harmless } from "../harmless.ts";

/**
 * Text of others inside a line of Markdown, as code: there nothing is markup, a mention, a link or a reference.
 * A table ends its cells at `|` even within code, so that it is written otherwise.
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
 * Lines as a block in which nothing is markup.
 *
 * @param lines - none of them may begin with a backtick, however far it is indented: that could end the block
 */
export function fenced(language: string, lines: readonly string[]): string {
  return `\`\`\`${language}\n${lines.map((line) => `${line}\n`).join("")}\`\`\`\n`;
}

/** Folded away under a title of our own. */
export function folded(title: string, content: string, isOpen = false): string {
  return `<details${isOpen ? " open" : ""}><summary>${title}</summary>\n\n${content}\n</details>\n`;
}
