import type { BatchAnswer, GraphGet, GraphReader } from "../http/graph/graph.ts";
import type { Named } from "../model/config.ts";
import { DirectoryError, explainFailure } from "./directory-error.ts";
import { encode, isObjectId, literal, sameText } from "./odata.ts";
import { smtpAddresses } from "./person-parts.ts";
import { userSelect } from "./users.ts";
import type { GraphUser } from "./users.ts";

/** How a user can be named besides the object id, in the order in which names are tried. */
const namings: readonly {
  readonly filter: (name: string) => string;
  readonly fits: (user: GraphUser, name: string) => boolean;
}[] = [
  {
    filter: (name) => `userPrincipalName%20eq%20${literal(name)}`,
    fits: (user, name) => sameText(user.userPrincipalName ?? "", name),
  },
  {
    filter: (name) => `mail%20eq%20${literal(name)}`,
    fits: (user, name) => sameText(user.mail ?? "", name),
  },
  {
    filter: (name) => `proxyAddresses/any(p:p%20eq%20${literal(`smtp:${name}`)})`,
    fits: (user, name) => smtpAddresses(user.proxyAddresses).some((address) => sameText(address, name)),
  },
];

/**
 * The users with these object ids, user principal names, mail or proxy addresses, asked for in batches; in the order
 * of the names, null where there is none.
 *
 * @throws {DirectoryError} when several have one of the names, or Graph failed
 */
export async function findUsers(
  graph: GraphReader,
  names: readonly Named[],
  signal: AbortSignal,
): Promise<readonly (GraphUser | null)[]> {
  const found = names.map((): GraphUser | null => null);
  const ids = [...names.entries()].filter(([, { name }]) => isObjectId(name));
  const byId = await getAll<GraphUser>(
    graph,
    ids.map(([, { name }]) => `/users/${encode(name)}?$select=${userSelect}`),
    signal,
  );
  for (const [at, [index, named]] of ids.entries()) found[index] = userById(byId[at], named);

  let open = [...names.entries()].filter(([, { name }]) => !isObjectId(name));
  for (const naming of namings) {
    if (open.length === 0) break;
    const answers = await getAll<{ value: readonly GraphUser[] }>(
      graph,
      open.map(([, { name }]) => `/users?$filter=${naming.filter(name)}&$select=${userSelect}`),
      signal,
    );
    for (const [at, [index, named]] of open.entries()) {
      const users = bodyOf(answers[at], named).value.filter((user) => naming.fits(user, named.name));
      if (users.length > 1) throw ambiguous(named, users);
      found[index] = users[0] ?? null;
    }
    open = open.filter(([index]) => found[index] === null);
  }
  return found;
}

async function getAll<Body>(
  graph: GraphReader,
  urls: readonly string[],
  signal: AbortSignal,
): Promise<readonly BatchAnswer<Body>[]> {
  if (urls.length === 0) return [];
  try {
    return await graph.getAll<Body>(
      urls.map((url): GraphGet => ({ url, lane: "directory" })),
      signal,
    );
  } catch (error) {
    throw explainFailure(error, { what: "users", permission: "User.Read.All", place: null });
  }
}

function userById(answer: BatchAnswer<GraphUser> | undefined, named: Named): GraphUser | null {
  if (answer !== undefined && !answer.ok && answer.error.status === 404) return null;
  return bodyOf(answer, named);
}

function bodyOf<Body>(answer: BatchAnswer<Body> | undefined, named: Named): Body {
  if (answer === undefined) throw new Error("A batch has fewer answers than requests.");
  if (answer.ok) return answer.body;
  throw explainFailure(answer.error, { what: "users", permission: "User.Read.All", place: named.place });
}

function ambiguous(named: Named, users: readonly GraphUser[]): DirectoryError {
  const ids = users.map((user) => user.id).toSorted();
  return new DirectoryError({
    code: "user-ambiguous",
    summary: "Several users have this name",
    detail: `"${named.name}" is the address of ${users.length} users: ${ids.join(", ")}. Name the one that is meant by object id.`,
    place: named.place,
  });
}
