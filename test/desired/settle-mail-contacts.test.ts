import { expect, test } from "vitest";
import { compileSync } from "../../src/desired/compile-sync.ts";
import { desiredContacts } from "../../src/desired/desired-contacts.ts";
import type { MailContactsTarget } from "../../src/model/config.ts";
import type { Person } from "../../src/model/person.ts";
import { canonicalizeFor } from "../../src/targets/mail-contacts/canonicalize.ts";
import { person } from "../fakes/people.ts";
import { mailSync } from "../targets/mail-contacts/world.ts";

const displayName = { prefix: "", suffix: " (Northwind)", unique: false };

const somebody = (local: string, more: Partial<Person> = {}): Person =>
  person({ key: `t/${local}`, displayName: local, mail: `${local}@northwind.example`, ...more });

async function settled(
  people: readonly Person[],
  to: Partial<MailContactsTarget> = {},
): Promise<ReturnType<typeof desiredContacts>> {
  const sync = mailSync(to);
  const { compiled } = await compileSync(sync, new Map());
  if (compiled === null) throw new Error("The sync is right.");
  return desiredContacts(compiled, people, canonicalizeFor(sync.to), null);
}

test("a manager is one of the sync's own people, or nobody", async () => {
  const people = [
    somebody("ann", { managerMail: "Bo@northwind.example" }),
    somebody("bo", { managerMail: "cai@elsewhere.example" }),
  ];
  const managers = (await settled(people)).contacts.map(({ fields }) => fields.manager);
  expect(managers).toEqual(["bo@northwind.example", ""]);
});

test("of two people with one address the first has the contact, and the other is told of", async () => {
  const { contacts, unfit, diagnostics } = await settled([
    somebody("ann", { mail: "team@northwind.example" }),
    somebody("bo", { mail: "Team@northwind.example" }),
  ]);
  expect(contacts.map(({ key }) => key)).toEqual(["t/ann"]);
  expect(unfit.map(({ contact }) => contact.key)).toEqual(["t/bo"]);
  expect(diagnostics).toMatchObject([{ code: "address-shared", names: ["bo"] }]);
});

test("a display name that only its suffix makes too long is told of", async () => {
  const name = "a".repeat(250);
  expect((await settled([somebody("ann", { displayName: name })])).diagnostics).toEqual([]);
  const { contacts, diagnostics } = await settled([somebody("ann", { displayName: name })], { displayName });
  expect(contacts.map(({ fields }) => fields.displayName)).toEqual([`${name} (Nort`]);
  expect(diagnostics).toMatchObject([{ code: "text-too-long", names: [name] }]);
});

test("a display name that is cut with and without its suffix is told of once", async () => {
  const people = ["ann", "bo"].map((local) => somebody(local, { displayName: local.repeat(200) }));
  const { diagnostics } = await settled(people, { displayName });
  expect(diagnostics).toHaveLength(1);
  expect(diagnostics[0]?.names).toHaveLength(2);
});

test("who cannot have a contact is wanted all the same, with what is wrong, and may be a manager", async () => {
  const { contacts, unfit } = await settled([
    somebody("ann", { managerMail: "bö@northwind.example" }),
    somebody("bo", { mail: "bö@northwind.example" }),
    somebody("cai", { mail: "cai@elsewhere.example" }),
    somebody("dev", { mail: "" }),
  ]);
  expect(contacts.map(({ key, fields }) => [key, fields.manager])).toEqual([
    ["t/ann", "bö@northwind.example"],
  ]);
  expect(unfit.map(({ contact, reason }) => [contact.key, contact.fields.emailAddresses, reason])).toEqual([
    ["t/bo", ["bö@northwind.example"], expect.stringContaining("Correct it at the source")],
    ["t/cai", ["cai@elsewhere.example"], expect.stringContaining("outside the domains")],
    ["t/dev", [], expect.stringContaining("needs a mail address")],
  ]);
});
