import { isCollection, propertyNames, propertyType } from "../../odata/edm.ts";
import type { DirectoryKind, Entry, Json } from "../../tenant/tenant.ts";
import { GraphProblem, badRequest } from "../../wire/graph-problem.ts";

/**
 * The properties of a user that Graph returns without `$select`. @see
 * https://learn.microsoft.com/en-us/graph/api/user-list
 */
const usualOfUser = [
  "businessPhones",
  "displayName",
  "givenName",
  "jobTitle",
  "mail",
  "mobilePhone",
  "officeLocation",
  "preferredLanguage",
  "surname",
  "userPrincipalName",
  "id",
];

/** Properties that Graph returns only for a single user. @see https://learn.microsoft.com/en-us/graph/api/user-list */
const notInCollections: ReadonlySet<string> = new Set([
  "aboutMe",
  "birthday",
  "hireDate",
  "interests",
  "mailboxSettings",
  "mySite",
  "pastProjects",
  "preferredName",
  "responsibilities",
  "schools",
  "skills",
]);

/**
 * Properties of a group that Graph returns only when selected. @see
 * https://learn.microsoft.com/en-us/graph/api/resources/group
 */
const onlySelected: ReadonlySet<string> = new Set([
  "accessType",
  "allowExternalSenders",
  "assignedLicenses",
  "autoSubscribeNewMembers",
  "hasMembersWithLicenseErrors",
  "hideFromAddressLists",
  "hideFromOutlookClients",
  "isArchived",
  "isFavorite",
  "isSubscribedByMail",
  "licenseProcessingState",
  "unseenConversationsCount",
  "unseenCount",
  "unseenMessagesCount",
  "welcomeMessageEnabled",
]);

const usual: Readonly<Record<DirectoryKind, readonly string[]>> = {
  user: usualOfUser,
  group: propertyNames("group").filter((name) => !onlySelected.has(name)),
  orgContact: propertyNames("orgContact"),
};

/**
 * The properties in an answer: the selected or the default ones.
 *
 * @throws {GraphProblem} for a property that does not exist, or is not available here
 */
export function chosenProperties(
  kind: DirectoryKind,
  select: readonly string[] | null,
  where: "collection" | "single",
): readonly string[] {
  if (select === null) return usual[kind];
  const unknown = select.find((name) => propertyType(kind, name) === null);
  if (unknown !== undefined) {
    throw badRequest(
      `Parsing OData Select and Expand failed: Could not find a property named '${unknown}' on type 'microsoft.graph.${kind}'.`,
    );
  }
  if (kind === "user" && where === "collection" && select.some((name) => notInCollections.has(name))) {
    throw new GraphProblem(501, "NotImplemented", "This operation target is not yet supported.");
  }
  return select;
}

const extensionAttributes = Array.from({ length: 15 }, (_, at) => `extensionAttribute${at + 1}`);

/** A property as Graph returns it: empty ones are null, or [] for a collection. */
export function valueOf(kind: DirectoryKind, entry: Entry, property: string): Json {
  const value = entry[property];
  if (property === "onPremisesExtensionAttributes" && kind === "user") return allAttributes(value);
  if (value !== undefined) return value;
  return isCollection(propertyType(kind, property) ?? "") ? [] : null;
}

function allAttributes(value: Json | undefined): Json {
  const given = typeof value === "object" && value !== null ? (value as Readonly<Record<string, Json>>) : {}; // checked at reading
  return Object.fromEntries(extensionAttributes.map((name) => [name, given[name] ?? null]));
}

/** Renders an object for an answer. */
export function rendered(
  kind: DirectoryKind,
  entry: Entry,
  properties: readonly string[],
): Record<string, Json> {
  return Object.fromEntries(properties.map((name) => [name, valueOf(kind, entry, name)]));
}
