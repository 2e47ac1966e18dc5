import type { GroupRow, PageData } from "../page-data.ts";
import { kindOf, kinds } from "./report.ts";
import type { Kind } from "./report.ts";
import type { Rows } from "./rows.ts";

export interface Filters {
  /** Words that must all occur, in any case. */
  readonly text: string;
  readonly kinds: ReadonlySet<Kind>;
  /** Indexes; -1 for all. */
  readonly sync: number;
  readonly reason: number;
  readonly cause: number;
  /** Part of a mailbox's address. */
  readonly mailbox: string;
}

export const noFilters: Filters = {
  text: "",
  kinds: new Set(kinds),
  sync: -1,
  reason: -1,
  cause: -1,
  mailbox: "",
};

export interface FilterStore {
  get(): Filters;
  set(change: Partial<Filters>): void;
  /** Called after every change. */
  onChange(listener: () => void): void;
}

export function createFilterStore(): FilterStore {
  let filters = noFilters;
  const listeners: (() => void)[] = [];
  return {
    get: () => filters,
    set(change) {
      filters = { ...filters, ...change };
      for (const listener of listeners) listener();
    },
    onChange: (listener) => void listeners.push(listener),
  };
}

/** The rows that match the filters. */
export interface Found {
  readonly length: number;
  slice(from: number, to: number): readonly GroupRow[];
  readonly contacts: number;
}

/** Finds rows that match filters. The first filtered search parses all rows and builds the text to search. */
export function createSearch(data: PageData, rows: Rows): (filters: Filters) => Found {
  const filtered = createFilter(data, rows);
  return (filters) => {
    if (isEverything(filters)) {
      const slice: Found["slice"] = (from, to) => rows.slice(from, to);
      return { length: rows.length, slice, contacts: data.contacts };
    }
    const found = filtered(filters);
    return {
      length: found.length,
      slice: (from, to) => found.slice(from, to),
      contacts: found.reduce((sum, row) => sum + row[7], 0),
    };
  };
}

/** Whether the filters match everything. */
export function isEverything({ text, kinds: chosen, mailbox, ...positions }: Filters): boolean {
  const { sync, reason, cause } = positions;
  return chosen.size === kinds.length && (text + mailbox).trim() === "" && Math.max(sync, reason, cause) < 0;
}

function createFilter(data: PageData, rows: Rows): (filters: Filters) => readonly GroupRow[] {
  let texts: readonly string[] | null = null;
  return ({ text, kinds: chosen, sync, reason, cause, mailbox }) => {
    const words = text
      .toLowerCase()
      .split(/\s+/u)
      .filter((word) => word !== "");
    const books = mailbox.trim() === "" ? null : booksMatching(data, mailbox.trim().toLowerCase());
    if (words.length > 0) texts ??= rows.all().map(textOf);
    const all = chosen.size === kinds.length;
    return rows.all().filter((row, index) => {
      if (!all && !chosen.has(kindOf(row))) return false;
      if (sync >= 0 && row[0] !== sync) return false;
      if (reason >= 0 && row[4] !== reason) return false;
      if (cause >= 0 && row[6] !== cause) return false;
      if (books !== null && !meets(row[10], books)) return false;
      const haystack = words.length === 0 ? "" : (texts?.[index] ?? "");
      return words.every((word) => haystack.includes(word));
    });
  };
}

function textOf(row: GroupRow): string {
  const values = row[9].flatMap(([, ...parts]) => parts.flat());
  return [row[2], row[3], ...values].join("\n").toLowerCase();
}

/** Prefix sums of matching books, so that counting a range takes one subtraction. */
function booksMatching({ books }: PageData, part: string): Uint32Array {
  const before = new Uint32Array(books.length + 1);
  books.forEach(([mailbox], index) => {
    const matches = mailbox?.toLowerCase().includes(part) === true;
    before[index + 1] = (before[index] ?? 0) + Number(matches);
  });
  return before;
}

function meets(stretches: readonly number[], before: Uint32Array): boolean {
  for (let i = 0; i < stretches.length; i += 2) {
    const [first = 0, last = 0] = [stretches[i], stretches[i + 1]];
    if ((before[last + 1] ?? 0) > (before[first] ?? 0)) return true;
  }
  return false;
}
