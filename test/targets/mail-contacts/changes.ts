import type { ContactFields, DesiredContact, FieldChange, LiveContact } from "../../../src/model/contact.ts";
import type { CreateChange, DeleteChange, UpdateChange } from "../../../src/model/plan.ts";
import { owner } from "./world.ts";
import { at } from "./writing.ts";

// Changes without a book that they would come from. Ids are the local parts of addresses.

export function desiredAt(local: string, fields: ContactFields = {}): DesiredContact {
  const digest = `digest of ${JSON.stringify(fields)}`;
  const all = { displayName: local, alias: `galops-${local}`, emailAddresses: [at(local)], ...fields };
  return { key: `k/${local}`, displayName: local, addresses: [at(local)], fields: all, digest };
}

/** A contact of ours, stamped with what is desired of it. */
export function liveAt(
  local: string,
  fields: ContactFields = {},
  more: Partial<LiveContact> = {},
): LiveContact {
  const { key, digest, fields: all } = desiredAt(local, fields);
  const marker = { owner, key, digest, photo: "", hiddenSince: "" };
  return { id: local, version: "1", createdAt: "", marker, fields: all, untouchable: null, ...more };
}

export function createAt(local: string, fields: ContactFields = {}): CreateChange {
  const desired = desiredAt(local, fields);
  return { action: "create", ...namesOf(local), reason: "new", fields: [], withheld: null, desired };
}

export function updateAt(
  local: string,
  fields: readonly FieldChange[],
  after: ContactFields = {},
): UpdateChange {
  const [desired, live] = [desiredAt(local, after), liveAt(local)];
  const reason = "source-changed";
  return { action: "update", ...namesOf(local), reason, fields, withheld: null, desired, live };
}

/** A move from one address to another. */
export function moveOf(local: string, from: string, to: string): UpdateChange {
  const fields = [{ field: "emailAddresses", before: [at(from)], after: [at(to)] }] as const;
  return updateAt(local, fields, { emailAddresses: [at(to)] });
}

export function deleteAt(local: string, more: Partial<DeleteChange> = {}): DeleteChange {
  const fields = [{ field: "emailAddresses", before: [at(local)], after: null }] as const;
  const live = liveAt(local);
  return { action: "delete", ...namesOf(local), reason: "left", fields, withheld: null, live, ...more };
}

function namesOf(local: string): { readonly key: string; readonly displayName: string } {
  return { key: `k/${local}`, displayName: local };
}
