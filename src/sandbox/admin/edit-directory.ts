import { newGuid } from "../store/new-guid.ts";
import type { Store } from "../store/store.ts";
import { departureChanges } from "../tenant/departure.ts";
import { isObject, textOf } from "../tenant/tenant.ts";
import type { Change, Entry, Json, TenantState } from "../tenant/tenant.ts";
import { groupNamed, memberNamed, userNamed } from "./find.ts";
import { SandboxEditError } from "./sandbox-edit-error.ts";
import { writtenValues, yesOrNo } from "./written-values.ts";
import type { TypedValues } from "./written-values.ts";

// The edits that an administrator makes. Each function throws SandboxEditError for an impossible edit, and then changes
// nothing.

/** Office 365 E3, as an example. */
const license: Json = { skuId: "6fd2c87f-b296-42f0-b197-1e91e994b900", disabledPlans: [] };

/** Adds an enabled, licensed member with an empty mailbox. @returns the id of the user */
export function addUser(
  store: Store,
  address: string,
  displayName: string,
  values: TypedValues = {},
): string {
  if (!/^[^\s@]+@[^\s@]+$/.test(address)) throw new SandboxEditError(`${address} is not a mail address.`);
  const taken = [...store.state.users.values()].some((user) =>
    [user["userPrincipalName"], user["mail"]].some((name) => sameText(name, address)),
  );
  if (taken) throw new SandboxEditError(`There is a user ${address} already.`);
  const [givenName = displayName, ...rest] = displayName.split(" ");
  const surname = rest.join(" ");
  const id = newGuid(store);
  const user: Entry = {
    id,
    displayName,
    givenName,
    ...(surname === "" ? {} : { surname }),
    userPrincipalName: address,
    mail: address,
    mailNickname: address.split("@")[0] ?? address,
    proxyAddresses: [`SMTP:${address}`],
    userType: "Member",
    accountEnabled: true,
    assignedLicenses: [license],
  };
  const value = changedUser(store, user, values);
  store.commit([
    { put: "user", value },
    { put: "mailbox", user: id, problem: null, deleted: 0 },
  ]);
  return id;
}

/**
 * Changes properties of a user. `manager` takes any name of a user, or "" for no manager.
 * `HiddenFromAddressListsEnabled` overrides Graph's `showInAddressList` in Exchange; "" removes the override.
 */
export function setUser(store: Store, who: string, values: TypedValues): void {
  store.commit([{ put: "user", value: changedUser(store, userNamed(store.state, who), values) }]);
}

function changedUser(
  { state }: Store,
  user: Entry,
  { manager, HiddenFromAddressListsEnabled: hidden, ...values }: TypedValues,
): Entry {
  const written = writtenValues("user", values);
  if ("id" in written) throw new SandboxEditError("The id of a user cannot be changed.");
  checkUserName(state, user.id, written["userPrincipalName"]);
  const { manager: before, ...kept } = user;
  const after = manager === undefined ? before : manager === "" ? undefined : userNamed(state, manager).id;
  const all = Object.entries({ ...kept, ...merged(kept, written) });
  const present = Object.fromEntries(all.filter(([, value]) => !isEmpty(value)));
  const changed: Entry = { ...present, id: user.id, ...(after === undefined ? {} : { manager: after }) };
  if (hidden === undefined) return changed;
  const { exchange: _, ...others } = changed;
  if (hidden === "") return others;
  const name = "HiddenFromAddressListsEnabled";
  return { ...others, exchange: { [name]: yesOrNo(name, hidden) } };
}

function checkUserName(state: TenantState, id: string, name: Json | undefined): void {
  if (name === null) throw new SandboxEditError("A user needs a userPrincipalName.");
  if (name === undefined) return;
  for (const other of state.users.values()) {
    if (other.id !== id && sameText(other["userPrincipalName"], textOf(name))) {
      throw new SandboxEditError(`There is a user ${textOf(name)} already.`);
    }
  }
}

/** Merges objects, so that parts that are not written are kept. */
function merged(kept: Entry, written: Readonly<Record<string, Json>>): Readonly<Record<string, Json>> {
  return Object.fromEntries(
    Object.entries(written).map(([name, value]) => {
      const before = kept[name];
      return [name, isObject(before) && isObject(value) ? { ...before, ...value } : value];
    }),
  );
}

function isEmpty(value: Json | undefined): boolean {
  return value === null || value === undefined || (Array.isArray(value) && value.length === 0);
}

/** Disables the account and keeps the mailbox. */
export function disableUser(store: Store, who: string): void {
  store.commit([{ put: "user", value: { ...userNamed(store.state, who), accountEnabled: false } }]);
}

/** Deletes the user with mailbox, photo and memberships. */
export function removeUser(store: Store, who: string): void {
  const { id } = userNamed(store.state, who);
  const changes: Change[] = [
    { drop: "user", id },
    { drop: "mailbox", user: id },
    { put: "photo", user: id, value: null },
    ...departureChanges(store.state, id),
  ];
  store.commit(changes);
}

/** Adds a user, group or organizational contact to a group. */
export function addMember(store: Store, group: string, who: string): void {
  const found = groupNamed(store.state, group);
  const { id } = memberNamed(store.state, who);
  if (found.members?.includes(id) === true) return;
  store.commit([{ put: "group", value: { ...found, members: [...(found.members ?? []), id] } }]);
}

export function removeMember(store: Store, group: string, who: string): void {
  const found = groupNamed(store.state, group);
  const { id } = memberNamed(store.state, who);
  if (found.members?.includes(id) !== true)
    throw new SandboxEditError(`${who} is not a direct member of ${group}.`);
  store.commit([
    { put: "group", value: { ...found, members: found.members.filter((member) => member !== id) } },
  ]);
}

function sameText(one: Json | undefined, other: string): boolean {
  return typeof one === "string" && one.toLowerCase() === other.toLowerCase();
}
