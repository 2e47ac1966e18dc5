import path from "node:path";
import { expect, test } from "vitest";
import { setUser } from "../../../src/sandbox/admin/edit-directory.ts";
import {
  addMailContact,
  removeMailContact,
  setMailContact,
} from "../../../src/sandbox/admin/edit-mail-contacts.ts";
import { mailContactsOf } from "../../../src/sandbox/admin/inspect.ts";
import { SandboxEditError } from "../../../src/sandbox/admin/sandbox-edit-error.ts";
import { createSandboxFile } from "../../../src/sandbox/create.ts";
import { openStore } from "../../../src/sandbox/store/store.ts";
import type { Store } from "../../../src/sandbox/store/store.ts";
import type { Entry } from "../../../src/sandbox/tenant/tenant.ts";
import { temporaryFolder } from "../../fakes/folder.ts";

const at = "2026-11-24T10:00:00.000Z";
const later = "2026-11-25T10:00:00.000Z";

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

function contactOf({ state }: Store, mail: string): Entry | undefined {
  return [...state.orgContacts.values()].find((entry) => entry["mail"] === mail);
}

test("an administrator creates a mail contact with all that is said of it", () => {
  const { store, again } = open();
  addMailContact(store, at, "nina@fabrikam.com", "Nina Ny", {
    Title: "Engineer",
    CustomAttribute15: "galops:0d9f6c3a-5a39-4a53-9b1a-6f8f0d1f3c11:x/y",
    OtherTelephone: "1, 2",
    HiddenFromAddressListsEnabled: "true",
    CountryOrRegion: "PL",
    Manager: "bo@contoso.com",
    Alias: "nina",
  });
  const after = again();
  const kept = contactOf(after, "nina@fabrikam.com");
  expect(kept).toMatchObject({
    displayName: "Nina Ny",
    mailNickname: "nina",
    jobTitle: "Engineer",
    addresses: [{ countryOrRegion: "Poland" }],
    exchange: { Name: "Nina Ny", OtherTelephone: ["1", "2"], WhenCreated: at },
  });
  expect(after.state.users.get(kept?.manager ?? "")?.["mail"]).toBe("bo@contoso.com");
  expect(mailContactsOf(after.state)[2]).toEqual({
    address: "nina@fabrikam.com",
    displayName: "Nina Ny",
    alias: "nina",
    jobTitle: "Engineer",
    hidden: true,
    synchronized: false,
    owner: "0d9f6c3a-5a39-4a53-9b1a-6f8f0d1f3c11",
  });
});

test("properties are set, cleared by nothing, and the address changed", () => {
  const { store, again } = open();
  setMailContact(store, at, "LENA@supplier.example", { Notes: "n", Title: "Boss", Company: "" });
  setMailContact(store, later, "lena", { ExternalEmailAddress: "lena@new.example", Title: "" });
  const lena = contactOf(again(), "lena@new.example");
  expect(lena).toMatchObject({
    proxyAddresses: ["SMTP:lena@new.example"],
    exchange: { Notes: "n", WhenChanged: later },
  });
  expect(lena).not.toHaveProperty("jobTitle");
  expect(lena).not.toHaveProperty("companyName");
});

test("a mail contact is put under the care of on-premises servers, and taken from it", () => {
  const { store, again } = open();
  setMailContact(store, at, "lena", { IsDirSynced: "true" });
  expect(contactOf(store, "lena@supplier.example")?.["onPremisesSyncEnabled"]).toBe(true);
  // Its servers can change it, as nobody else can.
  setMailContact(store, at, "lena", { Title: "Boss" });
  setMailContact(store, at, "lena", { IsDirSynced: "false" });
  const lena = contactOf(again(), "lena@supplier.example");
  expect(lena).toMatchObject({ jobTitle: "Boss" });
  expect(lena).not.toHaveProperty("onPremisesSyncEnabled");
});

test("a mail contact that is removed leaves its groups", () => {
  const { store, again } = open();
  const lena = contactOf(store, "lena@supplier.example")?.id ?? "";
  removeMailContact(store, "Lena Supplier");
  const { state } = again();
  expect(mailContactsOf(state)).toHaveLength(2);
  expect(JSON.stringify([...state.groups.values()])).not.toContain(lena);
});

test("Exchange can be made to hide a user whom Graph shows, and the other way round", () => {
  const { store, again } = open();
  const hiddenOf = ({ state }: Store, mail: string): unknown =>
    [...state.users.values()].find((user) => user["mail"] === mail)?.exchange;
  setUser(store, "bo@contoso.com", { HiddenFromAddressListsEnabled: "true" });
  setUser(store, "hidden@contoso.com", { HiddenFromAddressListsEnabled: "false" });
  const after = again();
  expect(hiddenOf(after, "bo@contoso.com")).toEqual({ HiddenFromAddressListsEnabled: true });
  expect(hiddenOf(after, "hidden@contoso.com")).toEqual({ HiddenFromAddressListsEnabled: false });
  setUser(after, "bo@contoso.com", { HiddenFromAddressListsEnabled: "" });
  expect(hiddenOf(after, "bo@contoso.com")).toBeUndefined();
});

const impossible: readonly [what: string, edit: (store: Store) => void, says: string][] = [
  ["an unknown contact", (s) => setMailContact(s, at, "nobody", {}), "no mail contact nobody"],
  ["an unknown property", (s) => setMailContact(s, at, "lena", { shoeSize: "4" }), "no property shoeSize"],
  ["a property of Graph's", (s) => setMailContact(s, at, "lena", { jobTitle: "x" }), "no property jobTitle"],
  ["no name", (s) => setMailContact(s, at, "lena", { Name: "" }), "can't be empty"],
  ["a name too long", (s) => setMailContact(s, at, "lena", { Name: "x".repeat(65) }), "length is 64"],
  [
    "a yes or no that is neither",
    (s) => setMailContact(s, at, "lena", { HiddenFromAddressListsEnabled: "yes" }),
    "true or false",
  ],
  ["a country that is none", (s) => setMailContact(s, at, "lena", { CountryOrRegion: "Utopia" }), "Utopia"],
  ["an unknown manager", (s) => setMailContact(s, at, "lena", { Manager: "nobody" }), "couldn't be found"],
  ["an address that is none", (s) => addMailContact(s, at, "x", "X"), "not an SMTP"],
  ["an address that is taken", (s) => addMailContact(s, at, "bo@contoso.com", "X"), "already being used"],
  [
    "values that cannot be",
    (s) => addMailContact(s, at, "x@y.example", "X", { Title: "x".repeat(129) }),
    "maximum length is 128",
  ],
];

test.for(impossible)("%s: it is said and not done", ([, edit, says]) => {
  const { store } = open();
  const before = JSON.stringify([...store.state.orgContacts.values()]);
  expect(() => edit(store)).toThrow(SandboxEditError);
  expect(() => edit(open().store)).toThrow(says);
  expect(JSON.stringify([...store.state.orgContacts.values()])).toBe(before);
});

test("of two contacts of one name neither is meant", () => {
  const { store } = open();
  setMailContact(store, at, "taxi", { DisplayName: "Lena Supplier" });
  expect(() => setMailContact(store, at, "Lena Supplier", { Title: "x" })).toThrow(
    "2 mail contacts named Lena Supplier; use one of these addresses instead: lena@supplier.example, taxi@taxi.example.",
  );
});
