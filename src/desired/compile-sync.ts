import type { Compiled, Scope } from "../expression/expression.ts";
import type { Expression, SourceConfig, SyncConfig } from "../model/config.ts";
import { fieldsOf } from "../model/contact-fields.ts";
import type { ContactField } from "../model/contact-fields.ts";
import type { FieldValue } from "../model/contact.ts";
import { emptyValue } from "../model/values.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { Person } from "../model/person.ts";
import { checkField, checkWhere, scopeOf } from "./check-expression.ts";
import type { Checked } from "./check-expression.ts";
import { defaultValue } from "./default-mapping.ts";
import { unnamedGroups } from "./unnamed-groups.ts";

/** A sync with checked expressions. */
export interface CompiledSync {
  readonly sync: SyncConfig;
  readonly where: CompiledExpression<boolean> | null;
  /** The `where` of sources that have one, by name of source. */
  readonly sourceWhere: ReadonlyMap<string, CompiledExpression<boolean>>;
  /** How each managed field gets its value, in table order. Other fields are left alone. */
  readonly mapping: ReadonlyMap<ContactField, FieldSource>;
  /** The managed fields, in table order. */
  readonly managed: readonly ContactField[];
  /** Whether `where` or a field depends on the mailbox. */
  readonly usesMailbox: boolean;
  /** Whether a field depends on the mailbox. If not, a person's contact is the same in every mailbox that has it. */
  readonly fieldsUseMailbox: boolean;
}

/** A checked expression with its source, for error messages. */
export interface CompiledExpression<Value> {
  readonly written: Expression;
  readonly compiled: Compiled<Value>;
}

export type FieldSource =
  | { readonly kind: "fixed"; readonly value: (person: Person) => FieldValue }
  | { readonly kind: "expression"; readonly expression: CompiledExpression<FieldValue> };

/** Checks the expressions of a sync and its sources, and determines the managed fields. Null when one is invalid. */
export async function compileSync(
  sync: SyncConfig,
  sources: ReadonlyMap<string, SourceConfig>,
): Promise<{ compiled: CompiledSync | null; diagnostics: readonly Diagnostic[] }> {
  const diagnostics: Diagnostic[] = [];
  let isWrong = false;
  const kept = <Value>(
    written: Expression,
    { compiled, diagnostics: found }: Checked<Value>,
  ): CompiledExpression<Value> | null => {
    diagnostics.push(...found);
    const unnamed = compiled?.usesMailbox === true ? unnamedGroups(written, sync) : null;
    if (unnamed !== null) diagnostics.push(unnamed);
    if (compiled === null || unnamed !== null) isWrong = true;
    return compiled && { written, compiled };
  };
  const bool = async (
    written: Expression | null | undefined,
    scope: Scope,
  ): Promise<CompiledExpression<boolean> | null> =>
    written ? kept(written, await checkWhere(written, scope)) : null;

  const sourceWhere = new Map<string, CompiledExpression<boolean>>();
  for (const name of sync.from) {
    const where = await bool(sources.get(name)?.where, "source");
    if (where !== null) sourceWhere.set(name, where);
  }
  const scope = scopeOf(sync.to.kind);
  const where = await bool(sync.where, scope);
  const mapping = new Map<ContactField, FieldSource>();
  for (const field of fieldsOf(sync.to.kind)) {
    const written = sync.fields.get(field)?.value ?? null;
    if (written === null) {
      const value = fixedValue(field, sync);
      if (value !== null) mapping.set(field, { kind: "fixed", value });
      continue;
    }
    const expression = kept(written, await checkField(written, scope, field));
    if (expression !== null) mapping.set(field, { kind: "expression", expression });
  }
  if (isWrong) return { compiled: null, diagnostics };
  const fieldsUseMailbox = [...mapping.values()].some(
    (source) => source.kind === "expression" && source.expression.compiled.usesMailbox,
  );
  const usesMailbox = fieldsUseMailbox || where?.compiled.usesMailbox === true;
  const managed = [...mapping.keys()];
  return {
    compiled: { sync, where, sourceWhere, mapping, managed, usesMailbox, fieldsUseMailbox },
    diagnostics,
  };
}

/** The value of a field without an expression; null when the field is left alone. */
function fixedValue(field: ContactField, sync: SyncConfig): ((person: Person) => FieldValue) | null {
  const mapping = sync.fields.get(field);
  if (mapping !== undefined && !mapping.defaultValue) return null;
  // `clear` without a value means that the field must be empty.
  if (mapping?.policy === "clear") return () => emptyValue(field);
  const { categories } = sync;
  if (field === "categories") return categories === null ? null : () => categories;
  if (field === "photo") return sync.photos ? (person) => person.photo : null;
  return defaultValue(field, sync);
}
