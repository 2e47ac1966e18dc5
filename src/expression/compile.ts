import { ParseError, TypeError as CelTypeError } from "@marcbachmann/cel-js";
import type { Environment, ParseResult } from "@marcbachmann/cel-js";
import type { Person } from "../model/person.ts";
import { createEnvironment } from "./environment.ts";
import { EvaluationError } from "./expression.ts";
import type { Compiled, MailboxScope, Problem, ResultKind, Scope } from "./expression.ts";
import { inspect } from "./inspect.ts";
import { libraryProblem } from "./library-problem.ts";
import { createMachines, ExhaustedError } from "./machine.ts";
import { resultOf, resultProblem } from "./result.ts";
import type { Result } from "./result.ts";
import { translate } from "./translate.ts";
import { ValueError } from "./value.ts";

export type CompileResult<Value> =
  | { readonly ok: true; readonly expression: Compiled<Value> }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Length in UTF-16 code units. */
const longestExpression = 4_000;

// Never changes and is slow to create: created with the first expression and shared by all.
let environment: Environment | null = null;

/**
 * Checks an expression against the types of `person` and `mailbox`, and compiles it. When the result must be a list, a
 * text gives a list of one item, and the empty text an empty list.
 *
 * @returns on failure, all unknown names at once, or the first error of syntax or type
 */
export function compileExpression(text: string, scope: Scope, result: "bool"): CompileResult<boolean>;
export function compileExpression(text: string, scope: Scope, result: "text"): CompileResult<string>;
export function compileExpression(
  text: string,
  scope: Scope,
  result: "list",
): CompileResult<readonly string[]>;
export function compileExpression(text: string, scope: Scope, result: ResultKind): CompileResult<Result>;
export function compileExpression(text: string, scope: Scope, result: ResultKind): CompileResult<Result> {
  if (text.length > longestExpression) {
    const message = `The expression is longer than ${longestExpression} characters.`;
    return refused({
      offset: longestExpression,
      message,
      hint: "Split it across several fields or sources.",
    });
  }
  if (text.trim() === "") return refused({ offset: 0, message: "The expression is empty.", hint: "" });
  const parsed = parse(text);
  if (!parsed.ok) return refused(parsed.problem);
  const { ast } = parsed.expression;
  const { problems, usesMailbox, patterns } = inspect(text, ast, scope);
  if (problems.length > 0) return { ok: false, problems };
  const { type, error } = parsed.expression.check();
  if (error !== undefined) return refused(libraryProblem(error, text));
  const problem = resultProblem(type ?? "", result, ast.start);
  if (problem !== null) return refused(problem);

  const step = translate(ast, new Map());
  const createMachine = createMachines(patterns);
  const evaluate = (person: Person, mailbox: MailboxScope | null): Result => {
    try {
      return resultOf(step({ person, mailbox, machine: createMachine(), locals: [] }), result);
    } catch (failure) {
      if (failure instanceof ExhaustedError || failure instanceof ValueError) {
        throw new EvaluationError(failure.message, ast.start);
      }
      throw failure;
    }
  };
  return { ok: true, expression: { evaluate, usesMailbox } };
}

function parse(
  text: string,
):
  | { readonly ok: true; readonly expression: ParseResult }
  | { readonly ok: false; readonly problem: Problem } {
  try {
    environment ??= createEnvironment();
    return { ok: true, expression: environment.parse(text) };
  } catch (error) {
    if (!(error instanceof ParseError || error instanceof CelTypeError)) throw error;
    return { ok: false, problem: libraryProblem(error, text) };
  }
}

function refused(problem: Problem): CompileResult<never> {
  return { ok: false, problems: [problem] };
}
