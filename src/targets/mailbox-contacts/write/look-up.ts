import { answerAt } from "../../../http/graph/answer-at.ts";
import { getCollections } from "../../../http/graph/get-collections.ts";
import type { GraphError, GraphGet, GraphReader } from "../../../http/graph/graph.ts";
import type { ContactField } from "../../../model/contact-fields.ts";
import type { LiveContact } from "../../../model/contact.ts";
import { oldestFirst } from "../../../model/order.ts";
import type { Change, CreateChange, DeleteChange, UpdateChange } from "../../../model/plan.ts";
import { toLiveContact } from "../fields/convert.ts";
import { contactPath, immutableIds, laneOf } from "../graph-contact.ts";
import type { GraphContact } from "../graph-contact.ts";
import { expandMarkers, keyFilter } from "../markers.ts";
import { isItemGone } from "../problems.ts";
import type { WritePlace } from "./requests.ts";
import { selectOf } from "../fields/select.ts";
import { pathOf } from "../folders/where.ts";

/**
 * Contacts found for each change. For a create: the contacts with its key and our owner, the oldest first. Otherwise:
 * the contact itself, or nothing when it no longer exists. An error when they could not be read.
 */
export type Findings = ReadonlyMap<Change, Found>;
export type Found = readonly LiveContact[] | GraphError;

export interface LookUp {
  readonly graph: GraphReader;
  readonly place: WritePlace;
  readonly fields: readonly ContactField[];
}

/**
 * Reads the current contacts of changes, wherever the user has moved them. Each is requested separately, in one or two
 * batches.
 *
 * @param changes - at most 20
 * @throws {GraphError} when no contact of the mailbox can be read
 */
export async function lookUp(
  query: LookUp,
  changes: readonly Change[],
  signal: AbortSignal,
): Promise<Findings> {
  const creates = changes.filter((change) => change.action === "create");
  const others = changes.filter((change) => change.action !== "create");
  const byKey = await findByKey(query, creates, signal);
  const byId = await findById(query, others, signal);
  return new Map([...byKey, ...byId]);
}

async function findByKey(
  query: LookUp,
  creates: readonly CreateChange[],
  signal: AbortSignal,
): Promise<Findings> {
  const found = await contactsWithKeys(
    query,
    creates.map(({ key }) => key),
    signal,
  );
  return new Map(creates.map((change, index) => [change, found[index] ?? []]));
}

/**
 * Finds our contacts with these keys in the book's folder. Results are in the order of `keys`, each the oldest first.
 *
 * @throws {GraphError} when no contact of the mailbox can be read
 */
export async function contactsWithKeys(
  query: LookUp,
  keys: readonly string[],
  signal: AbortSignal,
): Promise<readonly Found[]> {
  const { book, where } = query.place;
  if (where.kind === "missing") return keys.map(() => []);
  const folder = pathOf(book, where);
  const requests = keys.map((key) => requestTo(`${folder}?${keyFilter(key)}&$top=100&`, query));
  const answers = await getCollections<GraphContact>(query.graph, requests, signal);
  return keys.map((key, index) => {
    const answer = answerAt(answers, index);
    if (answer.ok) return withKey(answer.body, key, query);
    // A folder that no longer exists contains nothing; the create will fail and report that.
    return where.kind === "folder" && isItemGone(answer.error) ? [] : answer.error;
  });
}

/** Selects exact matches: the service ignores case, and another owner may use the same key. */
function withKey(
  items: readonly GraphContact[],
  key: string,
  { place, fields }: LookUp,
): readonly LiveContact[] {
  const contacts = items.map((item) => toLiveContact(item, fields));
  return contacts
    .filter(({ marker }) => marker?.key === key && marker.owner === place.owner)
    .toSorted(oldestFirst);
}

async function findById(
  query: LookUp,
  changes: readonly (UpdateChange | DeleteChange)[],
  signal: AbortSignal,
): Promise<Findings> {
  if (changes.length === 0) return new Map();
  const { book } = query.place;
  const requests = changes.map(({ live }) => requestTo(`${contactPath(book, live.id)}?`, query));
  const answers = await query.graph.getAll<GraphContact>(requests, signal);
  const found = new Map<Change, Found>();
  for (const [index, change] of changes.entries()) {
    const answer = answerAt(answers, index);
    if (answer.ok) found.set(change, [toLiveContact(answer.body, query.fields)]);
    else found.set(change, isItemGone(answer.error) ? [] : answer.error);
  }
  return found;
}

function requestTo(url: string, { place, fields }: LookUp): GraphGet {
  const options = `${selectOf(fields)}&${expandMarkers}`;
  return { url: url + options, lane: laneOf(place.book), headers: immutableIds };
}
