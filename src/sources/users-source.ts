import { groupMembers } from "../directory/groups.ts";
import { readManagers } from "../directory/managers.ts";
import type { Manager } from "../directory/managers.ts";
import { readAll } from "../directory/read-all.ts";
import { toPerson, userSelect } from "../directory/users.ts";
import type { GraphUser } from "../directory/users.ts";
import type { ExchangeReader } from "../http/exchange/exchange.ts";
import type { GraphGet, GraphReader } from "../http/graph/graph.ts";
import { advancedQuery, encode } from "../http/graph/odata.ts";
import type { UsersSource } from "../model/config.ts";
import type { Person } from "../model/person.ts";
import type { Source } from "../model/source.ts";
import { chooseByGroups } from "./group-choice.ts";
import type { GroupChoice } from "./group-choice.ts";
import { inPages } from "./in-pages.ts";
import { photoFingerprints } from "./photo-fingerprints.ts";
import { unmetRequirement } from "./requirements.ts";
import { asSource } from "./source-errors.ts";
import { hiddenByExchange } from "./visibility.ts";

interface World {
  readonly graph: GraphReader;
  /** Lower-case GUID. */
  readonly tenantId: string;
  /** Whether photos are needed; their fingerprints take one request for each user. */
  readonly photos: boolean;
  /** Whether managers are needed; they take a second read of all users. Default: true. */
  readonly managers?: boolean;
  /** Used only with `hiddenFrom: exchange`. */
  readonly exchange?: () => ExchangeReader;
}

/** Creates a source of a tenant's users, members and guests. */
export function usersSource(config: UsersSource, world: World): Source {
  return { people: (signal) => asSource(people(config, world, signal), config.place, signal) };
}

async function* people(config: UsersSource, world: World, signal: AbortSignal): AsyncIterable<Person> {
  const wanted = wantedUsers(config, world, signal);
  yield* world.photos ? withPhotos(wanted, config, world.graph, signal) : wanted;
}

async function* withPhotos(
  users: AsyncIterable<Person>,
  config: UsersSource,
  graph: GraphReader,
  signal: AbortSignal,
): AsyncIterable<Person> {
  for await (const page of inPages(users, 500)) {
    const ids = page.map((person) => person.id);
    const photos = await photoFingerprints(graph, ids, config.place, signal);
    yield* page.map((person, at) => ({ ...person, photo: photos[at] ?? "" }));
  }
}

async function* wantedUsers(config: UsersSource, world: World, signal: AbortSignal): AsyncIterable<Person> {
  const { graph } = world;
  const choice = await chooseByGroups(graph, config.groups, "user", signal);
  const isHidden = await hiddenByExchange(config, world.exchange, signal);
  const managers: ReadonlyMap<string, Manager> =
    world.managers === false ? new Map() : await readManagers(graph, "users", config.place, signal);

  const origin = { tenantId: world.tenantId, tenant: config.tenant, source: config.name };
  const seen = new Set<string>();
  for await (const user of candidates(config, graph, choice, signal)) {
    if (seen.has(user.id) || !choice.admits(user.id)) continue;
    seen.add(user.id);
    const known = toPerson(user, origin);
    const person: Person = {
      ...known,
      hidden: isHidden?.(known) ?? known.hidden,
      ...managers.get(user.id),
      groups: choice.groupsOf(user.id),
    };
    if (isWanted(person, config)) yield person;
  }
}

/** Reads a superset of the selected users; the selection itself happens in galops, however Graph applied the query. */
async function* candidates(
  config: UsersSource,
  graph: GraphReader,
  choice: GroupChoice,
  signal: AbortSignal,
): AsyncIterable<GraphUser> {
  // Only Graph can evaluate the config's filter, so a source with a filter uses the one query that is sure to apply it.
  if (choice.included.length > 0 && config.filter === "") {
    for (const group of choice.included) yield* groupMembers(graph, group, "user", signal);
    return;
  }
  const { place, filterPlace } = config;
  const filterPart = filterPlace === undefined ? {} : { filterPlace };
  const reading = { what: "users", permission: "User.Read.All", place, ...filterPart };
  for await (const page of readAll<GraphUser>(graph, usersQuery(config), reading, signal)) yield* page;
}

function usersQuery(config: UsersSource): Pick<GraphGet, "url" | "headers"> {
  const clauses = config.require.includes("enabled") ? ["accountEnabled eq true"] : [];
  // There is no such clause for members: their userType may be null, and `ne` would need an advanced query.
  if (config.types.length === 1 && config.types[0] === "guest") clauses.push("userType eq 'Guest'");
  if (config.filter !== "") clauses.push(`(${config.filter})`);
  const filter = clauses.length === 0 ? "" : `&$filter=${encode(clauses.join(" and "))}`;
  const url = `/users?$select=${userSelect}&$top=999${filter}`;
  return config.filter === "" ? { url } : { url: `${url}&$count=true`, headers: advancedQuery };
}

function isWanted(person: Person, config: UsersSource): boolean {
  const type = person.kind === "guest" ? "guest" : "member";
  return config.types.includes(type) && unmetRequirement(person, config.require) === null;
}
