import type { Parameters, ReadCmdlet, Row } from "./exchange.ts";
import { createEachOnce } from "../each-once.ts";
import { ExchangeError } from "./exchange.ts";
import { named } from "./cmdlet-input.ts";
import { allNames, filterWithin, halvesOf } from "./name-range.ts";
import type { NameRange } from "./name-range.ts";
import { foldedByGuid, guidOf, pageSize } from "./page.ts";
import type { Page } from "./page.ts";

/** What reads one page: the first one of these parameters, or the one that a nextLink leads to. */
export type ReadPage = (parameters: Parameters, next: string | null) => Promise<Page>;

/** Cmdlets that may have more rows than a page and can be read by ranges of names. */
const many: ReadonlySet<ReadCmdlet> = new Set(["Get-MailContact", "Get-Contact", "Get-Recipient"]);

/**
 * Of these a last page that is exactly full is proven by names, too: whoever is missing among the hidden would be shown.
 * Of the mail contacts themselves it is taken for the end, since nothing is lost by one that is missing (he is planned
 * to be made, and met by his alias), and an organization of 5,000 would be read twice each time.
 */
const provenWhereFull: ReadonlySet<ReadCmdlet> = new Set(["Get-Recipient"]);

/** Whether it is a read of any number of rows, and not of one object or of the few that an organization has. */
export function isListing(cmdlet: ReadCmdlet, parameters: Parameters): boolean {
  return many.has(cmdlet) && named(parameters, "identity") === undefined;
}

/** Far more than halving needs; only a service that filters wrongly gets there. */
const maxDepth = 40;

/**
 * All rows of a read, proven complete: along the nextLinks; once more from the beginning where a cursor has expired; and
 * where there are no nextLinks, or none that work, by ranges of names that each fit into a page.
 *
 * @throws {ExchangeError} of `readPage`, and `incomplete-read`
 */
export async function readAll(
  cmdlet: ReadCmdlet,
  parameters: Parameters,
  readPage: ReadPage,
): Promise<readonly Row[]> {
  if (!isListing(cmdlet, parameters)) {
    const page = await readPage(parameters, null);
    if (!isWhole(page)) throw incomplete(cmdlet, "Exchange left rows out, and this read cannot be divided.");
    return page.rows;
  }
  const paged =
    (await alongLinks(cmdlet, parameters, readPage)) ?? (await alongLinks(cmdlet, parameters, readPage));
  if (paged !== null && paged !== "cut") return paged;
  return foldedByGuid(await inRange(cmdlet, parameters, allNames, readPage, 0));
}

/** Null where a cursor has expired; "cut" where it ended and is not the whole, or leads in a circle. */
async function alongLinks(
  cmdlet: ReadCmdlet,
  parameters: Parameters,
  readPage: ReadPage,
): Promise<readonly Row[] | "cut" | null> {
  try {
    let page = await readPage(parameters, null);
    if (page.next === null) return isWhole(page) ? page.rows : "cut";
    const rows = [...page.rows];
    const followed = new Set<string>();
    const once = createEachOnce();
    once.fresh(identified(page.rows));
    while (page.next !== null) {
      if (followed.has(page.next) || once.isCircling()) return "cut";
      followed.add(page.next);
      page = await readPage(parameters, page.next);
      once.fresh(identified(page.rows));
      for (const row of page.rows) rows.push(row);
    }
    const isDoubtful = provenWhereFull.has(cmdlet) && page.rows.length === pageSize;
    return page.isCut || isDoubtful ? "cut" : foldedByGuid(rows);
  } catch (error) {
    if (isExpiredCursor(error)) return null;
    throw error;
  }
}

/** Of what has no Guid it cannot be told whether it is new. */
function identified(rows: readonly Row[]): readonly { readonly id: string }[] {
  return rows.map(guidOf).flatMap((id) => (id === null ? [] : [{ id }]));
}

/** Whether a first page is all there is. A page that is exactly full may be where Exchange just stopped. */
function isWhole({ rows, next, isCut }: Page): boolean {
  return next === null && !isCut && rows.length !== pageSize;
}

/** A cursor is bound to one server of Exchange and may be refused at once by another, or when it is too old. */
function isExpiredCursor(error: unknown): boolean {
  return error instanceof ExchangeError && /expired or invalid pagination request/i.test(error.message);
}

async function inRange(
  cmdlet: ReadCmdlet,
  parameters: Parameters,
  range: NameRange,
  readPage: ReadPage,
  depth: number,
): Promise<readonly Row[]> {
  const page = await readPage(within(parameters, range), null);
  if (isWhole(page)) return page.rows;
  const halves = depth < maxDepth ? halvesOf(range, page.rows) : null;
  if (halves === null) throw incomplete(cmdlet, "Exchange left rows out, and names do not divide them.");
  const rows: Row[] = [];
  for (const half of halves) {
    for (const row of await inRange(cmdlet, parameters, half, readPage, depth + 1)) rows.push(row);
  }
  const found = new Set(rows.map(guidOf));
  if (!page.rows.every((row) => found.has(guidOf(row)))) {
    throw incomplete(cmdlet, "Rows that were there are missing from the ranges that should hold them.");
  }
  return rows;
}

function within(parameters: Parameters, range: NameRange): Parameters {
  const given = Object.entries(parameters).filter(([name]) => name.toLowerCase() !== "filter");
  const filter = named(parameters, "filter");
  const Filter = filterWithin(typeof filter === "string" ? filter : "", range);
  return { ...Object.fromEntries(given), ...(Filter === "" ? {} : { Filter }) };
}

function incomplete(cmdlet: ReadCmdlet, why: string): ExchangeError {
  const message = `The answer to ${cmdlet} is not certain to be complete. ${why}`;
  return new ExchangeError({ kind: "incomplete-read", message, cmdlet, outcome: "refused" });
}
