import type { SyncConfig } from "../model/config.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { BookPlan } from "../model/plan.ts";
import { namesShown } from "../text/some-names.ts";

/** Collects contacts in books that the base config has and this config does not, so that no sync maintains them. */
export interface LeftBehind {
  /** @param sync - from the base config */
  add(sync: SyncConfig, plan: BookPlan): void;
  /** @param isSyncGone - whether this config lacks the sync completely */
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
    ? `The base config has the sync ${sync.name}, but no sync of this config has its owner (${sync.owner}).`
    : `The base config has address books for the sync ${sync.name} that this config no longer has.`;
  const names =
    mailboxes.length === 0 ? "" : ` (${mailboxes.join(", ")}${books > mailboxes.length ? ", …" : ""})`;
  const there = `${contacts} of its contacts are in ${books} address ${books === 1 ? "book" : "books"}${names}`;
  return {
    severity: "warning",
    code: "contacts-left-behind",
    summary: "Contacts would be left behind",
    detail:
      `${what} ${there}. They stay there unchanged, because galops changes only address books of the config. ` +
      "If they should go, have galops delete them before you merge this change.",
    place: null,
  };
}
