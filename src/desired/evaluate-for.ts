import { EvaluationError } from "../expression/expression.ts";
import type { MailboxScope } from "../expression/expression.ts";
import type { Person } from "../model/person.ts";
import { shortName } from "../text/short-name.ts";
import type { CompiledExpression } from "./compile-sync.ts";
import { IncompleteError } from "./incomplete-error.ts";

/**
 * Evaluates an expression for one person.
 *
 * @throws {IncompleteError} when it has no value, since dropping the person would look as if they had left
 */
export function evaluateFor<Value>(
  expression: CompiledExpression<Value>,
  person: Person,
  mailbox: MailboxScope | null,
): Value {
  try {
    return expression.compiled.evaluate(person, mailbox);
  } catch (error) {
    if (!(error instanceof EvaluationError)) throw error;
    const { written } = expression;
    throw new IncompleteError(
      {
        severity: "error",
        code: "expression-failed",
        summary: "An expression has no value",
        detail: `The expression has no value for ${nameOf(person)}: ${error.message} The sync changes nothing, because without this person its contacts cannot be determined. Fix the expression or the person's data.`,
        place: written.locate(error.offset),
        excerpt: written.excerpt(error.offset),
        names: [nameOf(person)],
      },
      error,
    );
  }
}

/** The name of a person in messages. */
export function nameOf({ displayName, mail, key }: Person): string {
  return shortName(displayName || mail || key);
}
