import { personFlagFields, personListFields, personTextFields } from "../model/person.ts";
import type { Person } from "../model/person.ts";

const attributeMaps = ["extensionAttributes", "attributes"] as const;

/** Properties of `person` that expressions can use; excludes the key and the photo. */
export type PersonProperty = Exclude<keyof Person, "key" | "photo">;

/** CEL types of the properties of `person`, in the order of the documentation. */
export const personTypes: ReadonlyMap<PersonProperty, string> = new Map<PersonProperty, string>([
  ...personTextFields.map((name) => [name, "string"] as const),
  ...personListFields.map((name) => [name, "list<string>"] as const),
  ...personFlagFields.map((name) => [name, "bool"] as const),
  ...attributeMaps.map((name) => [name, "map<string, string>"] as const),
]);

export function isPersonProperty(name: string): name is PersonProperty {
  return (personTypes as ReadonlyMap<string, string>).has(name); // accepts any text
}
