import type { Requirement } from "../model/config.ts";
import type { Person } from "../model/person.ts";

const meets: Readonly<Record<Requirement, (person: Person) => boolean>> = {
  enabled: (person) => person.enabled,
  // Guests and contacts have no license in this tenant, so none is required.
  licensed: (person) => person.licensed || person.kind !== "member",
  mail: (person) => person.mail !== "",
  visible: (person) => !person.hidden,
};

/** The first requirement that a person does not meet; null when all are met. */
export function unmetRequirement(person: Person, require: readonly Requirement[]): Requirement | null {
  return require.find((requirement) => !meets[requirement](person)) ?? null;
}
