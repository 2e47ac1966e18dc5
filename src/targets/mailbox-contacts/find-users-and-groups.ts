import { DirectoryError } from "../../directory/directory-error.ts";
import { findGroups, groupsAmong } from "../../directory/find-groups.ts";
import { findUsers } from "../../directory/find-users.ts";
import type { Group } from "../../directory/groups.ts";
import type { GraphUser } from "../../directory/users.ts";
import type { GraphReader } from "../../http/graph/graph.ts";
import type { MailboxContactsTarget, Named } from "../../model/config.ts";

/** The users and groups that the config names, as found in the tenant. */
export interface FoundByName {
  readonly included: Found;
  readonly excluded: Found;
}

interface Found {
  readonly users: readonly GraphUser[];
  readonly groups: readonly Group[];
  /** User names that match no user. */
  readonly unknown: readonly Named[];
}

/** Maximum number of unknown user names that are looked up as groups. */
const mostAsked = 200;

/**
 * Finds the users and groups that the config names, including excluded ones.
 *
 * @throws {DirectoryError} when groups are unknown or named as users (one error for all of them)
 * @throws {DirectoryError} when Graph failed
 */
export async function findNamed(
  { mailboxes }: MailboxContactsTarget,
  graph: GraphReader,
  signal: AbortSignal,
): Promise<FoundByName> {
  const { exclude } = mailboxes;
  const excluded = await sorted(graph, exclude.users, signal);
  const included = await sorted(graph, mailboxes.users, signal);
  const unknown = [...excluded.unknown, ...included.unknown];
  const misplaced = await groupsAmong(graph, unknown.slice(0, mostAsked), signal);
  const [first, ...others] = misplaced.map(namedAsUser);
  if (first !== undefined) throw first.with(others);
  const groups = await findGroups(graph, [...exclude.groups, ...mailboxes.groups], signal);
  return {
    excluded: { ...excluded, groups: groups.slice(0, exclude.groups.length) },
    included: { ...included, groups: groups.slice(exclude.groups.length) },
  };
}

async function sorted(
  graph: GraphReader,
  names: readonly Named[],
  signal: AbortSignal,
): Promise<Omit<Found, "groups">> {
  const found = await findUsers(graph, names, signal);
  return {
    users: found.filter((user) => user !== null),
    unknown: names.filter((_, index) => found[index] === null),
  };
}

/** An error, because with a warning people whom the group should exclude would be included. */
function namedAsUser({ name, place }: Named): DirectoryError {
  return new DirectoryError({
    code: "group-named-as-user",
    summary: "A group is named as a user",
    detail: `"${name}" is a group. Move it from \`users\` to \`groups\`, which selects its members.`,
    place,
  });
}
