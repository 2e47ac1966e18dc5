import { findGroups } from "../directory/find-groups.ts";
import { groupMemberIds } from "../directory/groups.ts";
import type { Group } from "../directory/groups.ts";
import { createMemberships } from "../directory/memberships.ts";
import type { GraphReader } from "../http/graph/graph.ts";
import type { GroupSelection } from "../model/config.ts";

/** Decides by a source's `groups` which directory objects are selected. */
export interface GroupChoice {
  /** Groups whose members are selected; empty when everyone is. */
  readonly included: readonly Group[];
  /** Whether the object is in an included group, if there are any, and in no excluded one. */
  readonly admits: (id: string) => boolean;
  /** The included groups that contain the object, by mail address or, without one, by name; sorted by code unit. */
  readonly groupsOf: (id: string) => readonly string[];
}

/**
 * Finds the groups and reads their members, including nested ones. Complete, or it throws: with a missed member someone
 * would seem to have left, with a missed exclusion someone would be included by mistake.
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
