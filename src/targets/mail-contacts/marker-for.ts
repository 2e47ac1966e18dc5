import type { MailContactsSync } from "../../model/config.ts";
import type { Marker } from "../../model/contact.ts";
import type { CreateChange, UpdateChange } from "../../model/plan.ts";

/** The marker that a change writes; null when a rollback restores a contact that had none. */
export function markerFor(
  change: CreateChange | UpdateChange,
  { owner }: Pick<MailContactsSync, "owner">,
): Marker | null {
  if (change.asBefore !== undefined) return change.asBefore.marker;
  const { key, digest } = change.desired;
  const hiddenSince = change.action === "create" ? "" : (change.hiddenSince ?? "");
  return { owner, key, digest, photo: "", hiddenSince };
}
