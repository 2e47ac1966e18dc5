import { createHash } from "node:crypto";
import { GraphProblem } from "../../wire/graph-problem.ts";

/**
 * Ids of contacts and folders as Graph shows them: long and case-sensitive. A contact has two forms, chosen by the
 * Prefer header. The ids in the file are short.
 *
 * @see https://learn.microsoft.com/en-us/graph/outlook-immutable-id
 */
const forms = {
  regular: "AAMkADg3ZjU0N2FhLTJiZDUtNGM2Yi1hZjA2LWE0Y2ZkYzQ3MmI1ZQBGAAAAAAC7Rvg-kUw1TaFfcFSjh5lSBwD",
  immutable: "AAkALgAAAAAAHYQDEapmEc2byACqAC-EWg0A",
  folder: "AAMkADg3ZjU0N2FhLTJiZDUtNGM2Yi1hZjA2LWE0Y2ZkYzQ3MmI1ZQAuAAAAAAD",
} as const;

export type IdForm = keyof typeof forms;
const end = "AAA=";

/** A short hash of the mailbox, which makes the ids of its items invalid in any other mailbox. */
export function mailboxTag(user: string): string {
  return createHash("sha256").update(user).digest("base64url").slice(0, 8);
}

export function shownId(form: IdForm, tag: string, id: string): string {
  return forms[form] + tag + Buffer.from(id).toString("base64url") + end;
}

/**
 * Converts a shown id to the id in the file; null when it belongs to another mailbox.
 *
 * @throws {GraphProblem} when it is not an id
 */
export function keptId(shown: string, tag: string, accepted: readonly IdForm[]): string | null {
  const form = accepted.find((one) => shown.startsWith(forms[one]));
  if (form === undefined || !shown.endsWith(end)) {
    throw new GraphProblem(400, "ErrorInvalidIdMalformed", "Id is malformed.");
  }
  const coded = shown.slice(forms[form].length + tag.length, -end.length);
  const id = Buffer.from(coded, "base64url").toString();
  // Differs for ids of another mailbox.
  return shownId(form, tag, id) === shown ? id : null;
}
