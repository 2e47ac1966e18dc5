import { answerAt } from "../http/graph/answer-at.ts";
import { getCollections } from "../http/graph/get-collections.ts";
import type { BatchAnswer, GraphGet, GraphReader } from "../http/graph/graph.ts";
import { isObjectId, sameText } from "../http/graph/names.ts";
import { isNotFound } from "../http/graph/not-found.ts";
import { encode, literal } from "../http/graph/odata.ts";
import type { Named } from "../model/config.ts";
import { DirectoryError, explainFailure } from "./directory-error.ts";
import { smtpAddresses } from "./person-parts.ts";
import { userSelect } from "./users.ts";
import type { GraphUser } from "./users.ts";

const reading = { what: "users", permission: "User.Read.All" } as const;

/** The ways to name a user other than by object id, in the order in which they are tried. */
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
 * Finds users by object id, user principal name, mail address or proxy address, in batches and in the order of the
 * names; null for a name that no user has.
 *
 * @throws {DirectoryError} when several users have one of the names
 * @throws {DirectoryError} when Graph failed
 */
export async function findUsers(
  graph: GraphReader,
  names: readonly Named[],
  signal: AbortSignal,
): Promise<readonly (GraphUser | null)[]> {
  const found = names.map((): GraphUser | null => null);
  const ids = [...names.entries()].filter(([, { name }]) => isObjectId(name));
  const byId = await asked(() => {
    const urls = ids.map(([, { name }]) => `/users/${encode(name)}?$select=${userSelect}`);
    return urls.length === 0 ? [] : graph.getAll<GraphUser>(urls.map(toDirectory), signal);
  });
  for (const [at, [index, named]] of ids.entries()) found[index] = userById(answerAt(byId, at), named);

  let open = [...names.entries()].filter(([, { name }]) => !isObjectId(name));
  for (const naming of namings) {
    if (open.length === 0) break;
    const answers = await asked(() => {
      const urls = open.map(([, { name }]) => `/users?$filter=${naming.filter(name)}&$select=${userSelect}`);
      return getCollections<GraphUser>(graph, urls.map(toDirectory), signal);
    });
    for (const [at, [index, named]] of open.entries()) {
      const users = bodyOf(answerAt(answers, at), named).filter((user) => naming.fits(user, named.name));
      if (users.length > 1) throw ambiguous(named, users);
      found[index] = users[0] ?? null;
    }
    open = open.filter(([index]) => found[index] === null);
  }
  return found;
}

function toDirectory(url: string): GraphGet {
  return { url, lane: "directory" };
}

async function asked<Answers>(ask: () => Answers | Promise<Answers>): Promise<Answers> {
  try {
    return await ask();
  } catch (error) {
    throw explainFailure(error, { ...reading, place: null });
  }
}

/** Null only when the directory itself reports that the user does not exist. */
function userById(answer: BatchAnswer<GraphUser>, named: Named): GraphUser | null {
  return !answer.ok && isNotFound(answer.error) ? null : bodyOf(answer, named);
}

function bodyOf<Body>(answer: BatchAnswer<Body>, named: Named): Body {
  if (answer.ok) return answer.body;
  throw explainFailure(answer.error, { ...reading, place: named.place });
}

function ambiguous(named: Named, users: readonly GraphUser[]): DirectoryError {
  const ids = users.map((user) => user.id).toSorted();
  return new DirectoryError({
    code: "user-ambiguous",
    summary: "Several users have this name",
    detail: `"${named.name}" is the address of ${users.length} users: ${ids.join(", ")}. Use the object id of the intended user.`,
    place: named.place,
  });
}
