import { compileExpression } from "../expression/compile.ts";
import type { CompileResult } from "../expression/compile.ts";
import type { Compiled, Problem, Scope } from "../expression/expression.ts";
import type { Expression, LooseExpression, SourceConfig } from "../model/config.ts";
import { isFlagField, isListField } from "../model/contact-fields.ts";
import type { ContactField, TargetKind } from "../model/contact-fields.ts";
import type { FieldValue } from "../model/contact.ts";
import type { Diagnostic } from "../model/diagnostic.ts";

/** What a written expression was found to be. No diagnostics and null: what is wrong with it was told already. */
export interface Checked<Value> {
  readonly compiled: Compiled<Value> | null;
  readonly diagnostics: readonly Diagnostic[];
}

/** Who is asked of in the expressions of a source or a target: a mail contact is in no mailbox. */
export function scopeOf(of: "source" | TargetKind): Scope {
  return of === "mailbox-contacts" ? "sync" : "source";
}

/** Whether somebody is wanted. */
export function checkWhere(written: Expression, scope: Scope): Checked<boolean> {
  return checked(written, () => compileExpression(written.text, scope, "bool"));
}

/** The value of a field. */
export function checkField(written: Expression, scope: Scope, field: ContactField): Checked<FieldValue> {
  return checked<FieldValue>(written, () => {
    if (isFlagField(field)) return compileExpression(written.text, scope, "bool");
    if (isListField(field)) return compileExpression(written.text, scope, "list");
    return compileExpression(written.text, scope, "text");
  });
}

/** What is wrong with expressions that no sync was made of. */
export function checkLoose(expressions: readonly LooseExpression[]): readonly Diagnostic[] {
  return expressions.flatMap(({ expression, of, gives }) =>
    gives === "where"
      ? checkWhere(expression, scopeOf(of)).diagnostics
      : checkField(expression, scopeOf(of), gives).diagnostics,
  );
}

/** What is wrong with the expressions of sources, whether or not a sync reads them. */
export function checkSources(sources: Iterable<SourceConfig>): readonly Diagnostic[] {
  return [...sources].flatMap(({ where }) => (where === null ? [] : checkWhere(where, "source").diagnostics));
}

function checked<Value>(written: Expression, compile: () => CompileResult<Value>): Checked<Value> {
  if (written.comment === "cuts") return { compiled: null, diagnostics: [] };
  const result = compile();
  if (result.ok) return { compiled: result.expression, diagnostics: [] };
  return {
    compiled: null,
    diagnostics: result.problems.map((problem) => problemDiagnostic(written, problem)),
  };
}

function problemDiagnostic(written: Expression, { offset, message, hint }: Problem): Diagnostic {
  const endsEarly = written.comment === "follows" && offset >= written.text.trimEnd().length;
  return {
    severity: "error",
    code: "invalid-expression",
    summary: "Invalid expression",
    detail: [message, hint, endsEarly ? commentHint : ""].filter((part) => part !== "").join(" "),
    place: written.locate(offset),
    excerpt: written.excerpt(offset),
  };
}

const commentHint =
  "YAML takes what is behind a blank and # for a comment. If it belongs to the expression, put the whole in quotes, or behind >- on a line of its own.";
