import { isNavigation } from "../../odata/edm.ts";
import { directoryKinds, textOf } from "../../tenant/tenant.ts";
import type { DirectoryKind, Entry, TenantState } from "../../tenant/tenant.ts";
import { GraphProblem, noSuchResource, noSuchSegment, notModelled } from "../../wire/graph-problem.ts";
import { jsonAnswer } from "../../wire/wire.ts";
import type { WireAnswer, GraphRequest } from "../../wire/wire.ts";
import { photoAnswer } from "../photos.ts";
import { listEntries, listMixed, managerOf, oneEntry } from "./lists.ts";

/**
 * Answers requests for users, groups, organizational contacts and the organization, which are read-only here. @throws
 * {GraphProblem}
 */
export function directoryAnswer(state: TenantState, request: GraphRequest): WireAnswer {
  const [collection = "", ...rest] = request.segments;
  const kind = kinds.get(collection);
  if (kind === undefined && collection !== "organization") throw noSuchSegment(collection);
  if (request.method !== "GET") {
    throw new GraphProblem(
      403,
      "Authorization_RequestDenied",
      "Insufficient privileges to complete the operation.",
    );
  }
  if (kind === undefined) return organizationAnswer(state, request, rest);
  const [id, ...below] = rest;
  if (id === undefined)
    return listEntries(state, request, state[directoryKinds[kind]].values(), { kind, cast: false });
  const entry = findEntry(state, kind, id);
  return below.length === 0
    ? oneEntry(state, request, entry, { kind, typed: false })
    : belowAnswer(state, request, { kind, entry }, below);
}

const kinds: ReadonlyMap<string, DirectoryKind> = new Map([
  ["users", "user"],
  ["groups", "group"],
  ["contacts", "orgContact"],
]);

/**
 * Finds an object by id, or a user by user principal name; both ignore case. @throws {GraphProblem} when there is none
 */
export function findEntry(state: TenantState, kind: DirectoryKind, name: string): Entry {
  const sought = name.toLowerCase();
  const entry = state[directoryKinds[kind]].get(sought);
  if (entry !== undefined) return entry;
  if (kind === "user") {
    for (const user of state.users.values()) {
      if (textOf(user["userPrincipalName"]).toLowerCase() === sought) return user;
    }
  }
  throw noSuchResource(name);
}

function belowAnswer(
  state: TenantState,
  request: GraphRequest,
  { kind, entry }: { readonly kind: DirectoryKind; readonly entry: Entry },
  [part = "", ...more]: readonly string[],
): WireAnswer {
  if (part === "manager" && kind !== "group" && more.length === 0) {
    const manager = managerOf(state, entry);
    if (manager === null) throw noSuchResource("manager");
    return oneEntry(state, request, manager.entry, { kind: manager.kind, typed: true });
  }
  if (kind === "user" && (part === "photo" || part === "photos")) {
    return photoAnswer(state.photos.get(entry.id), request, [part, ...more]);
  }
  if (kind === "group" && (part === "members" || part === "transitiveMembers")) {
    return membersAnswer(state, request, entry, part, more);
  }
  throw isNavigation(kind, part) ? notModelled(`/${part} of a ${kind}`) : noSuchSegment(part);
}

function membersAnswer(
  state: TenantState,
  request: GraphRequest,
  group: Entry,
  which: "members" | "transitiveMembers",
  [cast, ...more]: readonly string[],
): WireAnswer {
  const ids = which === "members" ? (group.members ?? []) : transitiveMembers(state, group);
  const members = [...ids].flatMap((id) => memberOf(state, id));
  if (cast === undefined) return listMixed(request, members);
  const kind = casts.get(cast);
  if (kind === undefined || more.length > 0) throw noSuchSegment(cast);
  const entries = members.filter((member) => member.kind === kind).map(({ entry }) => entry);
  return listEntries(state, request, entries, { kind, cast: true });
}

const casts: ReadonlyMap<string, DirectoryKind> = new Map([
  ["microsoft.graph.user", "user"],
  ["microsoft.graph.group", "group"],
  ["microsoft.graph.orgContact", "orgContact"],
]);

/** The ids of direct and nested members, each once, in depth-first order. */
export function transitiveMembers(state: TenantState, group: Entry): ReadonlySet<string> {
  const found = new Set<string>();
  const open = [...(group.members ?? [])].toReversed();
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (found.has(id)) continue;
    found.add(id);
    for (const member of (state.groups.get(id)?.members ?? []).toReversed()) open.push(member);
  }
  return found;
}

function memberOf(state: TenantState, id: string): { readonly kind: DirectoryKind; readonly entry: Entry }[] {
  for (const kind of ["user", "group", "orgContact"] as const) {
    const entry = state[directoryKinds[kind]].get(id);
    if (entry !== undefined) return [{ kind, entry }];
  }
  return [];
}

function organizationAnswer(
  { tenantId, organization, displayName }: TenantState,
  { root, search }: GraphRequest,
  rest: readonly string[],
): WireAnswer {
  if (rest.length > 0 || search !== "") throw notModelled("more of the organization than all of it");
  const verifiedDomains = [
    { capabilities: "Email", isDefault: true, isInitial: true, name: organization, type: "Managed" },
  ];
  const value = [{ id: tenantId, displayName, verifiedDomains }];
  return jsonAnswer(200, JSON.stringify({ "@odata.context": `${root}/$metadata#organization`, value }));
}
