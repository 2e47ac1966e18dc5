import {
  addContact,
  copyContact,
  deleteContact,
  editContact,
} from "../../src/sandbox/admin/edit-contacts.ts";
import { addUser, disableUser, setUser } from "../../src/sandbox/admin/edit-directory.ts";
import { SandboxEditError } from "../../src/sandbox/admin/sandbox-edit-error.ts";
import type { SeededRandom } from "../../src/sandbox/cast/seeded-random.ts";
import { textOf } from "../../src/sandbox/tenant/tenant.ts";
import type { Person } from "../../src/model/person.ts";
import { person } from "../fakes/people.ts";
import type { FaultWorld } from "./world.ts";

const mailboxes = ["ann@contoso.com", "bo@contoso.com"] as const;

/** Something that people do without galops, drawn by the seed. */
export function edit(world: FaultWorld): void {
  try {
    world.random.pick(edits)(world);
  } catch (error) {
    // There is nothing (left) to do it to.
    if (!(error instanceof SandboxEditError)) throw error;
  }
}

type Edit = (world: FaultWorld) => void;

const edits: readonly [Edit, ...Edit[]] = [
  ({ sandbox, random }) => {
    const number = random.below(1000);
    addUser(sandbox.store, `new${number}@contoso.com`, `Nia ${number}`, { mobilePhone: `070-${number}` });
  },
  (world) => disableUser(world.sandbox.store, userOf(world)),
  (world) => setUser(world.sandbox.store, userOf(world), { jobTitle: `Role ${world.random.below(9)}` }),
  (world) => setUser(world.sandbox.store, userOf(world), { displayName: `Née ${world.random.below(99)}` }),
  (world) => {
    const made = partner(world.random);
    world.partners = [...world.partners.filter(({ key }) => key !== made.key), made];
  },
  (world) => {
    world.partners = world.partners.slice(1);
  },
  (world) => {
    const [first, ...rest] = world.partners;
    if (first !== undefined)
      world.partners = [{ ...first, jobTitle: `Lead ${world.random.below(9)}` }, ...rest];
  },
  (world) => {
    const [first, ...rest] = world.partners;
    if (first === undefined) return;
    const mail = `moved${world.random.below(1000)}@northwind.example`;
    world.partners = [...rest, { ...first, mail, proxyAddresses: [mail] }];
  },
  (world) => editContact(world.sandbox.store, byHand(world), contactOf(world), { jobTitle: "Boss" }),
  (world) => deleteContact(world.sandbox.store, byHand(world), contactOf(world)),
  (world) => copyContact(world.sandbox.store, byHand(world), contactOf(world)),
  (world) => {
    const name = `Friend ${world.random.below(99)}`;
    addContact(world.sandbox.store, byHand(world), null, { givenName: name, displayName: name });
  },
];

let mailbox = 0;

function byHand({ clock }: FaultWorld): { readonly mailbox: string; readonly at: string } {
  const at = `${new Date(clock.now()).toISOString().slice(0, 19)}Z`;
  return { mailbox: mailboxes[mailbox % 2] ?? mailboxes[0], at };
}

/** One of the contacts in a mailbox, anybody's. */
function contactOf({ sandbox, random }: FaultWorld): string {
  mailbox = random.below(2);
  const of = mailboxes[mailbox % 2];
  const { users, mailboxes: all } = sandbox.store.state;
  const owner = [...users.values()].find((user) => textOf(user["userPrincipalName"]) === of);
  const contacts = [...(all.get(owner?.id ?? "")?.contacts.keys() ?? [])];
  const chosen = contacts[random.below(contacts.length)];
  if (chosen === undefined) throw new SandboxEditError("The mailbox is empty.");
  return chosen;
}

/** Anybody but those whose mailboxes are kept. */
function userOf({ sandbox, random }: FaultWorld): string {
  const names = [...sandbox.store.state.users.values()]
    .map((user) => textOf(user["userPrincipalName"]))
    .filter((name) => !mailboxes.some((kept) => kept === name));
  const chosen = names[random.below(names.length)];
  if (chosen === undefined) throw new SandboxEditError("There is nobody.");
  return chosen;
}

function partner(random: SeededRandom): Person {
  return partnerOf(random.below(12));
}

/** Somebody of the partner company. Whoever comes first manages some of the others. */
export function partnerOf(number: number): Person {
  const mail = `p${number}@northwind.example`;
  return person({
    key: `partners/${number}`,
    id: String(number),
    source: "partners",
    kind: "row",
    displayName: `Partner ${number}`,
    givenName: "Partner",
    surname: String(number),
    mail,
    proxyAddresses: [mail],
    extensionAttributes: Object.fromEntries(
      Array.from({ length: 15 }, (_, at) => [`extensionAttribute${at + 1}`, ""]),
    ),
    managerMail: number % 3 === 0 ? "" : "p0@northwind.example",
  });
}
