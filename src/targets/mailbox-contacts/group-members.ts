import { groupMembers } from "../../directory/groups.ts";
import type { Group } from "../../directory/groups.ts";
import { createMemberships } from "../../directory/memberships.ts";
import type { Memberships } from "../../directory/memberships.ts";
import type { GraphUser } from "../../directory/users.ts";
import type { GraphReader } from "../../http/graph/graph.ts";

/** The users in the target groups, each once. */
export interface Members extends Pick<Memberships, "groupsOf"> {
  readonly users: readonly GraphUser[];
}

/**
 * Reads the members of all groups. Needed before the first mailbox is listed, because a user may be in several groups.
 *
 * @throws {DirectoryError} when Graph failed
 */
export async function readMembers(
  groups: readonly Group[],
  graph: GraphReader,
  signal: AbortSignal,
): Promise<Members> {
  const memberships = createMemberships();
  const users: GraphUser[] = [];
  for (const group of groups) {
    for await (const user of groupMembers(graph, group, "user", signal)) {
      if (!memberships.has(user.id)) users.push(user);
      memberships.add(user.id, group);
    }
  }
  return { users, groupsOf: (id) => memberships.groupsOf(id) };
}
