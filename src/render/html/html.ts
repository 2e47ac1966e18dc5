import type { ApplyResult } from "../../model/apply-result.ts";
import type { BookPlan, PlanRecord } from "../../model/plan.ts";
import { createPaint } from "../color.ts";
import { harmlessJson } from "../../text/harmless-json.ts";
import { addToCounts, noCounts, overviewOf } from "../overview.ts";
import type { Counts, Overview } from "../overview.ts";
import type { Redaction } from "../redaction/redaction.ts";
import { renderResultText } from "../result.ts";
import { allowedOf } from "../allowed.ts";
import { forecastText, planLine } from "../text.ts";
import { pageComparison } from "./page-comparison.ts";
import { countNames, rowsAtATime } from "./page-data.ts";
import type { BookRow, CountsRow, GroupRow, PageData, PageProblem } from "./page-data.ts";
import { firstBooksOf, pageGroups } from "./page-groups.ts";
import { pageNotices } from "./page-notices.ts";
import { pageScript, pageStyle, scriptHash, styleHash } from "./page.gen.ts";

export interface HtmlOptions {
  /** Level to which the records were redacted; shown in the page. */
  readonly redaction: Redaction;
  /** The result of the plan; absent when it was not applied. */
  readonly result?: ApplyResult | undefined;
  /** Maximum number of entries for each action and sync, except for deletes; 100,000 by default. */
  readonly entries?: number;
}

/** Permits only the page's own script and style; nothing may be fetched or sent. */
const policy = [
  "default-src 'none'",
  `script-src '${scriptHash}'`,
  `style-src '${styleHash}'`,
  "img-src data:",
  "base-uri 'none'",
  "form-action 'none'",
  "require-trusted-types-for 'script'",
].join("; ");

/**
 * Renders a plan, and its result, as a self-contained page that works from a file and without a network. It contains
 * the changes once, as JSON; its script draws those that are in view.
 */
export async function* renderHtml(
  records: AsyncIterable<PlanRecord>,
  options: HtmlOptions,
): AsyncIterable<string> {
  const { data, rows } = await pageOf(records, options);
  yield head(data.headline);
  yield `<script type="application/json" id="data">${embedded(data)}</script>\n`;
  for (let start = 0; start < rows.length; start += rowsAtATime) {
    const some = rows
      .slice(start, start + rowsAtATime)
      .map(embedded)
      .join(",\n");
    yield `<script type="application/json" class="rows">[${some}]</script>\n`;
  }
  yield `<script>${pageScript}</script>\n</body>\n</html>\n`;
}

async function pageOf(
  records: AsyncIterable<PlanRecord>,
  { redaction, result, entries = 100_000 }: HtmlOptions,
): Promise<{ readonly data: PageData; readonly rows: readonly GroupRow[] }> {
  const books: BookRow[] = [];
  const problems = createProblems();
  const overview = await overviewOf(records, entries, (plan) => books.push(bookRow(plan, problems)));
  const { header, end, syncs } = overview;
  const firstBooks = firstBooksOf(syncs);
  const { tables, rows } = pageGroups(syncs);
  const { create, update, delete: deletes, adopt, withheld } = end.summary;
  const contacts = rows.reduce((sum, { 7: count }) => sum + count, 0);
  const data: PageData = {
    createdAt: header.createdAt,
    id: end.id,
    configDigest: header.configDigest,
    redaction,
    ...headlineOf(overview, result),
    counts: countsRow(end.summary),
    syncs: syncs.map(({ name, kind, tenant, counts, books: count }, position) => ({
      name,
      kind,
      tenant,
      counts: countsRow(counts),
      firstBook: firstBooks[position] ?? 0,
      books: count,
    })),
    books,
    problems: problems.all(),
    ...tables,
    comparison: end.comparison === undefined ? null : pageComparison(end.comparison, tables.causes),
    allowed: allowedOf(header.allowances, end).fitting,
    forecast: end.forecastSeconds === null ? "" : forecastText(end.forecastSeconds),
    groups: rows.length,
    contacts,
    unlisted: create + update + deletes + adopt + withheld - contacts,
    notices: pageNotices(overview, result),
  };
  return { data, rows };
}

function headlineOf(
  { end, hasErrors, isBlind }: Overview,
  result: ApplyResult | undefined,
): Pick<PageData, "headline" | "tone"> {
  if (result !== undefined) {
    const { summary, interrupted } = result;
    const headline = renderResultText(result, { color: false }).trimEnd().split("\n").at(-1) ?? "";
    return { headline, tone: interrupted || summary.failed + summary.skipped > 0 ? "failed" : "done" };
  }
  if (isBlind) return { headline: "No plan, because nothing could be compared.", tone: "failed" };
  const { create, update, delete: deletes, adopt, rename = 0 } = end.summary;
  const headline = planLine(end.summary, hasErrors, createPaint(false)).replace(/^Plan: /u, "");
  if (end.refusals.length > 0) return { headline, tone: "refused" };
  if (hasErrors) return { headline, tone: "failed" };
  return { headline, tone: create + update + deletes + adopt + rename > 0 ? "changes" : "nothing" };
}

interface Problems {
  positionOf(problem: PageProblem): number;
  all(): readonly PageProblem[];
}

function createProblems(): Problems {
  const known = new Map<string, readonly [number, PageProblem]>();
  return {
    positionOf({ severity, code, message }) {
      const problem = { severity, code, message };
      const id = JSON.stringify(problem);
      const [position] = known.get(id) ?? [known.size];
      known.set(id, [position, problem]);
      return position;
    },
    all: () => [...known.values()].map(([, problem]) => problem),
  };
}

function bookRow(plan: BookPlan, problems: Problems): BookRow {
  const counts = noCounts();
  addToCounts(counts, plan);
  const { book, problem } = plan;
  return [book.mailbox, book.folder, countsRow(counts), problem === null ? -1 : problems.positionOf(problem)];
}

function countsRow(counts: Counts): CountsRow {
  return countNames.map((name) => counts[name]);
}

/** Escapes JSON so that it cannot end its HTML element or begin a comment. */
function embedded(value: unknown): string {
  return harmlessJson(value).replaceAll("<", String.raw`\u003c`);
}

function head(headline: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<title>galops: ${headline}</title>
<link rel="icon" href="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Crect width='16' height='16' rx='4' fill='%23365bd8'/%3E%3Cpath d='M4 5h8M4 8h8M4 11h5' stroke='white' stroke-width='1.6' stroke-linecap='round'/%3E%3C/svg%3E">
<style>${pageStyle}</style>
</head>
<body>
<noscript>${headline} This report needs JavaScript to show the changes; it loads nothing from anywhere.</noscript>
<div id="page"></div>
`;
}
