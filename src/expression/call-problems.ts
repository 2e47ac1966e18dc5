import type { ASTNode } from "@marcbachmann/cel-js";
import { isPhoneRegion } from "./e164.ts";
import type { Problem } from "./expression.ts";
import { functions, methods } from "./functions.ts";
import { nearestName } from "../text/nearest-name.ts";
import { globPattern } from "./pattern.ts";

/** Macros that look like methods of lists. `has` looks like a function, `bind` like a method of `cel`. */
const macroMethods = ["all", "exists", "exists_one", "filter", "map"];

/** Reports an unknown function or method, or a wrong number of arguments; null if neither. Types are checked later. */
export function callableProblem(
  name: string,
  count: number,
  isMethod: boolean,
  offset: number,
): Problem | null {
  const here = isMethod ? methods : functions;
  if (here.has(`${name}/${count}`) || (!isMethod && name === "has" && count === 1)) return null;
  const counts = countsOf(here, name);
  if (counts.length > 0) {
    const message = `${name} takes ${counts.join(" or ")} ${counts.at(-1) === 1 ? "argument" : "arguments"}.`;
    return { offset, message, hint: "" };
  }
  if (isMethod && macroMethods.includes(name)) {
    return { offset, message: `${name} takes a variable name and an expression.`, hint: exampleOfMacro };
  }
  const message = `Unknown ${isMethod ? "method" : "function"} ${name}.`;
  return { offset, message, hint: hintFor(name, isMethod) };
}

const exampleOfMacro = 'For example person.otherMails.filter(mail, mail.endsWith("@contoso.com")).';

function hintFor(name: string, isMethod: boolean): string {
  const elsewhere = isMethod ? functions : methods;
  const isElsewhere = countsOf(elsewhere, name).length > 0 || (!isMethod && macroMethods.includes(name));
  if (isElsewhere)
    return isMethod ? `It is a function: write ${name}(…).` : `It is a method: write value.${name}(…).`;
  const known = isMethod ? [...namesOf(methods), ...macroMethods] : [...namesOf(functions), "has"];
  const meant = nearestName(name, known);
  return meant === null ? `Available: ${known.join(", ")}.` : `Did you mean ${meant}?`;
}

function namesOf(callables: ReadonlyMap<string, unknown>): readonly string[] {
  return [...new Set(Array.from(callables.keys(), (key) => key.slice(0, key.indexOf("/"))))];
}

function countsOf(callables: ReadonlyMap<string, unknown>, name: string): readonly number[] {
  const keys = [...callables.keys()].filter((key) => key.startsWith(`${name}/`));
  return keys.map((key) => Number(key.slice(name.length + 1)));
}

/** Reports an invalid region literal in a call of `e164`; null if there is none. */
export function regionProblem(name: string, args: readonly ASTNode[]): Problem | null {
  const region = name === "e164" ? args[1] : undefined;
  if (region?.op !== "value" || typeof region.args !== "string") return null;
  // "" is allowed; then only numbers that begin with + are recognized.
  if (region.args === "" || isPhoneRegion(region.args)) return null;
  return {
    offset: region.start,
    message: `"${region.args}" is not a region with phone numbers.`,
    hint: 'A region is a two-letter code of ISO 3166 in upper case, for example "PL" or "GB".',
  };
}

/** The pattern of a call when it is a literal; null otherwise. */
export function patternOf(
  name: string,
  args: readonly ASTNode[],
): { readonly source: string; readonly offset: number } | null {
  if (name !== "matches" && name !== "glob") return null;
  const pattern = args.at(-1);
  if (pattern?.op !== "value" || typeof pattern.args !== "string") return null;
  return { source: name === "glob" ? globPattern(pattern.args) : pattern.args, offset: pattern.start };
}
