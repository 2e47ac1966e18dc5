import type { Parameters, ReadCmdlet, Row } from "./exchange.ts";
import { createEachOnce } from "../each-once.ts";
import { ExchangeError } from "./exchange.ts";
import { named } from "./cmdlet-input.ts";
import { allNames, filterWithin, halvesOf } from "./name-range.ts";
import type { NameRange } from "./name-range.ts";
import { foldedByGuid, guidOf, pageSize } from "./page.ts";
import type { Page } from "./page.ts";

/** Reads one page: the first page for these parameters, or the page of a nextLink. */
export type ReadPage = (parameters: Parameters, next: string | null) => Promise<Page>;

/** Cmdlets that may return more than one page and can be split by ranges of names. */
const many: ReadonlySet<ReadCmdlet> = new Set(["Get-MailContact", "Get-Contact", "Get-Recipient"]);

/**
 * Cmdlets whose last page, if exactly full, is verified by ranges of names as well: a hidden recipient that is missing
 * here would be shown. For the mail contacts themselves a full last page counts as the end: a missing contact does no
 * harm (it is planned to be created and then found by its alias), and an organization of 5,000 would otherwise be read
 * twice each time.
 */
const provenWhereFull: ReadonlySet<ReadCmdlet> = new Set(["Get-Recipient"]);

/** Whether a read may return any number of rows, rather than one object or the few that an organization has. */
export function isListing(cmdlet: ReadCmdlet, parameters: Parameters): boolean {
  return many.has(cmdlet) && named(parameters, "identity") === undefined;
}

/** Far more than halving needs; only a service that filters wrongly reaches it. */
const maxDepth = 40;

/**
 * Reads all rows and verifies that they are complete: by following the nextLinks, a second time if a cursor expired;
 * and if there are no nextLinks, or none that work, by ranges of names that each fit into a page.
 *
 * @throws {ExchangeError} from `readPage`, and with `kind` "incomplete-read"
 */
export async function readAll(
  cmdlet: ReadCmdlet,
  parameters: Parameters,
  readPage: ReadPage,
): Promise<readonly Row[]> {
  if (!isListing(cmdlet, parameters)) {
    const page = await readPage(parameters, null);
    if (!isWhole(page)) throw incomplete(cmdlet, "Exchange left rows out, and this read cannot be split.");
    return page.rows;
  }
  const paged =
    (await alongLinks(cmdlet, parameters, readPage)) ?? (await alongLinks(cmdlet, parameters, readPage));
  if (paged !== null && paged !== "cut") return paged;
  return foldedByGuid(await inRange(cmdlet, parameters, allNames, readPage, 0));
}

/**
 * Follows the nextLinks.
 *
 * @returns null when a cursor expired; "cut" when rows may be missing or the links form a circle
 */
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

/** Rows without a Guid are left out: whether they are new is unknown. */
function identified(rows: readonly Row[]): readonly { readonly id: string }[] {
  return rows.map(guidOf).flatMap((id) => (id === null ? [] : [{ id }]));
}

/** Whether a first page is complete. A page that is exactly full may be where Exchange stopped. */
function isWhole({ rows, next, isCut }: Page): boolean {
  return next === null && !isCut && rows.length !== pageSize;
}

/**
 * Whether a nextLink was refused: its cursor is bound to one Exchange server, and another one refuses it, as does the
 * same one after a while.
 */
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
  if (halves === null)
    throw incomplete(cmdlet, "Exchange left rows out, and the read cannot be split by names.");
  const rows: Row[] = [];
  for (const half of halves) {
    for (const row of await inRange(cmdlet, parameters, half, readPage, depth + 1)) rows.push(row);
  }
  const found = new Set(rows.map(guidOf));
  if (!page.rows.every((row) => found.has(guidOf(row)))) {
    throw incomplete(
      cmdlet,
      "Rows that were read before are missing from the ranges of names that should contain them.",
    );
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
  const message = `The answer to ${cmdlet} may be incomplete. ${why}`;
  return new ExchangeError({ kind: "incomplete-read", message, cmdlet, outcome: "refused" });
}
