import { propertyType, valueProblem } from "../odata/edm.ts";
import { isObject } from "../tenant/tenant.ts";
import type { Json, JsonObject } from "../tenant/tenant.ts";
import { SandboxEditError } from "./sandbox-edit-error.ts";

/** Properties as typed by a user: Graph's names, comma-separated lists, "" to clear. */
export type TypedValues = Readonly<Record<string, string>>;

/**
 * Converts typed values to Graph's types. A slash addresses a part of an object: `homeAddress/city`.
 *
 * @throws {SandboxEditError}
 */
export function writtenValues(entity: "user" | "contact", values: TypedValues): JsonObject {
  const written: Record<string, Json> = {};
  for (const [name, text] of Object.entries(values)) {
    const [property = "", part, ...more] = name.split("/");
    const type = propertyType(entity, property);
    if (type === null || more.length > 0) throw new SandboxEditError(`A ${entity} has no property ${name}.`);
    if (part === undefined) written[property] = valueOf(name, type, text);
    else written[property] = withPart(written[property] ?? null, part, valueOf(name, "String", text));
  }
  const problem = valueProblem(entity, written);
  if (problem !== null) throw new SandboxEditError(problem.message);
  return written;
}

function withPart(whole: Json, part: string, value: Json): Json {
  return { ...(isObject(whole) ? whole : {}), [part]: value };
}

function valueOf(name: string, type: string, text: string): Json {
  const items = text === "" ? [] : text.split(",").map((item) => item.trim());
  switch (type) {
    case "String":
    case "DateTimeOffset":
      return text === "" ? null : text;
    case "String[]":
      return items;
    case "emailAddress[]":
      return items.map((address) => ({ address, name: address }));
    case "Boolean":
      return text === "" ? null : yesOrNo(name, text);
    default:
      throw new SandboxEditError(`${name} cannot be set here; change it in the tenant's file.`);
  }
}

/** @throws {SandboxEditError} when it is neither `true` nor `false` */
export function yesOrNo(name: string, text: string): boolean {
  if (text === "true" || text === "false") return text === "true";
  throw new SandboxEditError(`${name} must be true or false.`);
}
