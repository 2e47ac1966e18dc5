import path from "node:path";
import { expect, test } from "vitest";
import {
  addContact,
  copyContact,
  deleteContact,
  editContact,
} from "../../../src/sandbox/admin/edit-contacts.ts";
import {
  addMember,
  addUser,
  disableUser,
  removeMember,
  removeUser,
  setUser,
} from "../../../src/sandbox/admin/edit-directory.ts";
import { contactsOf, mailboxesOf } from "../../../src/sandbox/admin/inspect.ts";
import { SandboxEditError } from "../../../src/sandbox/admin/sandbox-edit-error.ts";
import { createSandboxFile } from "../../../src/sandbox/create.ts";
import { openStore } from "../../../src/sandbox/store/store.ts";
import type { Store } from "../../../src/sandbox/store/store.ts";
import type { Entry } from "../../../src/sandbox/tenant/tenant.ts";
import { temporaryFolder } from "../../fakes/folder.ts";

const at = "2026-11-24T10:00:00Z";
const ann = { mailbox: "ann@contoso.com", at };

function open(): { readonly store: Store; readonly again: () => Store } {
  const file = path.join(temporaryFolder(), "t.json");
  createSandboxFile(file, { seed: 1 });
  const store = openStore(file);
  return {
    store,
    // What is read back was checked like any file.
    again() {
      store.close();
      return openStore(file);
    },
  };
}

function userOf({ state }: Store, name: string): Entry | undefined {
  return [...state.users.values()].find((user) => user["userPrincipalName"] === name);
}

function groupOf({ state }: Store, name: string): Entry | undefined {
  return [...state.groups.values()].find((group) => group["displayName"] === name);
}

test("somebody joins, with a mailbox and everything that is said of him", () => {
  const { store, again } = open();
  addUser(store, "nina@contoso.com", "Nina van Ny", { jobTitle: "Engineer", manager: "bo@contoso.com" });
  const after = again();
  expect(userOf(after, "nina@contoso.com")).toMatchObject({
    givenName: "Nina",
    surname: "van Ny",
    mail: "nina@contoso.com",
    accountEnabled: true,
    jobTitle: "Engineer",
    manager: userOf(after, "bo@contoso.com")?.id,
  });
  expect(mailboxesOf(after.state).at(-1)).toEqual({
    mailbox: "nina@contoso.com",
    folders: 0,
    contacts: 0,
    managed: 0,
    deleted: 0,
  });
});

test("properties of a user are set by name, lists with commas, and cleared by nothing", () => {
  const { store, again } = open();
  setUser(store, "BO@contoso.com", {
    surname: "Li-Ek",
    businessPhones: "1, 2",
    accountEnabled: "false",
    mobilePhone: "",
    manager: "",
    "onPremisesExtensionAttributes/extensionAttribute2": "x",
  });
  setUser(store, "ann@contoso.com", { "onPremisesExtensionAttributes/extensionAttribute2": "y" });
  const after = again();
  const bo = userOf(after, "bo@contoso.com");
  expect(bo).toMatchObject({
    surname: "Li-Ek",
    businessPhones: ["1", "2"],
    accountEnabled: false,
    onPremisesExtensionAttributes: { extensionAttribute2: "x" },
  });
  expect(bo).not.toHaveProperty("mobilePhone");
  expect(bo).not.toHaveProperty("manager");
  expect(userOf(after, "ann@contoso.com")).toMatchObject({
    onPremisesExtensionAttributes: { extensionAttribute1: "vip", extensionAttribute2: "y" },
  });
});

test("somebody leaves: switched off at first, then gone from everywhere", () => {
  const { store, again } = open();
  disableUser(store, "chandra@contoso.com");
  expect(userOf(store, "chandra@contoso.com")?.["accountEnabled"]).toBe(false);
  const chandra = userOf(store, "chandra@contoso.com")?.id ?? "";
  removeUser(store, "chandra@contoso.com");
  const { state } = again();
  expect(JSON.stringify([[...state.users], [...state.groups], [...state.photos]])).not.toContain(chandra);
  expect(state.mailboxes.has(chandra)).toBe(false);
});

test("groups get members and lose them", () => {
  const { store, again } = open();
  addMember(store, "sales@contoso.com", "dana@contoso.com");
  addMember(store, "Sales", "dana@contoso.com");
  addMember(store, "Sales", "lena@supplier.example");
  addMember(store, "Sales", "Design");
  removeMember(store, "Sales", "eve.oconnor@contoso.com");
  const after = again();
  const dana = userOf(after, "dana@contoso.com")?.id ?? "";
  const members = groupOf(after, "Sales")?.members ?? [];
  expect(members.filter((id) => id === dana)).toHaveLength(1);
  expect(members).toContain(groupOf(after, "Design")?.id);
  expect(members).not.toContain(userOf(after, "eve.oconnor@contoso.com")?.id);
});

test("users make, edit, copy and delete contacts; a copy keeps the marker", () => {
  const { store, again } = open();
  const owner = "String {ac9346ba-865a-4bbf-abe1-956d154e60b3} Name galops.owner";
  addContact(store, ann, null, {
    givenName: "Mia",
    emailAddresses: "mia@x.example",
    "homeAddress/city": "Lund",
  });
  const made = contactsOf(store.state, "ann@contoso.com").find(({ displayName }) => displayName === "Mia");
  expect(made).toMatchObject({ folder: null, addresses: ["mia@x.example"], owner: "" });
  const [user] = store.state.mailboxes.keys();
  const kept = store.state.mailboxes.get(user ?? "")?.contacts.get(made?.id ?? "");
  if (kept === undefined || user === undefined) throw new Error("The contact was not made.");
  store.commit([{ put: "contact", user, value: { ...kept, extendedProperties: { [owner]: "me" } } }]);
  editContact(store, ann, "Mia", { jobTitle: "Boss" });
  copyContact(store, ann, "Mia");
  deleteContact(store, ann, "Mum");
  const { state } = again();
  const mias = contactsOf(state, "ann@contoso.com").filter(({ displayName }) => displayName === "Mia");
  expect(mias.map(({ owner: of, jobTitle }) => [of, jobTitle])).toEqual([
    ["me", "Boss"],
    ["me", "Boss"],
  ]);
  expect(mailboxesOf(state)[0]).toMatchObject({ contacts: 3, managed: 2, deleted: 1 });
});

test("a contact can be made in a folder, and is listed with its name", () => {
  const { store } = open();
  addContact(store, { mailbox: "bo@contoso.com", at }, "Tennis", { displayName: "Zed" });
  const rows = contactsOf(store.state, "bo@contoso.com").map(({ folder, displayName }) => [
    folder,
    displayName,
  ]);
  expect(rows).toEqual([
    [null, "Mum"],
    ["Tennis", "Mia"],
    ["Tennis", "Zed"],
  ]);
});

const impossible: readonly [what: string, edit: (store: Store) => void, says: string][] = [
  ["a user who is not there", (s) => disableUser(s, "nobody"), "no user nobody"],
  ["an address that is taken", (s) => addUser(s, "ANN@contoso.com", "Ann"), "already"],
  ["an address that is none", (s) => addUser(s, "ann", "Ann"), "not a mail address"],
  ["an unknown property", (s) => setUser(s, "ann@contoso.com", { shoeSize: "4" }), "no property shoeSize"],
  [
    "a yes or no that is neither",
    (s) => setUser(s, "ann@contoso.com", { accountEnabled: "yes" }),
    "true or false",
  ],
  ["an id", (s) => setUser(s, "ann@contoso.com", { id: "x" }), "cannot be changed"],
  ["no name", (s) => setUser(s, "ann@contoso.com", { userPrincipalName: "" }), "needs a userPrincipalName"],
  [
    "a name that is taken",
    (s) => setUser(s, "ann@contoso.com", { userPrincipalName: "Bo@contoso.com" }),
    "already",
  ],
  ["a list of objects", (s) => setUser(s, "ann@contoso.com", { assignedLicenses: "x" }), "file"],
  ["an unknown manager", (s) => setUser(s, "ann@contoso.com", { manager: "nobody" }), "no user nobody"],
  ["an unknown group", (s) => addMember(s, "nothing", "ann@contoso.com"), "no group nothing"],
  [
    "an unknown member",
    (s) => addMember(s, "Sales", "nobody"),
    "no user, group or organizational contact nobody",
  ],
  ["who is no member", (s) => removeMember(s, "Sales", "ann@contoso.com"), "not a direct member"],
  [
    "a user without a mailbox",
    (s) => deleteContact(s, { mailbox: "svc-backup@contoso.com" }, "x"),
    "no mailbox",
  ],
  ["an unknown contact", (s) => editContact(s, ann, "Zed", {}), "no contact named Zed"],
  ["an unknown folder", (s) => addContact(s, ann, "Zed", { displayName: "A" }), "no folder named Zed"],
  [
    "what Graph refuses",
    (s) => editContact(s, ann, "Mum", { businessPhones: "1,2,3" }),
    "max allowed value of 2",
  ],
  [
    "one of two contacts",
    (s) => {
      copyContact(s, ann, "Mum");
      editContact(s, ann, "Mum", { jobTitle: "x" });
    },
    "2 contacts named Mum",
  ],
];

test.for(impossible)("%s: it is said and not done", ([, edit, says]) => {
  const { store } = open();
  expect(() => edit(store)).toThrow(SandboxEditError);
  expect(() => edit(open().store)).toThrow(says);
});
