import type { Expression, SyncConfig } from "../model/config.ts";
import type { Diagnostic } from "../model/diagnostic.ts";

/**
 * Reports an expression that uses `mailbox.groups` in a sync that names no groups. The list would be empty for every
 * mailbox, and contacts would be deleted because of it. Null when there is no problem.
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
      "mailbox.groups contains the groups of `mailboxes.groups` that the mailbox belongs to. The sync names none there, " +
      "so it would be empty for every mailbox. Name the groups under `mailboxes.groups`, and keep `all: true` next to " +
      "them if the sync is for all mailboxes.",
    place: written.locate(offset),
    excerpt: written.excerpt(offset),
  };
}
