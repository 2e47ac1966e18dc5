import { writtenBooks } from "../../journal/written-books.ts";
import type { WrittenBook } from "../../journal/written-books.ts";
import { journalPlace } from "../../journal/run-folder.ts";
import type { Config, SyncConfig } from "../../model/config.ts";
import type { Diagnostic } from "../../model/diagnostic.ts";
import type { PlanRecord } from "../../model/plan.ts";

/** Remembers the mailboxes of a plan, to tell of those that earlier runs wrote to and that are no targets any more. */
export interface LeftMailboxes {
  add(record: PlanRecord): void;
  /** By the journals beside the config; none where there are none. @param incomplete - syncs whose mailboxes are not known */
  warnings(incomplete: readonly string[]): Promise<readonly Diagnostic[]>;
}

export function createLeftMailboxes({ folder }: Config, syncs: readonly SyncConfig[]): LeftMailboxes {
  const targets = new Set<string>();
  return {
    add(record) {
      if (record.type !== "book") return;
      const { id, mailbox } = record.book;
      for (const name of [id, mailbox ?? ""]) targets.add(keyOf(record.sync, name));
    },
    async warnings(incomplete) {
      const written = newestOfEach(await writtenBooks(journalPlace(folder, null).folder));
      return syncs
        .filter(({ name, to }) => to.kind === "mailbox-contacts" && !incomplete.includes(name))
        .flatMap((sync) => {
          const left = written.filter(
            ({ sync: name, owner, id, mailbox, former }) =>
              name === sync.name &&
              owner === sync.owner &&
              !former &&
              ![id, mailbox ?? ""].some((one) => targets.has(keyOf(name, one))),
          );
          const count = new Set(left.map(({ id }) => id)).size;
          return count === 0 ? [] : [mailboxesLeft(sync, count)];
        });
    },
  };
}

/** What a later run took out of a book is not there any more. */
function newestOfEach(books: readonly WrittenBook[]): readonly WrittenBook[] {
  const newest = new Map<string, WrittenBook>();
  for (const book of books.toReversed()) newest.set(JSON.stringify([book.sync, book.owner, book.id]), book);
  return [...newest.values()];
}

function keyOf(sync: string, name: string): string {
  return JSON.stringify([sync, name.toLowerCase()]);
}

function mailboxesLeft({ name, place }: SyncConfig, count: number): Diagnostic {
  const some =
    count === 1 ? "1 mailbox that is no longer a target" : `${count} mailboxes that are no longer targets`;
  return {
    severity: "warning",
    code: "mailboxes-left",
    summary: "Mailboxes are no longer targets",
    detail:
      `By the journals beside the config, earlier runs of the sync ${name} wrote to ${some}. ` +
      "Their contacts stay there and are no longer updated. To remove them, plan with --sweep.",
    place,
  };
}
