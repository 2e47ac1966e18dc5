import { Environment } from "@marcbachmann/cel-js";
import { personFlagFields, personListFields, personTextFields } from "../model/person.ts";
import type { Scope } from "./expression.ts";
import { firstNonEmpty, ownFunctions } from "./functions.ts";
import { matches } from "./regular-expressions.ts";

/**
 * What `matches` is called inside: the library's own uses JavaScript's regular expressions and cannot be replaced.
 * Of the same length, so that all positions stay true.
 */
export const innerMatches = "re2find";

const personFields: Readonly<Record<string, string>> = {
  ...Object.fromEntries(personTextFields.map((field) => [field, "string"])),
  ...Object.fromEntries(personListFields.map((field) => [field, "list<string>"])),
  ...Object.fromEntries(personFlagFields.map((field) => [field, "bool"])),
  extensionAttributes: "map<string, string>",
  attributes: "map<string, string>",
};

/** Every property of `person` that an expression can name. */
export const personProperties: readonly string[] = Object.keys(personFields);

const environments = new Map<Scope, Environment>();

/** The typed world of expressions: `person`, in a sync also `mailbox`, and the functions. Made once. */
export function environmentOf(scope: Scope): Environment {
  const known = environments.get(scope);
  if (known !== undefined) return known;
  const environment = new Environment({
    unlistedVariablesAreDyn: false,
    limits: {
      maxAstNodes: 1_000,
      maxDepth: 60,
      maxListElements: 500,
      maxMapEntries: 50,
      maxCallArguments: 8,
    },
  });
  environment.registerType("Person", { fields: personFields });
  environment.registerVariable("person", "Person");
  if (scope === "sync") {
    environment.registerType("Mailbox", { fields: { ...personFields, folder: "string" } });
    environment.registerVariable("mailbox", "Mailbox");
  }
  environment.registerFunction(`string.${innerMatches}(string): bool`, matches);
  environment.registerFunction("firstNonEmpty(list<string>): string", firstNonEmpty);
  for (const [signature, handler] of Object.entries(ownFunctions))
    environment.registerFunction(signature, handler);
  environments.set(scope, environment);
  return environment;
}
