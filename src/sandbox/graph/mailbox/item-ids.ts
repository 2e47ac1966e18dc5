import { createHash } from "node:crypto";
import { GraphProblem } from "../../wire/graph-problem.ts";

/**
 * Ids of contacts and folders as Graph shows them: long, case-sensitive, and different ones for one contact, of which
 * a request chooses by its Prefer header. In the file they are short.
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

/** A few characters that stand for a mailbox in the ids of its items, so that they fit nowhere else. */
export function mailboxTag(user: string): string {
  return createHash("sha256").update(user).digest("base64url").slice(0, 8);
}

export function shownId(form: IdForm, tag: string, id: string): string {
  return forms[form] + tag + Buffer.from(id).toString("base64url") + end;
}

/**
 * The id in the file; null where it belongs to another mailbox.
 *
 * @throws {GraphProblem} when it is no id at all
 */
export function keptId(shown: string, tag: string, accepted: readonly IdForm[]): string | null {
  const form = accepted.find((one) => shown.startsWith(forms[one]));
  if (form === undefined || !shown.endsWith(end)) {
    throw new GraphProblem(400, "ErrorInvalidIdMalformed", "Id is malformed.");
  }
  const coded = shown.slice(forms[form].length + tag.length, -end.length);
  const id = Buffer.from(coded, "base64url").toString();
  // Not so for the ids of another mailbox.
  return shownId(form, tag, id) === shown ? id : null;
}
