import type { GraphReader } from "../http/graph/graph.ts";
import { advancedQuery, encode } from "../http/graph/odata.ts";
import type { Named } from "../model/config.ts";
import type { Reading } from "./directory-error.ts";
import { orgContactSelect } from "./org-contacts.ts";
import type { GraphOrgContact } from "./org-contacts.ts";
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

/** The kinds of group members that galops reads. */
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
 * Reads the users or organizational contacts in a group and its nested groups, each once, with all properties of a
 * person. Complete, or it throws.
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
 * Reads only the ids of the same members. Complete, or it throws.
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

/** Reads members page by page. The type cast is an advanced query, which needs the header and `$count`. */
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
