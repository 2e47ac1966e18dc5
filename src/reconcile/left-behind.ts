import type { SyncConfig } from "../model/config.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { BookPlan } from "../model/plan.ts";
import { namesShown } from "../text/some-names.ts";

/** Contacts in books that the base config keeps and this config does not: nobody looks after them any more. */
export interface LeftBehind {
  /** @param sync - as the base config has it */
  add(sync: SyncConfig, plan: BookPlan): void;
  /** @param isSyncGone - whether this config does not have the sync at all */
  warnings(isSyncGone: (sync: SyncConfig) => boolean): readonly Diagnostic[];
}

interface Left {
  readonly sync: SyncConfig;
  readonly mailboxes: string[];
  books: number;
  contacts: number;
}

export function createLeftBehind(): LeftBehind {
  const byOwner = new Map<string, Left>();
  return {
    add(sync, { book, changes, unchanged }) {
      const existing = changes.filter(({ action }) => action === "update" || action === "delete").length;
      if (unchanged + existing === 0) return;
      const left = byOwner.get(sync.owner) ?? { sync, mailboxes: [], books: 0, contacts: 0 };
      byOwner.set(sync.owner, left);
      left.books++;
      left.contacts += unchanged + existing;
      if (book.mailbox !== null && left.mailboxes.length < namesShown) left.mailboxes.push(book.mailbox);
    },
    warnings: (isSyncGone) => [...byOwner.values()].map((left) => warning(left, isSyncGone(left.sync))),
  };
}

function warning({ sync, mailboxes, books, contacts }: Left, isSyncGone: boolean): Diagnostic {
  const what = isSyncGone
    ? `The base config has the sync ${sync.name}, which this config has not (its owner ${sync.owner} is in none).`
    : `The base config has address books for the sync ${sync.name} that this config does not keep any more.`;
  const names =
    mailboxes.length === 0 ? "" : ` (${mailboxes.join(", ")}${books > mailboxes.length ? ", …" : ""})`;
  const there = `${contacts} of its contacts are in ${books} address ${books === 1 ? "book" : "books"}${names}`;
  return {
    severity: "warning",
    code: "contacts-left-behind",
    summary: "Contacts would be left behind",
    detail: `${what} ${there}. They stay there as they are: galops changes and deletes only what the config keeps. If they should go, let them be deleted before this change is merged.`,
    place: null,
  };
}
