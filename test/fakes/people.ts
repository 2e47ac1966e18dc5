import type { Expression, MailboxContactsSync } from "../../src/model/config.ts";
import { personFlagFields, personListFields, personTextFields } from "../../src/model/person.ts";
import type { Person } from "../../src/model/person.ts";

/** A person with nothing but what is given. */
export function person(given: Partial<Person>): Person {
  return {
    ...Object.fromEntries(personTextFields.map((field) => [field, ""])),
    ...Object.fromEntries(personListFields.map((field) => [field, []])),
    ...Object.fromEntries(personFlagFields.map((field) => [field, false])),
    key: "t/nobody",
    photo: "",
    extensionAttributes: {},
    attributes: {},
    ...given,
  } as Person;
}

/** An expression that stands alone in a file. */
export function expression(text: string): Expression {
  return {
    text,
    locate: (offset) => ({ file: "galops.yaml", line: 1, column: offset + 1 }),
    excerpt: () => text,
  };
}

/** What a sync is that says no more than it must, whatever it writes to. */
export const unsaid = {
  from: ["staff"],
  where: null,
  fields: new Map(),
  fieldPolicy: "overwrite",
  categories: null,
  photos: false,
  policy: "sync",
  deletion: { kind: "now" },
  limits: {},
  fromMesh: false,
  place: { file: "galops.yaml", line: 1, column: 1 },
} as const;

/** A sync into one mailbox with every default. */
export function syncConfig(given: Partial<MailboxContactsSync>): MailboxContactsSync {
  return {
    ...unsaid,
    name: "directory",
    owner: "0d9f6c3a-5a39-4a53-9b1a-6f8f0d1f3c11",
    to: {
      kind: "mailbox-contacts",
      tenant: "contoso",
      mailboxes: { users: [], groups: [], all: true, exclude: { users: [], groups: [] } },
      folder: null,
      excludeSelf: true,
    },
    ...given,
  };
}
