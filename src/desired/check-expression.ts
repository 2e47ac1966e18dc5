import type { compileExpression, CompileResult } from "../expression/compile.ts";
import type { Compiled, Problem, Scope } from "../expression/expression.ts";
import type { Expression, LooseExpression, SourceConfig } from "../model/config.ts";
import { isFlagField, isListField } from "../model/contact-fields.ts";
import type { ContactField, TargetKind } from "../model/contact-fields.ts";
import type { FieldValue } from "../model/contact.ts";
import type { Diagnostic } from "../model/diagnostic.ts";

/** Result of checking an expression. Null without diagnostics means that its problem was already reported. */
export interface Checked<Value> {
  readonly compiled: Compiled<Value> | null;
  readonly diagnostics: readonly Diagnostic[];
}

/** The variables in scope for the expressions of a source or a target. Mail contacts have no mailbox. */
export function scopeOf(of: "source" | TargetKind): Scope {
  return of === "mailbox-contacts" ? "sync" : "source";
}

/** Checks a `where` condition. */
export async function checkWhere(written: Expression, scope: Scope): Promise<Checked<boolean>> {
  return await checked(written, (compile) => compile(written.text, scope, "bool"));
}

/** Checks the expression of a field. */
export async function checkField(
  written: Expression,
  scope: Scope,
  field: ContactField,
): Promise<Checked<FieldValue>> {
  return await checked<FieldValue>(written, (compile) => {
    if (isFlagField(field)) return compile(written.text, scope, "bool");
    if (isListField(field)) return compile(written.text, scope, "list");
    return compile(written.text, scope, "text");
  });
}

/** Checks expressions in sources and syncs that are invalid otherwise. */
export async function checkLoose(expressions: readonly LooseExpression[]): Promise<readonly Diagnostic[]> {
  const checks = expressions.map(({ expression, of, gives }) =>
    gives === "where" ? checkWhere(expression, scopeOf(of)) : checkField(expression, scopeOf(of), gives),
  );
  return diagnosticsOf(await Promise.all(checks));
}

/** Checks the expressions of all sources, including those that no sync uses. */
export async function checkSources(sources: Iterable<SourceConfig>): Promise<readonly Diagnostic[]> {
  const checks = [...sources].flatMap(({ where }) => (where === null ? [] : [checkWhere(where, "source")]));
  return diagnosticsOf(await Promise.all(checks));
}

function diagnosticsOf(checks: readonly Checked<unknown>[]): readonly Diagnostic[] {
  return checks.flatMap(({ diagnostics }) => diagnostics);
}

async function checked<Value>(
  written: Expression,
  compile: (compiler: typeof compileExpression) => CompileResult<Value>,
): Promise<Checked<Value>> {
  if (written.comment === "cuts") return { compiled: null, diagnostics: [] };
  // Loaded on demand: it takes a tenth of the time of a small plan, and many configs have no expressions.
  const { compileExpression } = await import("../expression/compile.ts");
  const result = compile(compileExpression);
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
  "YAML treats text after a space and # as a comment. If it belongs to the expression, put the whole expression in quotes, or on a line of its own after >-.";
