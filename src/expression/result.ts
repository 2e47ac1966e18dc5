import type { Problem, ResultKind } from "./expression.ts";
import { allowLength, isList, text, texts, truth } from "./value.ts";
import type { Value } from "./value.ts";

/** The value of an expression, according to its `ResultKind`. */
export type Result = boolean | string | readonly string[];

/** Types of the CEL library that may give the required result; dynamic ones are checked after evaluation. */
const accepted: Readonly<Record<ResultKind, readonly string[]>> = {
  bool: ["bool", "dyn", "T", "V"],
  text: ["string", "dyn", "T", "V"],
  list: ["string", "list<string>", "list", "list<T>", "dyn", "T", "V"],
};

const required: Readonly<Record<ResultKind, string>> = {
  bool: "true or false",
  text: "text",
  list: "text or a list of text",
};

/** Reports an expression of the wrong type; null when the type is right. */
export function resultProblem(type: string, result: ResultKind, offset: number): Problem | null {
  if (accepted[result].includes(type)) return null;
  const message = `The expression gives ${nameOf(type)}, but ${required[result]} is required here.`;
  return { offset, message, hint: hintFor(type, result) };
}

function nameOf(type: string): string {
  if (type === "string") return "text";
  if (type === "int") return "a number";
  if (type === "bool") return "true or false";
  if (type.startsWith("list")) return "a list";
  return type.startsWith("map") ? "a map" : type;
}

function hintFor(type: string, result: ResultKind): string {
  if (result === "bool") return 'Compare it with something, for example … != "".';
  if (type === "int") return "Use string(…) to convert a number to text.";
  if (type === "bool") return 'Choose a text for each case: … ? "yes" : "no".';
  return type.startsWith("list<string>")
    ? 'Join the list with .join(", "), or take the first text with firstNonEmpty(…).'
    : "";
}

/** Converts the value to the required type, and removes empty items of lists. @throws {ValueError} for another type */
export function resultOf(value: Value, result: ResultKind): Result {
  if (result === "bool") return truth(value);
  if (result === "text") {
    const whole = text(value);
    allowLength(whole.length);
    return whole;
  }
  const items = (isList(value) ? texts(value) : [text(value)]).filter((item) => item !== "");
  allowLength(items.reduce((sum, item) => sum + item.length, 0));
  return items;
}
