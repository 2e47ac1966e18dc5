import markdownIt from "markdown-it";
import { expect } from "vitest";
import type { PlanRecord } from "../../../src/model/plan.ts";
import { renderMarkdown } from "../../../src/render/markdown/markdown.ts";
import type { MarkdownOptions } from "../../../src/render/markdown/markdown.ts";
import { streamed } from "../../plan/world.ts";

export async function markdownOf(
  records: readonly PlanRecord[],
  options: Partial<MarkdownOptions> = {},
): Promise<string> {
  return await renderMarkdown(streamed(records), { budget: 65_536, ...options });
}

/** What a reader of Markdown makes of it, as GitHub reads it: with tables, and links made of what looks like one. */
const parser = markdownIt({ html: true, linkify: true });

interface Seen {
  /** Text that is neither code nor markup: here a mention would be one. */
  readonly text: string;
  readonly html: readonly string[];
  readonly kinds: ReadonlySet<string>;
}

function seen(markdown: string): Seen {
  const tokens = parser.parse(markdown, {}).flatMap((token) => [token, ...(token.children ?? [])]);
  return {
    text: tokens
      .filter(({ type }) => type === "text")
      .map(({ content }) => content)
      .join("\n"),
    html: tokens.filter(({ type }) => type.startsWith("html")).map(({ content }) => content.trim()),
    kinds: new Set(tokens.map(({ type }) => type.replace(/_(?:open|close)$/u, ""))),
  };
}

const ownHtml =
  /^(?:<details(?: open)?><summary><b>\d+ [a-z, ]+<\/b><\/summary>|<\/details>|<code>|<\/code>)$/u;

const ownKinds =
  /^(?:heading|inline|text|table|thead|tbody|tr|th|td|code_inline|fence|html_block|html_inline|paragraph|strong|softbreak)$/u;

export function expectHarmless(markdown: string): void {
  const { text, html, kinds } = seen(markdown);
  expect([...kinds].filter((kind) => !ownKinds.test(kind))).toEqual([]);
  expect(html.filter((tag) => !ownHtml.test(tag))).toEqual([]);
  expect(text).not.toMatch(/[@<>[\]]|::|mallory|everybody/iu);
  expect(markdown).not.toMatch(/^\s*::|##\w*\[/mu);
  // oxlint-disable-next-line no-control-regex -- these are what must not be there
  expect(markdown).not.toMatch(/[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069\u2028]/u);
  expect(markdown.isWellFormed()).toBe(true);
}
