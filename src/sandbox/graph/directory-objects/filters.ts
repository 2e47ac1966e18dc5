import { compileFilter, FilterRefused } from "../../odata/compile-filter.ts";
import type { CompiledFilter, Use } from "../../odata/compile-filter.ts";
import { propertyType } from "../../odata/edm.ts";
import { parseFilter } from "../../odata/parser.ts";
import { FilterSyntaxError } from "../../odata/syntax.ts";
import type { DirectoryKind, Entry } from "../../tenant/tenant.ts";
import { badRequest, unsupportedQuery } from "../../wire/graph-problem.ts";
import { valueOf } from "./values.ts";

/**
 * Properties by which Graph filters users, groups and organizational contacts without an advanced query. When the
 * documentation is unclear, a property counts as advanced, which works in any case.
 *
 * @see https://learn.microsoft.com/en-us/graph/aad-advanced-queries
 */
const simple: ReadonlySet<string> = new Set([
  "accountEnabled",
  "ageGroup",
  "assignedLicenses/any/skuId",
  "city",
  "country",
  "createdDateTime",
  "department",
  "displayName",
  "employeeId",
  "externalUserState",
  "givenName",
  "groupTypes/any",
  "id",
  "imAddresses/any",
  "jobTitle",
  "mail",
  "mailEnabled",
  "mailNickname",
  "onPremisesSyncEnabled",
  "otherMails/any",
  "postalCode",
  "preferredLanguage",
  "proxyAddresses/any",
  "securityEnabled",
  "state",
  "streetAddress",
  "surname",
  "usageLocation",
  "userPrincipalName",
  "userType",
]);

const advanced: ReadonlySet<string> = new Set([
  "assignedLicenses/$count",
  "assignedPlans/any/capabilityStatus",
  "assignedPlans/any/servicePlanId",
  "businessPhones/any",
  "companyName",
  "employeeHireDate",
  "employeeType",
  "faxNumber",
  "mobilePhone",
  "officeLocation",
  "otherMails/$count",
  "proxyAddresses/$count",
]);

const simpleOperators: ReadonlySet<string> = new Set(["eq", "in", "startswith", "ge", "le"]);
const advancedOperators: ReadonlySet<string> = new Set(["ne", "endswith", "gt", "lt"]);

function support({ path, operator, againstNull }: Use): "simple" | "advanced" | "no" {
  const isAttribute = path.startsWith("onPremisesExtensionAttributes/");
  if (!simple.has(path) && !advanced.has(path) && !isAttribute) return "no";
  if (!simpleOperators.has(operator) && !advancedOperators.has(operator)) return "no";
  // Comparisons with null use the advanced index.
  const plain = simple.has(path) && simpleOperators.has(operator) && !againstNull;
  return plain ? "simple" : "advanced";
}

/** @throws {GraphProblem} */
export function directoryFilter(text: string, kind: DirectoryKind): CompiledFilter<Entry> {
  const rules = { entity: kind, support, supportNot: "advanced" } as const;
  try {
    return compileFilter<Entry>(parseFilter(text), rules, (entry, property) =>
      valueOf(kind, entry, property),
    );
  } catch (error) {
    if (error instanceof FilterSyntaxError) throw badRequest(`Invalid filter clause: ${error.message}`);
    if (error instanceof FilterRefused) throw unsupportedQuery(`Unsupported Query. ${error.message}`);
    throw error;
  }
}

/** @throws {GraphProblem} for a property that Graph cannot sort by */
export function directoryOrder(
  orderby: readonly { readonly property: string; readonly descending: boolean }[],
  kind: DirectoryKind,
): (one: Entry, other: Entry) => number {
  for (const { property } of orderby) {
    if (propertyType(kind, property) === null)
      throw badRequest(`Could not find a property named '${property}'.`);
    if (!orderable.has(property)) throw unsupportedQuery(`Sorting by ${property} is not supported.`);
  }
  return (one, other) => {
    for (const { property, descending } of orderby) {
      const [left, right] = [sortKey(one[property]), sortKey(other[property])];
      if (left !== right) return left < right === descending ? 1 : -1;
    }
    return 0;
  };
}

const orderable: ReadonlySet<string> = new Set([
  "displayName",
  "userPrincipalName",
  "createdDateTime",
  "mail",
]);

function sortKey(value: unknown): string {
  return typeof value === "string" ? value.toLowerCase() : "";
}
