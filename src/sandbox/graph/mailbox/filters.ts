import { compileFilter, FilterRefused } from "../../odata/compile-filter.ts";
import type { Use } from "../../odata/compile-filter.ts";
import { propertyType } from "../../odata/edm.ts";
import { parseFilter } from "../../odata/parser.ts";
import { FilterSyntaxError } from "../../odata/syntax.ts";
import type { FilterNode } from "../../odata/syntax.ts";
import type { Contact, Folder, Json } from "../../tenant/tenant.ts";
import { badRequest, GraphProblem } from "../../wire/graph-problem.ts";
import type { Ordering } from "../query.ts";
import { emptyValue } from "./contact-json.ts";
import { propertyId, propertyList } from "./extended-properties.ts";
import type { ExtendedProperties } from "./extended-properties.ts";

/** Named properties are filtered like a collection of objects with id and value. */
const extended = "singleValueExtendedProperties";
const more = { [extended]: "singleValueLegacyExtendedProperty[]" };
const extendedUses: ReadonlySet<string> = new Set(["eq", "ne", "contains", "startswith"]);

/** Text properties of a contact that can be filtered by. */
const plain: ReadonlySet<string> = new Set(["companyName", "displayName", "fileAs", "givenName", "surname"]);

function supportContact({ path, operator }: Use): "simple" | "no" {
  if (path === `${extended}/any/value`) return extendedUses.has(operator) ? "simple" : "no";
  if ([`${extended}/any/id`, "emailAddresses/any/address", "categories/any"].includes(path)) {
    return operator === "eq" ? "simple" : "no";
  }
  return plain.has(path) && ["eq", "startswith"].includes(operator) ? "simple" : "no";
}

function supportFolder(use: Use): "simple" | "no" {
  if (use.path === "displayName") return use.operator === "eq" ? "simple" : "no";
  return use.path.startsWith(extended) ? supportContact(use) : "no";
}

/** @throws {GraphProblem} */
export function contactFilter(text: string): (contact: Contact) => boolean {
  return itemFilter<Contact>(text, "contact", supportContact, (contact, property) => {
    const value = contact[property];
    return value === undefined ? emptyValue(property) : (value as Json); // a photo is not a property of a contact
  });
}

/** @throws {GraphProblem} */
export function folderFilter(text: string): (folder: Folder) => boolean {
  return itemFilter<Folder>(text, "contactFolder", supportFolder, ({ displayName }) => displayName);
}

interface Item {
  readonly extendedProperties?: ExtendedProperties;
}

function itemFilter<Kind extends Item>(
  text: string,
  entity: "contact" | "contactFolder",
  support: (use: Use) => "simple" | "no",
  read: (item: Kind, property: string) => Json,
): (item: Kind) => boolean {
  try {
    const rules = { entity, more, support, supportNot: "no", exact: `${extended}/any/id` } as const;
    return compileFilter<Kind>(withKeptIds(parseFilter(text)), rules, (item, property) =>
      property === extended ? propertyList(item.extendedProperties) : read(item, property),
    ).matches;
  } catch (error) {
    if (error instanceof FilterSyntaxError) {
      throw new GraphProblem(400, "RequestBroker--ParseUri", `Invalid filter clause: ${error.message}`);
    }
    if (error instanceof FilterRefused) {
      const message = `The query filter contains one or more invalid nodes. ${error.message}`;
      throw new GraphProblem(400, "ErrorInvalidUrlQueryFilter", message);
    }
    throw error;
  }
}

/** Normalizes the ids of named properties. @throws {GraphProblem} for an invalid id */
function withKeptIds(node: FilterNode): FilterNode {
  if (node.kind === "logic") return { ...node, operands: node.operands.map(withKeptIds) };
  if (node.kind !== "any" || node.collection[0] !== extended) return node;
  return { ...node, condition: withIds(node.condition, `${node.variable}/id`) };
}

function withIds(node: FilterNode, idPath: string): FilterNode {
  if (node.kind === "logic")
    return { ...node, operands: node.operands.map((operand) => withIds(operand, idPath)) };
  if (node.kind !== "compare" || node.left.kind !== "path" || node.left.segments.join("/") !== idPath)
    return node;
  if (node.right.kind !== "literal" || typeof node.right.value !== "string") return node;
  return { ...node, right: { ...node.right, value: propertyId(node.right.value) } };
}

/** @throws {GraphProblem} */
export function contactOrder(orderby: readonly Ordering[]): (one: Contact, other: Contact) => number {
  for (const { property } of orderby) {
    const type = propertyType("contact", property);
    if (type !== "String" && type !== "DateTimeOffset")
      throw badRequest(`Contacts cannot be ordered by ${property}.`);
  }
  return (one, other) => {
    for (const { property, descending } of orderby) {
      const [left, right] = [sortKey(one[property]), sortKey(other[property])];
      if (left !== right) return left < right === descending ? 1 : -1;
    }
    return 0;
  };
}

function sortKey(value: unknown): string {
  return typeof value === "string" ? value.toLowerCase() : "";
}
