import { isRecord } from "./is-record.ts";

type Schema = Readonly<Record<string, unknown>>;

/**
 * The schema with each `oneOf` turned into a choice (`if`, `then`, `else`), so that what is wrong is told of the
 * branch that was meant, and not of every other one too.
 *
 * A branch is known by the constant that it asks for (`kind`, `method`), by its type where it has none of the two, and
 * else by its first required key. The last branch known by a key is meant where no other one is.
 */
export function chooseBranches(schema: Schema): Schema {
  const definitions = isRecord(schema["$defs"]) ? schema["$defs"] : {};
  const walk = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(walk);
    if (!isRecord(node)) return node;
    const { oneOf, ...others } = node;
    const walked = Object.fromEntries(Object.entries(others).map(([key, value]) => [key, walk(value)]));
    if (!Array.isArray(oneOf)) return walked;
    const branches = oneOf.filter(isRecord);
    return { ...walked, ...choice(branches, definitions, node["$comment"]) };
  };
  return walk(schema) as Schema;
}

function choice(branches: readonly Schema[], definitions: Schema, words: unknown): Schema {
  const marks = branches.map((branch) => markOf(resolved(branch, definitions)));
  const otherwise = fallback(marks, branches, words);
  return branches.reduceRight<Schema>((rest, branch, index) => {
    const mark = marks[index];
    if (mark === undefined) return rest;
    // oxlint-disable-next-line unicorn/no-thenable -- a keyword of JSON Schema, and nobody awaits a schema
    return { if: conditionOf(mark), then: branch, else: rest };
  }, otherwise);
}

/** How a branch is known. */
type Mark =
  | { readonly by: "constant"; readonly key: string; readonly value: unknown }
  | { readonly by: "type"; readonly type: unknown }
  | { readonly by: "key"; readonly key: string };

function markOf(branch: Schema): Mark {
  const properties = isRecord(branch["properties"]) ? branch["properties"] : {};
  for (const [key, property] of Object.entries(properties)) {
    if (isRecord(property) && "const" in property) return { by: "constant", key, value: property["const"] };
  }
  const [required]: readonly unknown[] = Array.isArray(branch["required"]) ? branch["required"] : [];
  return typeof required === "string" ? { by: "key", key: required } : { by: "type", type: branch["type"] };
}

function conditionOf(mark: Mark): Schema {
  if (mark.by === "type") return { type: mark.type };
  const required = [mark.key];
  if (mark.by === "key") return { type: "object", required };
  return { type: "object", required, properties: { [mark.key]: { const: mark.value } } };
}

/** What is asked for where no branch is meant. */
function fallback(marks: readonly Mark[], branches: readonly Schema[], words: unknown): Schema {
  const [first] = marks;
  if (first?.by === "constant") {
    const values = marks.flatMap((mark) => (mark.by === "constant" ? [mark.value] : []));
    return { type: "object", required: [first.key], properties: { [first.key]: { enum: values } } };
  }
  if (first?.by === "key") return branches.at(-1) ?? {};
  const types = marks.flatMap((mark) => (mark.by === "type" ? [mark.type].flat() : []));
  return { type: types, $comment: words };
}

function resolved(branch: Schema, definitions: Schema): Schema {
  const reference = branch["$ref"];
  if (typeof reference !== "string") return branch;
  const definition = definitions[reference.replace("#/$defs/", "")];
  return isRecord(definition) ? definition : {};
}
