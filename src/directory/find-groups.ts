import { answerAt } from "../http/graph/answer-at.ts";
import { getCollections } from "../http/graph/get-collections.ts";
import { GraphError } from "../http/graph/graph.ts";
import type { GraphGet, GraphReader } from "../http/graph/graph.ts";
import { isObjectId, sameText } from "../http/graph/names.ts";
import { isNotFound } from "../http/graph/not-found.ts";
import { encode, literal } from "../http/graph/odata.ts";
import type { Named } from "../model/config.ts";
import { nearestName } from "../text/nearest-name.ts";
import { DirectoryError, explainFailure } from "./directory-error.ts";
import type { Reading } from "./directory-error.ts";
import type { Group } from "./groups.ts";
import { smtpAddresses } from "./person-parts.ts";
import { readAll } from "./read-all.ts";

interface GraphGroup {
  readonly id: string;
  readonly mail?: string | null;
  readonly displayName?: string | null;
  readonly proxyAddresses?: readonly string[] | null;
}

const groupSelect = "id,displayName,mail,proxyAddresses";

interface Naming {
  readonly filter: (name: string) => string;
  readonly fits: (group: GraphGroup, name: string) => boolean;
}

const byId: Naming = {
  filter: (name) => `id%20eq%20${literal(name)}`,
  fits: (group, name) => sameText(group.id, name),
};

/** The ways to name a group other than by object id, in the order in which they are tried. */
const namings: readonly Naming[] = [
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

function namingsFor({ name }: Named): readonly Naming[] {
  if (isObjectId(name)) return [byId];
  return name.includes("@") ? namings : namings.slice(-1);
}

function groupsUrl({ name }: Named, naming: Naming): string {
  return `/groups?$filter=${naming.filter(name)}&$select=${groupSelect}`;
}

/** How many groups are read for a "Did you mean" hint; reading more would take too long. */
const mostSuggested = 20_000;

/**
 * Finds groups by object id, mail address, proxy address or display name, in the order of the names.
 *
 * @throws {DirectoryError} one error for all names that match no group (`group-not-found`) or several
 * (`group-ambiguous`)
 * @throws {DirectoryError} when Graph failed
 */
export async function findGroups(
  graph: GraphReader,
  names: readonly Named[],
  signal: AbortSignal,
): Promise<readonly Group[]> {
  const found: Group[] = [];
  const unknown: Named[] = [];
  const ambiguous: DirectoryError[] = [];
  for (const named of names) {
    const groups = await groupsNamed(graph, named, signal);
    const [group] = groups;
    if (group === undefined) unknown.push(named);
    else if (groups.length > 1) ambiguous.push(severalHave(named, groups));
    else {
      const { id, mail, displayName } = group;
      found.push({ id, mail: mail ?? "", displayName: displayName ?? "", named });
    }
  }
  const known = unknown.length === 0 ? [] : await namesOfGroups(graph, signal);
  const errors = [...unknown.map((named) => notFound(named, nearestName(named.name, known))), ...ambiguous];
  const [first, ...others] = errors;
  if (first !== undefined) throw first.with(others);
  return found;
}

/**
 * Returns the names that belong to groups, to explain why no user has them; looked up in batches. Returns none when
 * groups cannot be read, since a config without groups does not need that permission.
 */
export async function groupsAmong(
  graph: GraphReader,
  names: readonly Named[],
  signal: AbortSignal,
): Promise<readonly Named[]> {
  const asked = names.flatMap((named) => namingsFor(named).map((naming) => ({ named, naming })));
  const requests = asked.map(({ named, naming }): GraphGet => ({
    url: groupsUrl(named, naming),
    lane: "directory",
  }));
  const groups = new Set<Named>();
  try {
    const answers = await getCollections<GraphGroup>(graph, requests, signal);
    for (const [index, { named, naming }] of asked.entries()) {
      const answer = answerAt(answers, index);
      if (answer.ok && answer.body.some((group) => naming.fits(group, named.name))) groups.add(named);
    }
  } catch (error) {
    if (!(error instanceof GraphError)) throw error;
  }
  return names.filter((named) => groups.has(named));
}

/** The groups with a name, possibly none. @throws {DirectoryError} when Graph failed */
async function groupsNamed(
  graph: GraphReader,
  named: Named,
  signal: AbortSignal,
): Promise<readonly GraphGroup[]> {
  if (!isObjectId(named.name)) return await groupsByName(graph, named, signal);
  const group = await groupById(graph, named, signal);
  return group === null ? [] : [group];
}

/** The names and addresses of all groups, for a hint only; empty when they cannot be read. */
async function namesOfGroups(graph: GraphReader, signal: AbortSignal): Promise<readonly string[]> {
  const names: string[] = [];
  const reading = { what: "groups", permission: "GroupMember.Read.All", place: null };
  try {
    const url = "/groups?$select=id,displayName,mail&$top=999";
    for await (const page of readAll<GraphGroup>(graph, { url }, reading, signal)) {
      for (const { mail, displayName } of page) {
        names.push(...[mail ?? "", displayName ?? ""].filter((name) => name !== ""));
      }
      if (names.length > mostSuggested) break;
    }
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof DirectoryError)) throw error;
  }
  return names;
}

async function groupById(graph: GraphReader, named: Named, signal: AbortSignal): Promise<GraphGroup | null> {
  try {
    const url = `/groups/${encode(named.name)}?$select=${groupSelect}`;
    return await graph.get<GraphGroup>({ url, lane: "directory" }, signal);
  } catch (error) {
    if (isNotFound(error)) return null;
    throw explainFailure(error, readingGroups(named));
  }
}

async function groupsByName(
  graph: GraphReader,
  named: Named,
  signal: AbortSignal,
): Promise<readonly GraphGroup[]> {
  for (const naming of namingsFor(named)) {
    const url = groupsUrl(named, naming);
    const groups: GraphGroup[] = [];
    for await (const page of readAll<GraphGroup>(graph, { url }, readingGroups(named), signal)) {
      groups.push(...page.filter((group) => naming.fits(group, named.name)));
    }
    if (groups.length > 0) return groups;
  }
  return [];
}

function readingGroups(named: Named): Reading {
  return { what: "groups", permission: "GroupMember.Read.All", place: named.place };
}

function notFound(named: Named, meant: string | null): DirectoryError {
  const hint =
    meant === null
      ? "If it is a dynamic distribution group, it exists only in Exchange. Use a security group or Microsoft 365 group instead, which may have a dynamic membership rule."
      : `Did you mean "${meant}"?`;
  return new DirectoryError({
    code: "group-not-found",
    summary: "Group not found",
    detail: `The tenant has no group with the id, mail address or display name "${named.name}". ${hint}`,
    place: named.place,
  });
}

function severalHave(named: Named, groups: readonly GraphGroup[]): DirectoryError {
  const ids = groups.map((group) => group.id).toSorted();
  const shown = ids.slice(0, 5).join(", ") + (ids.length > 5 ? ", …" : "");
  return new DirectoryError({
    code: "group-ambiguous",
    summary: "Several groups have this name",
    detail: `"${named.name}" is the name of ${groups.length} groups: ${shown}. Use the id or mail address of the intended group.`,
    place: named.place,
  });
}
