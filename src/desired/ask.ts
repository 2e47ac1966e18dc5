import { EvaluationError } from "../expression/expression.ts";
import type { MailboxScope } from "../expression/expression.ts";
import type { Person } from "../model/person.ts";
import { shortName } from "../text/short-name.ts";
import type { CompiledExpression } from "./compile-sync.ts";
import { IncompleteError } from "./incomplete-error.ts";

/**
 * The value of an expression for one person.
 *
 * @throws {IncompleteError} when it has none: half an answer would look like people who left
 */
export function ask<Value>(
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
        detail: `For ${nameOf(person)} the expression has no value: ${error.message} Its sync changes nothing, since without this person it is not known who should be a contact. Mend the expression, or the person's data.`,
        place: written.locate(error.offset),
        excerpt: written.excerpt(error.offset),
        names: [nameOf(person)],
      },
      error,
    );
  }
}

/** How a message names a person. */
export function nameOf({ displayName, mail, key }: Person): string {
  return shortName(displayName || mail || key);
}
