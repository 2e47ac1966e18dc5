import type { ASTNode } from "@marcbachmann/cel-js";
import { isPhoneRegion } from "./e164.ts";
import type { Problem } from "./expression.ts";
import { functions, methods } from "./functions.ts";
import { nearestName } from "../text/nearest-name.ts";
import { globPattern } from "./pattern.ts";

/** Macros that stand for themselves; `has` looks like a function, `bind` like a method of `cel`. */
const macroMethods = ["all", "exists", "exists_one", "filter", "map"];

/** A function or method that cannot be called like this; null for one that can (its types are checked later). */
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
    const message = `${name} takes ${counts.join(" or ")} ${counts.at(-1) === 1 ? "value" : "values"} in its brackets.`;
    return { offset, message, hint: "" };
  }
  if (isMethod && macroMethods.includes(name)) {
    return { offset, message: `${name} takes a name and a question about it.`, hint: exampleOfMacro };
  }
  const message = `There is no ${isMethod ? "method" : "function"} ${name} here.`;
  return { offset, message, hint: hintFor(name, isMethod) };
}

const exampleOfMacro = 'For example person.otherMails.filter(mail, mail.endsWith("@contoso.com")).';

function hintFor(name: string, isMethod: boolean): string {
  const elsewhere = isMethod ? functions : methods;
  const isElsewhere = countsOf(elsewhere, name).length > 0 || (!isMethod && macroMethods.includes(name));
  if (isElsewhere)
    return isMethod ? `It is written ${name}(…).` : `It is written behind a value: ….${name}(…).`;
  const known = isMethod ? [...namesOf(methods), ...macroMethods] : [...namesOf(functions), "has"];
  const meant = nearestName(name, known);
  return meant === null ? `There are ${known.join(", ")}.` : `Did you mean ${meant}?`;
}

function namesOf(callables: ReadonlyMap<string, unknown>): readonly string[] {
  return [...new Set(Array.from(callables.keys(), (key) => key.slice(0, key.indexOf("/"))))];
}

function countsOf(callables: ReadonlyMap<string, unknown>, name: string): readonly number[] {
  const keys = [...callables.keys()].filter((key) => key.startsWith(`${name}/`));
  return keys.map((key) => Number(key.slice(name.length + 1)));
}

/** A region of `e164` that stands in the expression and is none; null for others. */
export function regionProblem(name: string, args: readonly ASTNode[]): Problem | null {
  const region = name === "e164" ? args[1] : undefined;
  if (region?.op !== "value" || typeof region.args !== "string") return null;
  // "" is allowed: only numbers that begin with + are understood then.
  if (region.args === "" || isPhoneRegion(region.args)) return null;
  return {
    offset: region.start,
    message: `There is no region "${region.args}" that has phone numbers.`,
    hint: 'Regions are two capital letters of ISO 3166, for example "PL" or "GB".',
  };
}

/** The pattern of a call whose pattern stands in the expression itself; null for others. */
export function patternOf(
  name: string,
  args: readonly ASTNode[],
): { readonly source: string; readonly offset: number } | null {
  if (name !== "matches" && name !== "glob") return null;
  const pattern = args.at(-1);
  if (pattern?.op !== "value" || typeof pattern.args !== "string") return null;
  return { source: name === "glob" ? globPattern(pattern.args) : pattern.args, offset: pattern.start };
}
