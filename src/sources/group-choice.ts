import { findGroups } from "../directory/find-groups.ts";
import { groupMemberIds } from "../directory/groups.ts";
import type { Group } from "../directory/groups.ts";
import { createMemberships } from "../directory/memberships.ts";
import type { GraphReader } from "../http/graph/graph.ts";
import type { GroupSelection } from "../model/config.ts";

/** What a source's `groups` mean for one object of the directory. */
export interface GroupChoice {
  /** Groups whose members are wanted; empty when everybody is. */
  readonly included: readonly Group[];
  /** Whether the object is in an included group, if there are any, and in no excluded one. */
  readonly admits: (id: string) => boolean;
  /** Mail, or where there is none the name, of the included groups that hold it; by code unit. */
  readonly groupsOf: (id: string) => readonly string[];
}

/**
 * Finds the groups and reads who is in them, nested groups included. Complete, or it throws: a member missed
 * would leave, an exclusion missed would let somebody in.
 *
 * @throws {DirectoryError} when a group is unknown or could not be read
 */
export async function chooseByGroups(
  graph: GraphReader,
  groups: GroupSelection,
  kind: "user" | "org-contact",
  signal: AbortSignal,
): Promise<GroupChoice> {
  const found = await findGroups(graph, [...groups.include, ...groups.exclude], signal);
  const included = found.slice(0, groups.include.length);
  const excluded = found.slice(groups.include.length);

  const members = createMemberships();
  for (const group of included) {
    for (const id of await groupMemberIds(graph, group, kind, signal)) members.add(id, group);
  }
  const out = new Set<string>();
  for (const group of excluded) {
    for (const id of await groupMemberIds(graph, group, kind, signal)) out.add(id);
  }

  return {
    included,
    admits: (id) => (included.length === 0 || members.has(id)) && !out.has(id),
    groupsOf: (id) => members.groupsOf(id),
  };
}
