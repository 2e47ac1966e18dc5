import type { compileExpression, CompileResult } from "../expression/compile.ts";
import type { Compiled, Problem, ResultKind, Scope } from "../expression/expression.ts";
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
  return await checked(written, { scope, result: "bool" });
}

/** Checks the expression of a field. */
export async function checkField(
  written: Expression,
  scope: Scope,
  field: ContactField,
): Promise<Checked<FieldValue>> {
  return await checked(written, { scope, result: resultOf(field) });
}

function resultOf(field: ContactField): ResultKind {
  if (isFlagField(field)) return "bool";
  return isListField(field) ? "list" : "text";
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

/** What an expression is checked for. */
interface Wanted {
  readonly scope: Scope;
  readonly result: ResultKind;
}

// Many syncs may read one source, and all pairs of a mesh have the same expressions.
const compiledBefore = new WeakMap<Expression, Map<string, CompileResult<FieldValue>>>();

async function checked<Value>(written: Expression, wanted: Wanted): Promise<Checked<Value>> {
  if (written.comment === "cuts") return { compiled: null, diagnostics: [] };
  // Loaded on demand: it takes a tenth of the time of a small plan, and many configs have no expressions.
  const { compileExpression } = await import("../expression/compile.ts");
  const result = compiledOnce(written, wanted, compileExpression);
  // Of the kind that is wanted, as the caller says.
  if (result.ok) return { compiled: result.expression as Compiled<Value>, diagnostics: [] };
  return {
    compiled: null,
    diagnostics: result.problems.map((problem) => problemDiagnostic(written, problem)),
  };
}

function compiledOnce(
  written: Expression,
  { scope, result }: Wanted,
  compile: typeof compileExpression,
): CompileResult<FieldValue> {
  const known = compiledBefore.get(written) ?? new Map<string, CompileResult<FieldValue>>();
  compiledBefore.set(written, known);
  const id = `${scope} ${result}`;
  const compiled = known.get(id) ?? compile(written.text, scope, result);
  known.set(id, compiled);
  return compiled;
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
