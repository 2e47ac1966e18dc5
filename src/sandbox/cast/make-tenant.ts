import { textOf } from "../tenant/tenant.ts";
import type { Contact, Entry, Folder, Mailbox, TenantState } from "../tenant/tenant.ts";
import type { Company, OutsideContact } from "./companies/company.ts";
import { makePeople } from "./people.ts";
import type { MadePerson } from "./people.ts";
import { seededRandom } from "./seeded-random.ts";
import type { SeededRandom } from "./seeded-random.ts";

/** Options for a new tenant. */
export interface NewTenant {
  readonly company: Company;
  /** A whole number; equal seeds generate equal tenants. */
  readonly seed: number;
  /** The number of users, including guests and shared mailboxes; the first 25 are always the same. */
  readonly users: number;
  /** Initial domain. */
  readonly organization: string;
  /** Domain of the mail addresses. */
  readonly domain: string;
}

/** Generates a tenant with people, groups, organizational contacts, and mailboxes whose users already have contacts. */
export function makeTenant({ company, seed, users, organization, domain }: NewTenant): TenantState {
  const random = seededRandom(seed + company.salt);
  const tenantId = random.guid();
  const people = makePeople(users, { company, domain, organization }, random);
  const orgContacts = makeOrgContacts(company.orgContacts, random);
  return {
    tenantId,
    organization,
    displayName: company.displayName,
    exchange: {},
    users: byId(people.map(({ user }) => user)),
    groups: byId(makeGroups(people, orgContacts, domain, random)),
    orgContacts: byId(orgContacts),
    photos: new Map(people.flatMap(({ user, photo }) => (photo === null ? [] : [[user.id, photo]]))),
    mailboxes: new Map(
      people
        .filter(({ hasMailbox }) => hasMailbox)
        .map((person) => [person.user.id, makeMailbox(person, people)]),
    ),
  };
}

function byId(entries: readonly Entry[]): Map<string, Entry> {
  return new Map(entries.map((entry) => [entry.id, entry]));
}

function makeOrgContacts(contacts: readonly OutsideContact[], random: SeededRandom): readonly Entry[] {
  return contacts.map(({ displayName, mail, companyName, phone, isPerson, place, more = {} }) => {
    const [givenName = "", surname = ""] = displayName.split(" ");
    return {
      id: random.guid(),
      displayName,
      mail,
      companyName,
      ...(isPerson ? { givenName, surname } : {}),
      mailNickname: mail.split("@")[0] ?? "",
      proxyAddresses: [`SMTP:${mail}`],
      phones: [{ type: "business", number: phone }],
      addresses: [place],
      ...more,
    };
  });
}

/** Generates a group for each department, "All staff" that contains them all, and one for people from outside. */
function makeGroups(
  people: readonly MadePerson[],
  orgContacts: readonly Entry[],
  domain: string,
  random: SeededRandom,
): readonly Entry[] {
  const group = (displayName: string, members: readonly string[]): Entry => {
    const alias = displayName.toLowerCase().replaceAll(" ", "-");
    const mail = `${alias}@${domain}`;
    return {
      id: random.guid(),
      displayName,
      mail,
      mailNickname: alias,
      mailEnabled: true,
      securityEnabled: true,
      proxyAddresses: [`SMTP:${mail}`],
      members,
    };
  };
  const staff = people.filter(({ character }) => character.kind !== "guest");
  const departments = new Map<string, string[]>();
  const others: string[] = [];
  for (const { character, user } of staff) {
    if (character.department === undefined) others.push(user.id);
    else departments.set(character.department, [...(departments.get(character.department) ?? []), user.id]);
  }
  const nested = [...departments].map(([name, members]) => group(name, members));
  const guests = people.filter(({ character }) => character.kind === "guest").map(({ user }) => user.id);
  return [
    ...nested,
    group("All staff", [...nested.map(({ id }) => id), ...others]),
    group("Partners", [...guests, ...orgContacts.map(({ id }) => id)]),
  ];
}

/** Generates a mailbox with the user's own contacts; the first user also has one that looks just like a colleague. */
function makeMailbox({ user }: MadePerson, people: readonly MadePerson[]): Mailbox {
  const [first, colleague] = people;
  const contacts = [
    ownContact("own-1", {
      givenName: "Mum",
      displayName: "Mum",
      fileAs: "Mum",
      mobilePhone: "+46 70 999 00 01",
    }),
  ];
  const folders: Folder[] = [];
  if (first?.user.id === user.id && colleague !== undefined) {
    const { displayName = "", mail = "", givenName = "", surname = "" } = colleague.user;
    contacts.push(
      ownContact("own-2", {
        givenName,
        surname,
        displayName,
        fileAs: `${textOf(surname)}, ${textOf(givenName)}`,
        emailAddresses: [{ name: displayName, address: mail }],
        personalNotes: "Plays tennis on Tuesdays",
      }),
    );
  }
  if (colleague?.user.id === user.id) {
    folders.push({ id: "own-folder-1", displayName: "Tennis" });
    contacts.push({
      ...ownContact("own-2", { givenName: "Mia", displayName: "Mia", fileAs: "Mia" }),
      folder: "own-folder-1",
    });
  }
  return { user: user.id, problem: null, deleted: 0, folders: mapOf(folders), contacts: mapOf(contacts) };
}

function ownContact(id: string, properties: Readonly<Record<string, Contact[string]>>): Contact {
  const at = "2024-01-15T09:00:00Z";
  return { id, version: 1, createdDateTime: at, lastModifiedDateTime: at, ...properties };
}

function mapOf<Item extends { readonly id: string }>(items: readonly Item[]): Map<string, Item> {
  return new Map(items.map((item) => [item.id, item]));
}
