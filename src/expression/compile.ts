import { EvaluationError as CelError, ParseError, TypeError as CelTypeError } from "@marcbachmann/cel-js";
import type { Person } from "../model/person.ts";
import { environmentOf, innerMatches } from "./environment.ts";
import { EvaluationError } from "./expression.ts";
import type { Compiled, MailboxScope, Problem, ResultKind, Scope } from "./expression.ts";
import { inspect } from "./guard.ts";
import { toProblem } from "./problems.ts";
import { mailboxValue, personValue } from "./values.ts";

export type CompileResult<Value> =
  | { readonly ok: true; readonly expression: Compiled<Value> }
  | { readonly ok: false; readonly problems: readonly Problem[] };

const longestText = 4_000;
const longestResult = 64 * 1024;

const accepted: Readonly<Record<ResultKind, readonly string[]>> = {
  bool: ["bool"],
  text: ["string"],
  list: ["list<string>", "string", "list<T>"],
};

const wanted: Readonly<Record<ResultKind, string>> = {
  bool: "true or false",
  text: "text",
  list: "text or a list of text",
};

/**
 * Checks an expression against the typed `person` (and `mailbox`) and prepares it. Where a list is wanted, text
 * gives a list of one, and empty text an empty list.
 */
export function compileExpression(text: string, scope: Scope, result: "bool"): CompileResult<boolean>;
export function compileExpression(text: string, scope: Scope, result: "text"): CompileResult<string>;
export function compileExpression(
  text: string,
  scope: Scope,
  result: "list",
): CompileResult<readonly string[]>;
export function compileExpression(text: string, scope: Scope, result: ResultKind): CompileResult<unknown> {
  if (text.trim() === "") return failed({ offset: 0, message: "The expression is empty.", hint: "" });
  if (text.length > longestText) {
    return failed({
      offset: longestText,
      message: `The expression is longer than ${longestText} characters.`,
      hint: "",
    });
  }
  try {
    return compile(text, scope, result);
  } catch (error) {
    if (error instanceof ParseError || error instanceof CelTypeError) return failed(toProblem(text, error));
    throw error;
  }
}

function compile(text: string, scope: Scope, result: ResultKind): CompileResult<unknown> {
  const environment = environmentOf(scope);
  const { problems, usesMailbox, matchesAt } = inspect(text, environment.parse(text).ast);
  if (problems.length > 0) return { ok: false, problems };
  const run = environment.parse(withInnerMatches(text, matchesAt));
  const check = run.check();
  if (check.error !== undefined) return failed(toProblem(text, check.error));
  if (!accepted[result].includes(check.type ?? "")) {
    return failed({
      offset: 0,
      message: `The expression gives ${check.type}, but ${wanted[result]} is wanted here.`,
      hint: result === "bool" ? 'Compare it with something, for example `… != ""`.' : "",
    });
  }
  const evaluate = (person: Person, mailbox: MailboxScope | null): unknown => {
    try {
      const context = {
        person: personValue(person),
        ...(mailbox && usesMailbox ? { mailbox: mailboxValue(mailbox) } : {}),
      };
      return shaped(run(context), result);
    } catch (error) {
      if (error instanceof CelError)
        throw new EvaluationError(toProblem(text, error).message, { cause: error });
      throw error;
    }
  };
  return { ok: true, expression: { evaluate, usesMailbox } };
}

function failed(problem: Problem): CompileResult<never> {
  return { ok: false, problems: [problem] };
}

function withInnerMatches(text: string, offsets: readonly number[]): string {
  let rewritten = text;
  for (const at of offsets)
    rewritten = rewritten.slice(0, at) + innerMatches + rewritten.slice(at + innerMatches.length);
  return rewritten;
}

/** @throws {EvaluationError} when the value is too long for any contact */
function shaped(value: unknown, result: ResultKind): unknown {
  if (result === "bool") return value;
  const texts = (Array.isArray(value) ? value : [value]) as readonly string[];
  const length = texts.reduce((sum, text) => sum + text.length, 0);
  if (length > longestResult)
    throw new EvaluationError(`The value is longer than ${longestResult} characters.`);
  if (result === "text") return texts[0] ?? "";
  return texts.filter((text) => text !== "");
}
