import type { MailContactsSync } from "../../model/config.ts";
import type { ContactFields, LiveContact } from "../../model/contact.ts";
import type { WriteStep } from "../../model/journal.ts";
import type { CreateChange, DeleteChange, UpdateChange } from "../../model/plan.ts";
import { markerFor } from "./marker-for.ts";
import type { ManagerNames } from "./manager-names.ts";
import type { Writing } from "./writing.ts";

/** The journal step of an update or delete, recorded before it is sent. */
export function stepOf(
  change: UpdateChange | DeleteChange,
  current: LiveContact,
  { sync, managerNames }: Writing,
): WriteStep {
  const { key, displayName } = change;
  const { id, version, marker } = current;
  const before = { id, version, marker, fields: withLostManager(change, current, managerNames) };
  if (change.action === "delete") {
    const { more } = current;
    const lost = more === undefined ? before : { ...before, more };
    return { action: "delete", key, displayName, before: lost, photo: null };
  }
  const after = Object.fromEntries(change.fields.map(({ field, after: value }) => [field, value ?? ""]));
  return {
    action: change.action,
    key,
    displayName,
    before,
    after: { fields: after, marker: markerFor(change, sync) },
  };
}

/** Adds a manager that was deleted earlier in the run: the contact no longer has it, but the plan does. */
function withLostManager(
  change: UpdateChange | DeleteChange,
  { fields }: LiveContact,
  managerNames: ManagerNames,
): ContactFields {
  const planned = change.fields.find(({ field }) => field === "manager")?.before;
  const isLost = fields.manager === "" && typeof planned === "string" && managerNames.isLeaving(planned);
  return isLost ? { ...fields, manager: planned } : fields;
}

/** The journal step of a create, recorded before it is sent. */
export function createStep(change: CreateChange, sync: MailContactsSync): WriteStep {
  const { key, displayName, desired } = change;
  return {
    action: "create",
    key,
    displayName,
    after: { fields: desired.fields, marker: markerFor(change, sync) },
  };
}
