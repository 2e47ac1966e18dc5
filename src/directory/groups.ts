import { GraphError } from "../http/graph/graph.ts";
import type { GraphReader } from "../http/graph/graph.ts";
import type { Named } from "../model/config.ts";
import { DirectoryError, explainFailure } from "./directory-error.ts";
import type { Reading } from "./directory-error.ts";
import { advancedQuery, encode, isObjectId, literal, sameText } from "./odata.ts";
import { orgContactSelect } from "./org-contacts.ts";
import type { GraphOrgContact } from "./org-contacts.ts";
import { smtpAddresses } from "./person-parts.ts";
import { readAll } from "./read-all.ts";
import { userSelect } from "./users.ts";
import type { GraphUser } from "./users.ts";

/** A group of the directory, and how the config names it. */
export interface Group {
  readonly id: string;
  /** "" when it has none. */
  readonly mail: string;
  readonly displayName: string;
  readonly named: Named;
}

interface GraphGroup {
  readonly id: string;
  readonly mail?: string | null;
  readonly displayName?: string | null;
  readonly proxyAddresses?: readonly string[] | null;
}

const groupSelect = "id,displayName,mail,proxyAddresses";

/** How a group can be named besides the object id, in the order in which names are tried. */
const namings: readonly {
  readonly filter: (name: string) => string;
  readonly fits: (group: GraphGroup, name: string) => boolean;
}[] = [
  {
    filter: (name) => `mail%20eq%20${literal(name)}`,
    fits: (group, name) => sameText(group.mail ?? "", name),
  },
  {
    filter: (name) => `proxyAddresses/any(p:p%20eq%20${literal(`smtp:${name}`)})`,
    fits: (group, name) => smtpAddresses(group.proxyAddresses).some((address) => sameText(address, name)),
  },
  {
    filter: (name) => `displayName%20eq%20${literal(name)}`,
    fits: (group, name) => sameText(group.displayName ?? "", name),
  },
];

/**
 * The group with that object id, mail address, proxy address or display name.
 *
 * @throws {DirectoryError} when there is none (`group-not-found`), there are several (`group-ambiguous`), or Graph failed
 */
export async function findGroup(graph: GraphReader, name: Named, signal: AbortSignal): Promise<Group> {
  const group = isObjectId(name.name)
    ? await groupById(graph, name, signal)
    : await groupByName(graph, name, signal);
  if (group === null) throw notFound(name);
  return { id: group.id, mail: group.mail ?? "", displayName: group.displayName ?? "", named: name };
}

async function groupById(graph: GraphReader, named: Named, signal: AbortSignal): Promise<GraphGroup | null> {
  try {
    const url = `/groups/${encode(named.name)}?$select=${groupSelect}`;
    return await graph.get<GraphGroup>({ url, lane: "directory" }, signal);
  } catch (error) {
    if (error instanceof GraphError && error.status === 404) return null;
    throw explainFailure(error, readingGroups(named));
  }
}

async function groupByName(
  graph: GraphReader,
  named: Named,
  signal: AbortSignal,
): Promise<GraphGroup | null> {
  const address = named.name.includes("@");
  for (const naming of address ? namings : namings.slice(-1)) {
    const url = `/groups?$filter=${naming.filter(named.name)}&$select=${groupSelect}`;
    const groups: GraphGroup[] = [];
    for await (const page of readAll<GraphGroup>(graph, { url }, readingGroups(named), signal)) {
      groups.push(...page.filter((group) => naming.fits(group, named.name)));
    }
    if (groups.length > 1) throw ambiguous(named, groups);
    if (groups[0] !== undefined) return groups[0];
  }
  return null;
}

/** What a group can hold that this program reads. */
interface Members {
  readonly user: GraphUser;
  readonly "org-contact": GraphOrgContact;
}

const casts = {
  user: { type: "microsoft.graph.user", select: userSelect, permission: "User.Read.All" },
  "org-contact": {
    type: "microsoft.graph.orgContact",
    select: orgContactSelect,
    permission: "OrgContact.Read.All",
  },
} as const;

/**
 * The users or organizational contacts in a group, those of groups in it included, each once, with everything
 * that a person is made of. Complete, or it throws.
 *
 * @throws {DirectoryError} when Graph failed
 */
export async function* groupMembers<Kind extends keyof Members>(
  graph: GraphReader,
  group: Group,
  kind: Kind,
  signal: AbortSignal,
): AsyncIterable<Members[Kind]> {
  const pages = memberPages<Members[Kind]>(graph, group, kind, casts[kind].select, signal);
  for await (const page of pages) yield* page;
}

/**
 * Ids of the same, without anything else of them. Complete, or it throws.
 *
 * @throws {DirectoryError} when Graph failed
 */
export async function groupMemberIds(
  graph: GraphReader,
  group: Group,
  kind: keyof Members,
  signal: AbortSignal,
): Promise<ReadonlySet<string>> {
  const ids = new Set<string>();
  for await (const page of memberPages<{ id: string }>(graph, group, kind, "id", signal)) {
    for (const member of page) ids.add(member.id);
  }
  return ids;
}

/** A cast is an advanced query, hence the header and $count. */
function memberPages<Item extends { readonly id: string }>(
  graph: GraphReader,
  group: Group,
  kind: keyof Members,
  select: string,
  signal: AbortSignal,
): AsyncIterable<readonly Item[]> {
  const { type, permission } = casts[kind];
  const url = `/groups/${encode(group.id)}/transitiveMembers/${type}?$count=true&$select=${select}&$top=999`;
  const reading: Reading = {
    what: "members of a group",
    permission: `GroupMember.Read.All and ${permission}`,
    place: group.named.place,
  };
  return readAll<Item>(graph, { url, headers: advancedQuery }, reading, signal);
}

function readingGroups(named: Named): Reading {
  return { what: "groups", permission: "GroupMember.Read.All", place: named.place };
}

function notFound(named: Named): DirectoryError {
  return new DirectoryError({
    code: "group-not-found",
    summary: "Group not found",
    detail: `The tenant has no group with the id, mail address or display name "${named.name}". If it is a dynamic distribution group, only Exchange knows it: name a security group or Microsoft 365 group instead, which may have a dynamic membership rule.`,
    place: named.place,
  });
}

function ambiguous(named: Named, groups: readonly GraphGroup[]): DirectoryError {
  const ids = groups.map((group) => group.id).toSorted();
  const shown = ids.slice(0, 5).join(", ") + (ids.length > 5 ? ", …" : "");
  return new DirectoryError({
    code: "group-ambiguous",
    summary: "Several groups have this name",
    detail: `"${named.name}" is the name of ${groups.length} groups: ${shown}. Name the one that is meant by id or mail address.`,
    place: named.place,
  });
}
