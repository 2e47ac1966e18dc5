import type { Expression, SyncConfig } from "../model/config.ts";
import type { Diagnostic } from "../model/diagnostic.ts";

/**
 * What is wrong with an expression that asks in which groups a mailbox is, where the sync names none: the answer would
 * be empty for every mailbox, and contacts would be deleted for it. Null where nothing is.
 */
export function unnamedGroups(written: Expression, { to }: SyncConfig): Diagnostic | null {
  if (to.kind !== "mailbox-contacts" || to.mailboxes.groups.length > 0) return null;
  const offset = written.text.search(/\bmailbox\s*\.\s*groups\b/);
  if (offset === -1) return null;
  return {
    severity: "error",
    code: "mailbox-groups-unnamed",
    summary: "No groups of mailboxes are named",
    detail:
      "mailbox.groups holds those groups of `mailboxes.groups` that the mailbox is in, and the sync names none there, so " +
      "that it would be empty for every mailbox. Name the groups under `mailboxes.groups`, and keep `all: true` beside " +
      "them where all mailboxes are meant.",
    place: written.locate(offset),
    excerpt: written.excerpt(offset),
  };
}
