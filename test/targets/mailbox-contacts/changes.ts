import type {
  ContactFields,
  DesiredContact,
  FieldChange,
  FieldValue,
  LiveContact,
} from "../../../src/model/contact.ts";
import type { ContactField } from "../../../src/model/contact-fields.ts";
import type { CreateChange, DeleteChange, UpdateChange } from "../../../src/model/plan.ts";

export function createOf(desired: DesiredContact): CreateChange {
  const { key, displayName } = desired;
  return { action: "create", key, displayName, reason: "new", fields: [], withheld: null, desired };
}

/** An update that writes these fields, whatever else `desired` says. */
export function updateOf(desired: DesiredContact, live: LiveContact, fields: ContactFields): UpdateChange {
  const { key, displayName } = desired;
  const { id, version, marker } = live;
  return {
    action: "update",
    key,
    displayName,
    reason: "source-changed",
    // Keys and values of contact fields.
    fields: (Object.entries(fields) as [ContactField, FieldValue][]).map(([field, after]): FieldChange => ({
      field,
      before: live.fields[field] ?? "",
      after,
    })),
    withheld: null,
    desired,
    live: { id, version, marker },
  };
}

export function deleteOf(live: LiveContact): DeleteChange {
  const { id, version, marker } = live;
  return {
    action: "delete",
    key: marker?.key ?? "",
    displayName: live.fields.displayName ?? "",
    reason: "left",
    fields: [],
    withheld: null,
    live: { id, version, marker },
  };
}
