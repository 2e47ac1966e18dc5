import type { Person } from "../model/person.ts";
import type { MailboxScope } from "./expression.ts";

type PersonValue = Omit<Person, "extensionAttributes" | "attributes"> & {
  readonly extensionAttributes: ReadonlyMap<string, string>;
  readonly attributes: ReadonlyMap<string, string>;
};

// Every expression of a sync asks for the same people, one after the other.
const values = new WeakMap<Person, PersonValue>();

/** A person as expressions see it: attributes that it lacks are "", as all absent text. */
export function personValue(person: Person): PersonValue {
  const known = values.get(person);
  if (known !== undefined) return known;
  const value = {
    ...person,
    extensionAttributes: emptyWhereAbsent(person.extensionAttributes),
    attributes: emptyWhereAbsent(person.attributes),
  };
  values.set(person, value);
  return value;
}

export function mailboxValue({ person, folder }: MailboxScope): PersonValue & { readonly folder: string } {
  return { ...personValue(person), folder };
}

/** A plain Map for the evaluator, which takes no other class, whose `get` never gives undefined. */
function emptyWhereAbsent(entries: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
  const map = new Map(Object.entries(entries));
  map.get = (key) => Map.prototype.get.call(map, key) ?? "";
  return map;
}
