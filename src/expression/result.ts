import type { Problem, ResultKind } from "./expression.ts";
import { allowLength, isList, text, texts, truth } from "./value.ts";
import type { Value } from "./value.ts";

/** What an expression gives in the end, by its `ResultKind`. */
export type Result = boolean | string | readonly string[];

/** Types of the CEL library that may turn out to be what is wanted; `dyn` and its like are known when they are there. */
const accepted: Readonly<Record<ResultKind, readonly string[]>> = {
  bool: ["bool", "dyn", "T", "V"],
  text: ["string", "dyn", "T", "V"],
  list: ["string", "list<string>", "list", "list<T>", "dyn", "T", "V"],
};

const wanted: Readonly<Record<ResultKind, string>> = {
  bool: "true or false",
  text: "text",
  list: "text or a list of text",
};

/** What is wrong with an expression of this type; null where it gives what is wanted. */
export function resultProblem(type: string, result: ResultKind, offset: number): Problem | null {
  if (accepted[result].includes(type)) return null;
  const message = `The expression gives ${nameOf(type)}, and ${wanted[result]} is wanted here.`;
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
  if (type === "int") return "string(…) makes text of a number.";
  if (type === "bool") return 'Choose a text for each case: … ? "yes" : "no".';
  return type.startsWith("list<string>")
    ? 'Join the list with .join(", "), or take the first with firstNonEmpty(…).'
    : "";
}

/** The value in the form that is wanted; of lists without their empty items. @throws {ValueError} when it is another */
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
