import { groupMembers } from "../directory/groups.ts";
import { readManagers } from "../directory/managers.ts";
import type { Manager } from "../directory/managers.ts";
import { orgContactPerson, orgContactSelect } from "../directory/org-contacts.ts";
import type { GraphOrgContact } from "../directory/org-contacts.ts";
import { readAll } from "../directory/read-all.ts";
import type { ExchangeReader } from "../http/exchange/exchange.ts";
import type { GraphReader } from "../http/graph/graph.ts";
import { advancedQuery, encode } from "../http/graph/odata.ts";
import type { OrgContactsSource } from "../model/config.ts";
import type { Person } from "../model/person.ts";
import { SourceError } from "../model/source.ts";
import type { Source } from "../model/source.ts";
import { chooseByGroups } from "./group-choice.ts";
import type { GroupChoice } from "./group-choice.ts";
import { unmetRequirement } from "./requirements.ts";
import { asSource } from "./source-errors.ts";
import { hiddenByExchange } from "./visibility.ts";

interface World {
  readonly graph: GraphReader;
  /** Lower-case GUID. */
  readonly tenantId: string;
  /** Whether managers are needed; they take a second read of all contacts. Default: true. */
  readonly managers?: boolean;
  /** Used only with `hiddenFrom: exchange`. */
  readonly exchange?: () => ExchangeReader;
}

/** Creates a source of a tenant's organizational contacts. */
export function orgContactsSource(config: OrgContactsSource, world: World): Source {
  return { people: (signal) => asSource(people(config, world, signal), config.place, signal) };
}

async function* people(config: OrgContactsSource, world: World, signal: AbortSignal): AsyncIterable<Person> {
  if (config.hiddenFrom === "graph" && config.require.includes("visible")) throw visibilityUnknown(config);
  const { graph } = world;
  const choice = await chooseByGroups(graph, config.groups, "org-contact", signal);
  const isHidden = await hiddenByExchange(config, world.exchange, signal);
  const managers: ReadonlyMap<string, Manager> =
    world.managers === false ? new Map() : await readManagers(graph, "org-contacts", config.place, signal);

  const origin = { tenantId: world.tenantId, tenant: config.tenant, source: config.name };
  const seen = new Set<string>();
  for await (const contact of candidates(config, graph, choice, signal)) {
    if (seen.has(contact.id) || !choice.admits(contact.id)) continue;
    seen.add(contact.id);
    const known = orgContactPerson(contact, origin);
    const person: Person = {
      ...known,
      hidden: isHidden?.(known) ?? known.hidden,
      ...managers.get(contact.id),
      groups: choice.groupsOf(contact.id),
    };
    if (unmetRequirement(person, config.require) === null) yield person;
  }
}

async function* candidates(
  config: OrgContactsSource,
  graph: GraphReader,
  choice: GroupChoice,
  signal: AbortSignal,
): AsyncIterable<GraphOrgContact> {
  if (choice.included.length > 0 && config.filter === "") {
    for (const group of choice.included) yield* groupMembers(graph, group, "org-contact", signal);
    return;
  }
  const base = `/contacts?$select=${orgContactSelect}&$top=999`;
  const request =
    config.filter === ""
      ? { url: base }
      : { url: `${base}&$filter=${encode(config.filter)}&$count=true`, headers: advancedQuery };
  const { place, filterPlace } = config;
  const filterPart = filterPlace === undefined ? {} : { filterPlace };
  const what = "organizational contacts";
  const reading = { what, permission: "OrgContact.Read.All", place, ...filterPart };
  for await (const page of readAll<GraphOrgContact>(graph, request, reading, signal)) yield* page;
}

function visibilityUnknown(config: OrgContactsSource): SourceError {
  return new SourceError({
    code: "visibility-unknown",
    summary: "Graph does not say which organizational contacts are hidden",
    detail:
      "The source requires `visible`, but Graph has no such property for organizational contacts, so hidden ones would be shown. Set `hiddenFrom: exchange`, or remove `visible` from `require` and exclude contacts by group or `where`.",
    place: config.place,
  });
}
