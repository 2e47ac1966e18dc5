import type { LooseExpression } from "../model/config.ts";
import { fieldsOf, isContactField } from "../model/contact-fields.ts";
import type { TargetKind } from "../model/contact-fields.ts";
import type { Path } from "./config-file.ts";
import { isRecord } from "./is-record.ts";
import { writtenExpression } from "./written-expression.ts";
import type { Written } from "./written.ts";

/**
 * The expressions of sources, syncs and a mesh that are misshapen otherwise, so that all that is wrong is told at once.
 * What the schema refuses itself (no text, a field that is none) is not among them.
 *
 * @param isSound - whether the schema has nothing against what is at a path
 */
export function looseExpressions(
  value: Readonly<Record<string, unknown>>,
  written: Written,
  isSound: (path: Path) => boolean,
): readonly LooseExpression[] {
  const expressions: LooseExpression[] = [];
  const add = (
    path: Path,
    text: unknown,
    of: LooseExpression["of"],
    gives: LooseExpression["gives"],
  ): void => {
    if (typeof text !== "string" || text.trim() === "") return;
    expressions.push({ expression: writtenExpression(written, path, text), of, gives });
  };
  const addSync = (path: Path, sync: Readonly<Record<string, unknown>>, of: TargetKind): void => {
    add([...path, "where"], sync["where"], of, "where");
    for (const [field, mapping] of entriesOf(sync["fields"])) {
      if (!isContactField(field) || !fieldsOf(of).includes(field)) continue;
      const at = [...path, "fields", field];
      if (isRecord(mapping)) add([...at, "value"], mapping["value"], of, field);
      else add(at, mapping, of, field);
    }
  };
  for (const [name, source] of entriesOf(value["sources"])) {
    if (isRecord(source) && !isSound(["sources", name])) {
      add(["sources", name, "where"], source["where"], "source", "where");
    }
  }
  for (const [name, sync] of entriesOf(value["syncs"])) {
    if (isRecord(sync) && !isSound(["syncs", name])) addSync(["syncs", name], sync, targetKind(sync));
  }
  const { mesh } = value;
  if (isRecord(mesh) && !isSound(["mesh"])) addSync(["mesh"], mesh, "mail-contacts");
  return expressions;
}

/** Where it does not say, the kind in which expressions may ask for most. */
function targetKind({ to }: Readonly<Record<string, unknown>>): TargetKind {
  return isRecord(to) && to["kind"] === "mail-contacts" ? "mail-contacts" : "mailbox-contacts";
}

function entriesOf(value: unknown): readonly (readonly [string, unknown])[] {
  return isRecord(value) ? Object.entries(value) : [];
}
