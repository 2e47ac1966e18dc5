import { readFileSync } from "node:fs";
import markdownIt from "markdown-it";
import type { MarkdownIt } from "markdown-it";

const style = readFileSync(new URL("comment.css", import.meta.url), "utf8");

/** What the lines of a block of the language diff are on GitHub, by their first character. */
const diffClasses: Readonly<Record<string, string>> = {
  "+": "added",
  "-": "removed",
  "!": "changed",
  "#": "remark",
};

/** A page that looks as GitHub shows a comment. */
export function commentPage(markdown: string): string {
  const reader: MarkdownIt = markdownIt({
    html: true,
    highlight: (text, language) => (language === "diff" ? coloured(text, reader.utils.escapeHtml) : ""),
  });
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><style>${style}</style></head>
<body>
<div class="avatar" aria-hidden="true"><svg viewBox="0 0 16 16"><path d="M8 1.2a6.8 6.8 0 1 0 0 13.6A6.8 6.8 0 0 0 8 1.2Zm3.4 5.4L7.3 10.9a.8.8 0 0 1-1.1 0L4.6 9.2a.7.7 0 1 1 1-1l1.1 1.2 3.6-3.8a.7.7 0 1 1 1.1 1Z"/></svg></div>
<article>
<header><b>github-actions</b> <span class="bot">bot</span> commented 2 minutes ago · edited</header>
<div class="body">${reader.render(markdown)}</div>
</article>
</body>
</html>
`;
}

function coloured(text: string, escape: (text: string) => string): string {
  return text
    .replace(/\n$/u, "")
    .split("\n")
    .map((line) => `<span class="${diffClasses[line.charAt(0)] ?? ""}">${escape(line)}</span>`)
    .join("\n");
}
