import type { Change, Mailbox } from "./tenant.ts";

/** Moves contacts to Deleted Items, of which the sandbox keeps only the count. */
export function deletedChange({ user, problem, deleted }: Mailbox, count: number): Change {
  return { put: "mailbox", user, problem, deleted: deleted + count };
}
