import type { ContactField } from "../../../model/contact-fields.ts";
import type { LiveContact } from "../../../model/contact.ts";
import type { Change, CreateChange, DeleteChange, Outcome, UpdateChange } from "../../../model/plan.ts";
import { emptyValue, sameField } from "../../../model/values.ts";
import { alreadyDone } from "../../outcomes.ts";
import { wantedFields } from "../../wanted-fields.ts";
import type { WantedField } from "../../wanted-fields.ts";
import { staleChanged, staleCreated, staleGone } from "../outcomes.ts";

/** What remains to be done for a change after its contact was read again. */
export type Step =
  | { readonly kind: "settled"; readonly outcome: Outcome }
  | { readonly kind: "send"; readonly change: Change; readonly current: LiveContact | null }
  /** Only the photo is missing, because an earlier run was interrupted after the data. */
  | {
      readonly kind: "photo";
      readonly change: CreateChange | UpdateChange;
      readonly current: LiveContact;
    };

/**
 * Decides what to do for a change. It is made only if the contact is still as in the plan. If the contact is already as
 * desired, the change is done.
 *
 * @param found - for a create, the contacts with its key and our owner, the oldest first; otherwise the contact itself
 */
export function decide(change: Change, found: readonly LiveContact[], owner: string): Step {
  const current = found[0] ?? null;
  if (change.action === "create") {
    return current === null ? { kind: "send", change, current } : decideExisting(change, current);
  }
  if (change.action === "delete") {
    return current === null ? settled(alreadyDone(change)) : decideDelete(change, current);
  }
  return current === null ? settled(staleGone(change)) : decideUpdate(change, current, owner);
}

function decideExisting(change: CreateChange, current: LiveContact): Step {
  const differing = differingFields(change, current);
  if (differing.length === 0) return settled(alreadyDone(change));
  if (onlyPhoto(differing)) return { kind: "photo", change, current };
  return settled(staleCreated(change));
}

function decideUpdate(change: UpdateChange, current: LiveContact, owner: string): Step {
  const differing = differingFields(change, current);
  const marked = current.marker?.owner === owner && current.marker.key === change.desired.key;
  // A change without fields writes the marker only.
  const isWritten = change.fields.length > 0 || current.marker?.digest === change.desired.digest;
  if (marked && isWritten && differing.length === 0) return settled(alreadyDone(change));
  if (isAsPlanned(change, current)) return { kind: "send", change, current };
  if (marked && onlyPhoto(differing) && current.marker.digest === change.desired.digest) {
    return { kind: "photo", change, current };
  }
  return settled(staleChanged(change));
}

function decideDelete(change: DeleteChange, current: LiveContact): Step {
  return isAsPlanned(change, current) ? { kind: "send", change, current } : settled(staleChanged(change));
}

/** Compares versions, and also owners, so that a contact that was given to another owner is never changed. */
function isAsPlanned({ live }: UpdateChange | DeleteChange, current: LiveContact): boolean {
  return live.version === current.version && live.marker?.owner === current.marker?.owner;
}

/** The photo to write; "" when it does not change. */
export function photoToWrite(change: CreateChange | UpdateChange): string {
  const photo = writableFields(change).find(([field]) => field === "photo")?.[1];
  return typeof photo === "string" ? photo : "";
}

/** The fields that can be written. Leaves out deletes of photos, which Graph does not support. */
export function writableFields(change: CreateChange | UpdateChange): readonly WantedField[] {
  return wantedFields(change).filter(([field, after]) => field !== "photo" || after !== "");
}

function differingFields(change: CreateChange | UpdateChange, current: LiveContact): readonly ContactField[] {
  return writableFields(change)
    .filter(([field, after]) => !sameField(field, current.fields[field] ?? emptyValue(field), after))
    .map(([field]) => field);
}

function onlyPhoto(fields: readonly ContactField[]): boolean {
  return fields.length === 1 && fields[0] === "photo";
}

function settled(outcome: Outcome): Step {
  return { kind: "settled", outcome };
}
