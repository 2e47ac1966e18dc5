import type { BatchAnswer } from "../../../http/graph/graph.ts";
import { fieldsOf } from "../../../model/contact-fields.ts";
import type { LiveContact } from "../../../model/contact.ts";
import type { ContactImage, Picture, StepResult, WriteStep } from "../../../model/journal.ts";
import type { Change } from "../../../model/plan.ts";
import { toLiveContact } from "../fields/convert.ts";
import type { GraphContact } from "../graph-contact.ts";
import { notDone } from "../outcomes.ts";
import { isItemGone } from "../problems.ts";
import { composedAnew, fieldsToWrite } from "./requests.ts";

/** A change that is about to be sent, with the current contact. */
export interface Sending {
  readonly change: Change;
  /** Null for a create. */
  readonly current: LiveContact | null;
  /** For a delete, the picture of the contact. */
  readonly photo: Picture | null;
}

/** Fields that responses contain: all but the photo, which is not a property of a contact. */
const fieldsAnswered = fieldsOf("mailbox-contacts").filter((field) => field !== "photo");

/** The journal step of a change, recorded before the change is sent. */
export function stepOf({ change, current, photo }: Sending, owner: string): WriteStep {
  const { key, displayName } = change;
  if (change.action === "create") {
    const marker = { owner, key, digest: change.desired.digest, photo: "", hiddenSince: "" };
    return { action: "create", key, displayName, after: { fields: fieldsToWrite(change, null), marker } };
  }
  if (current === null) throw new Error(`There is no contact to ${change.action}.`);
  const before = imageOf(current);
  if (change.action === "delete") return { action: "delete", key, displayName, before, photo };
  const { desired } = change;
  const fingerprint = before.marker?.photo ?? "";
  const marker = { owner, key: desired.key, digest: desired.digest, photo: fingerprint, hiddenSince: "" };
  const fields = fieldsToWrite(change, current);
  const after = { fields, marker, derived: composedAnew(fields) };
  return { action: change.action, key, displayName, before, after };
}

/** The journal result of a change, from its response. */
export function resultOf(
  step: number,
  { change }: Sending,
  answer: BatchAnswer<GraphContact | null>,
): StepResult {
  if (answer.ok) {
    const after = change.action === "delete" ? null : answered(answer.body);
    return { step, status: "done", after, requestId: answer.requestId, code: "" };
  }
  const result = notDone(step, answer.error);
  // A delete that finds nothing may be the retry of one that succeeded.
  return change.action === "delete" && isItemGone(answer.error) ? { ...result, status: "unknown" } : result;
}

/** The result of a step in doubt that turned out to be made. Leaves out fields, because not all were read again. */
export function foundDone(step: number, requestId: string, found: LiveContact | null): StepResult {
  const after = found === null ? null : { id: found.id, version: found.version, fields: null };
  return { step, status: "done", after, requestId, code: "" };
}

function imageOf({ id, version, marker, fields }: LiveContact): ContactImage {
  return { id, version, marker, fields };
}

/** The contact in a response. Some responses contain no contact, or no fields. */
function answered(body: GraphContact | null): StepResult["after"] {
  if (body === null) return null;
  const { id, version, fields } = toLiveContact(body, fieldsAnswered);
  return { id, version, fields: Object.hasOwn(body, "displayName") ? fields : null };
}
