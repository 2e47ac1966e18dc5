import type { Row } from "./exchange.ts";
import { ExchangeError } from "./exchange.ts";
import type { ReadCmdlet } from "./exchange.ts";
import type { Body } from "./outcome.ts";

/** The maximum number of rows in a page, whatever the request asks for. */
export const pageSize = 1000;

export interface Page {
  readonly rows: readonly Row[];
  /** The nextLink, unchanged; null for the last page. */
  readonly next: string | null;
  /** Whether a warning says that Exchange left rows out. */
  readonly isCut: boolean;
}

/** @throws {ExchangeError} for a malformed page */
export function pageIn(body: Body, cmdlet: ReadCmdlet): Page {
  const rows = rowsIn(body);
  const next = body?.["@odata.nextLink"] ?? null;
  if (rows === null || (next !== null && typeof next !== "string")) {
    const message = "Exchange answered with a page that cannot be read.";
    throw new ExchangeError({ kind: "malformed-answer", message, cmdlet, status: 200, outcome: "refused" });
  }
  return { rows, next, isCut: warningsIn(body).some((warning) => cutWarning.test(warning)) };
}

/** "There are more results available than are currently displayed." and "By default, only the first 1,000 items …" */
const cutWarning = /more results available|only the first [\d,.]+/i;

/** The rows without OData annotations; empty when the body has no `value`, null when it is malformed. */
export function rowsIn(body: Body): readonly Row[] | null {
  const value = body?.["value"] ?? [];
  if (!Array.isArray(value)) return null;
  const rows = value as readonly unknown[];
  return rows.every((row) => typeof row === "object" && row !== null) ? rows.map(withoutAnnotations) : null;
}

function warningsIn(body: Body): readonly string[] {
  const warnings: unknown = body?.["@adminapi.warnings"];
  return Array.isArray(warnings) ? warnings.filter((warning) => typeof warning === "string") : [];
}

function withoutAnnotations(row: object): Row {
  return Object.fromEntries(Object.entries(row).filter(([name]) => !name.includes("@")));
}

/** Removes duplicates by Guid, keeping the one read last; rows without a Guid are all kept. */
export function foldedByGuid(rows: readonly Row[]): readonly Row[] {
  const byGuid = new Map<unknown, Row>();
  for (const row of rows) byGuid.set(guidOf(row) ?? row, row);
  return [...byGuid.values()];
}

export function guidOf({ Guid }: Row): string | null {
  return typeof Guid === "string" ? Guid.toLowerCase() : null;
}
