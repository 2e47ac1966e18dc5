import type { FieldValue } from "../../../model/contact.ts";
import { actionNames, countNames } from "../page-data.ts";
import type { BookRow, CountsRow, GroupRow, PageData, PageReason, PageSync } from "../page-data.ts";

/** The action of a change, or `withheld`. */
export type Kind = (typeof actionNames)[number] | "withheld";

export const kinds: readonly Kind[] = [...actionNames, "withheld"];

export const signs: Readonly<Record<Kind, string>> = {
  delete: "−",
  update: "~",
  adopt: "@",
  create: "+",
  withheld: "!",
};

export interface Field {
  readonly name: string;
  readonly before: FieldValue | null;
  readonly after: FieldValue | null;
  readonly varies: boolean;
}

/** A decoded row of the data. */
export interface Group {
  readonly kind: Kind;
  readonly action: (typeof actionNames)[number];
  readonly sync: PageSync;
  readonly name: string;
  readonly identity: string;
  /** Reasons in words. */
  readonly why: readonly string[];
  readonly cause: PageReason | null;
  readonly contacts: number;
  readonly unchangedFields: number;
  readonly fields: readonly Field[];
  readonly mailboxes: number;
}

export function countOf(counts: CountsRow, name: (typeof countNames)[number]): number {
  return counts[countNames.indexOf(name)] ?? 0;
}

/** Number of changes, including withheld ones. */
export function changesIn(counts: CountsRow): number {
  return kinds.reduce((sum, kind) => sum + countOf(counts, kind), 0);
}

export function kindOf(row: GroupRow): Kind {
  return row[5] >= 0 ? "withheld" : (actionNames[row[1]] ?? "update");
}

/** @throws when the data is incomplete */
export function groupOf(data: PageData, row: GroupRow): Group {
  const [
    sync,
    action,
    name,
    identity,
    reason,
    withheld,
    cause,
    contacts,
    unchangedFields,
    fields,
    stretches,
  ] = row;
  const actionName = at(actionNames, action);
  const { code, text } = at(data.reasons, reason);
  const why = [
    withheld < 0 ? "" : (data.withheld[withheld] ?? ""),
    text === "" && code !== "new" ? code : text,
  ];
  return {
    kind: kindOf(row),
    action: actionName,
    sync: at(data.syncs, sync),
    name,
    identity,
    why: why.filter((part) => part !== ""),
    cause: cause < 0 ? null : at(data.causes, cause),
    contacts,
    unchangedFields,
    fields: fields.map((field): Field => {
      const [position, one, other] = field;
      const base = { name: at(data.fields, position), varies: false };
      if (field.length === 3) return { ...base, before: one, after: other ?? null };
      if (one === null) return { ...base, varies: true, before: null, after: null };
      return actionName === "delete"
        ? { ...base, before: one, after: null }
        : { ...base, before: null, after: one };
    }),
    mailboxes: booksIn(stretches),
  };
}

export function booksIn(stretches: readonly number[]): number {
  let count = 0;
  for (let i = 0; i < stretches.length; i += 2) count += (stretches[i + 1] ?? 0) - (stretches[i] ?? 0) + 1;
  return count;
}

/** The first `most` books of a row. */
export function booksOf(data: PageData, row: GroupRow, most: number): readonly BookRow[] {
  const books: BookRow[] = [];
  const [stretches] = row.slice(-1) as [readonly number[]];
  for (let i = 0; i < stretches.length; i += 2) {
    for (let book = stretches[i] ?? 0; book <= (stretches[i + 1] ?? -1); book++) {
      if (books.length === most) return books;
      books.push(at(data.books, book));
    }
  }
  return books;
}

/** @throws when there is no item at the position */
export function at<Item>(items: readonly Item[], position: number): Item {
  const item = items[position];
  if (item === undefined) throw new Error(`The report is damaged: item ${position} is missing.`);
  return item;
}
