import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import { hasProperty, propertiesOf } from "./property-types.ts";
import { checkAdvanced, pageOf, parseQuery } from "./query.ts";
import type { Query } from "./query.ts";
import { noSuchPath, Refusal } from "./replies.ts";
import type { Reply } from "./replies.ts";
import type { TenantState, UserState } from "./state.ts";

type Entity = "user" | "group" | "orgContact";
type Item = Readonly<Record<string, unknown>> & { readonly id: string };

export interface Request {
  readonly method: string;
  readonly url: URL;
  /** Segments of the path behind /v1.0, decoded. */
  readonly path: readonly string[];
  readonly headers: Headers;
  readonly body: unknown;
}

/** What Graph gives of a user when nothing is selected. @see https://learn.microsoft.com/graph/api/user-list */
const userDefaults = [
  "businessPhones",
  "displayName",
  "givenName",
  "id",
  "jobTitle",
  "mail",
  "mobilePhone",
  "officeLocation",
  "preferredLanguage",
  "surname",
  "userPrincipalName",
];
const notInCollections: ReadonlySet<string> = new Set([
  "aboutMe",
  "birthday",
  "interests",
  "mySite",
  "pastProjects",
  "preferredName",
  "responsibilities",
  "schools",
  "skills",
  "hireDate",
  "mailboxSettings",
]);

/** Reads of users, groups and organizational contacts. @throws {Refusal} */
export function directoryReply(tenant: TenantState, request: Request): Reply {
  if (request.method !== "GET")
    throw new Refusal(
      403,
      "Authorization_RequestDenied",
      "Insufficient privileges to complete the operation.",
    );
  const [collection = "", id, ...rest] = request.path;
  switch (collection) {
    case "users":
      return id === undefined
        ? list(tenant, request, "user", tenant.users)
        : userReply(tenant, request, id, rest);
    case "groups":
      return id === undefined
        ? list(tenant, request, "group", tenant.groups)
        : groupReply(tenant, request, id, rest);
    case "contacts":
      if (id === undefined) return list(tenant, request, "orgContact", tenant.orgContacts);
      return one(tenant, request, "orgContact", byId(tenant.orgContacts, id));
    case "organization":
      return { status: 200, body: { value: [{ id: tenant.tenantId, displayName: tenant.organization }] } };
    default:
      throw noSuchPath(collection);
  }
}

/** The user of an id or UPN, whatever its case. @throws {Refusal} */
export function findUser(tenant: TenantState, name: string): UserState {
  const sought = name.toLowerCase();
  const user = tenant.users.find(
    ({ id, userPrincipalName }) => id === sought || userPrincipalName.toLowerCase() === sought,
  );
  if (user === undefined) throw notFound(name);
  return user;
}

function userReply(tenant: TenantState, request: Request, name: string, rest: readonly string[]): Reply {
  const user = findUser(tenant, name);
  const [part, ...more] = rest;
  if (part === undefined) return one(tenant, request, "user", user);
  if (part === "manager") {
    const manager = tenant.users.find(({ id }) => id === user.manager);
    if (manager === undefined) throw notFound("manager");
    return one(tenant, request, "user", manager);
  }
  if (part === "photo" || part === "photos") return photoReply(user, [part, ...more]);
  throw noSuchPath(part);
}

function photoReply({ photo }: UserState, path: readonly string[]): Reply {
  if (photo === undefined) throw new Refusal(404, "ImageNotFound", "The photo wasn't found.");
  const bytes = Buffer.from(photo, "base64");
  if (path.at(-1) === "$value")
    return { status: 200, headers: { "content-type": "image/jpeg" }, body: bytes };
  const tag = createHash("sha256").update(bytes).digest("hex").slice(0, 8).toUpperCase();
  return {
    status: 200,
    body: {
      "@odata.mediaContentType": "image/jpeg",
      "@odata.mediaEtag": `"${tag}"`,
      id: "240X240",
      width: 240,
      height: 240,
    },
  };
}

function groupReply(tenant: TenantState, request: Request, id: string, rest: readonly string[]): Reply {
  const group = byId(tenant.groups, id);
  const [part, cast] = rest;
  if (part === undefined) return one(tenant, request, "group", group);
  if (part !== "members" && part !== "transitiveMembers") throw noSuchPath(part);
  const ids = part === "members" ? new Set(group.members) : transitive(tenant, group.members);
  const users = tenant.users.filter((user) => ids.has(user.id));
  const contacts = tenant.orgContacts.filter((contact) => ids.has(contact.id));
  if (cast === "microsoft.graph.user") return castList(tenant, request, "user", users);
  if (cast === "microsoft.graph.orgContact") return castList(tenant, request, "orgContact", contacts);
  if (cast !== undefined) throw noSuchPath(cast);
  const typed = [
    ...users.map((user) => ({
      "@odata.type": "#microsoft.graph.user",
      id: user.id,
      displayName: user.displayName,
    })),
    ...contacts.map((contact) => ({
      "@odata.type": "#microsoft.graph.orgContact",
      id: contact.id,
      displayName: contact.displayName,
    })),
    ...tenant.groups
      .filter((child) => ids.has(child.id))
      .map((child) => ({
        "@odata.type": "#microsoft.graph.group",
        id: child.id,
        displayName: child.displayName,
      })),
  ];
  return { status: 200, body: { value: typed } };
}

function castList(tenant: TenantState, request: Request, entity: Entity, items: readonly Item[]): Reply {
  if (
    request.headers.get("consistencylevel")?.toLowerCase() !== "eventual" ||
    request.url.searchParams.get("$count") !== "true"
  ) {
    throw new Refusal(
      400,
      "Request_UnsupportedQuery",
      "A cast needs the header ConsistencyLevel: eventual and $count=true.",
    );
  }
  return list(tenant, request, entity, items);
}

function transitive(tenant: TenantState, members: readonly string[]): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (ids: readonly string[]): void => {
    for (const id of ids) {
      if (found.has(id)) continue;
      found.add(id);
      visit(tenant.groups.find((group) => group.id === id)?.members ?? []);
    }
  };
  visit(members);
  return found;
}

function list(tenant: TenantState, request: Request, entity: Entity, items: readonly Item[]): Reply {
  const query = parseQuery(request.url.searchParams, (name) => hasProperty(entity, name), 999);
  for (const property of query.select ?? []) {
    if (entity === "user" && notInCollections.has(property))
      throw new Refusal(501, "NotImplemented", "This operation target is not yet supported.");
  }
  checkAdvanced(query, request.headers);
  const filtered =
    query.filter === null ? items : items.filter((item) => query.filter?.matches(withDefaults(entity, item)));
  const page = pageOf(filtered, query, { url: request.url, size: 100, token: "$skiptoken" });
  return {
    status: 200,
    body: {
      "@odata.context": `https://graph.microsoft.com/v1.0/$metadata#${request.path[0] ?? ""}`,
      ...(query.count && query.skip === 0 ? { "@odata.count": filtered.length } : {}),
      ...(page.nextLink === null ? {} : { "@odata.nextLink": page.nextLink }),
      value: page.items.map((item) => shown(tenant, entity, item, query)),
    },
  };
}

function one(tenant: TenantState, request: Request, entity: Entity, item: Item): Reply {
  const query = parseQuery(request.url.searchParams, (name) => hasProperty(entity, name), 999);
  return { status: 200, body: shown(tenant, entity, item, query) };
}

function shown(tenant: TenantState, entity: Entity, item: Item, query: Query): Record<string, unknown> {
  const all = withDefaults(entity, item);
  const names = query.select ?? (entity === "user" ? userDefaults : Object.keys(all));
  const selected = Object.fromEntries(names.map((name) => [name, all[name] ?? null]));
  return { ...selected, ...expandedManager(tenant, item, query.expand) };
}

function expandedManager(tenant: TenantState, item: Item, expand: string): Record<string, unknown> {
  if (expand === "") return {};
  const wanted = /^manager(?:\(\$select=([\w,]+)\))?$/.exec(expand);
  if (wanted === null)
    throw new Refusal(400, "Request_UnsupportedQuery", `$expand=${expand} is not supported.`);
  const manager = tenant.users.find(({ id }) => id === item["manager"]);
  if (manager === undefined) return {};
  const all = withDefaults("user", manager);
  const names = wanted[1]?.split(",") ?? userDefaults;
  return {
    manager: {
      "@odata.type": "#microsoft.graph.user",
      ...Object.fromEntries(names.map((name) => [name, all[name] ?? null])),
    },
  };
}

/** All properties of the entity: null or [] where the file is silent. */
function withDefaults(entity: Entity, item: Item): Record<string, unknown> {
  const all: Record<string, unknown> = {};
  for (const [name, type] of Object.entries(propertiesOf(entity)))
    all[name] = item[name] ?? (type.endsWith("[]") ? [] : null);
  return all;
}

function byId<Found extends Item>(items: readonly Found[], id: string): Found {
  const item = items.find((candidate) => candidate.id === id.toLowerCase());
  if (item === undefined) throw notFound(id);
  return item;
}

function notFound(name: string): Refusal {
  return new Refusal(
    404,
    "Request_ResourceNotFound",
    `Resource '${name}' does not exist or one of its queried reference-property objects are not present.`,
  );
}
