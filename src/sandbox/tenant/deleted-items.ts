import type { Change, Mailbox } from "./tenant.ts";

/** What is deleted goes to Deleted Items, of which only the number is kept. */
export function deletedChange({ user, problem, deleted }: Mailbox, count: number): Change {
  return { put: "mailbox", user, problem, deleted: deleted + count };
}
