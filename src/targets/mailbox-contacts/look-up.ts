import type { GraphError, GraphGet, GraphReader } from "../../http/graph/graph.ts";
import type { ContactField } from "../../model/contact-fields.ts";
import type { LiveContact } from "../../model/contact.ts";
import { byCodeUnit } from "../../model/order.ts";
import type { Change } from "../../model/plan.ts";
import { toLiveContact } from "./convert.ts";
import { contactPath, contactsPath, immutableIds, laneOf } from "./graph-contact.ts";
import type { GraphContact } from "./graph-contact.ts";
import { expandMarkers, keyFilter } from "./markers.ts";
import { mailboxProblem } from "./problems.ts";
import { readBook } from "./read-book.ts";
import type { WritePlace } from "./requests.ts";
import { answerAt } from "./send-batch.ts";
import { selectOf } from "./select.ts";

/**
 * What the tenant holds for each change: for a create the contacts with its key and our owner, the oldest first;
 * else the contact itself, or nothing when it is gone. An error where that could not be read.
 */
export type Findings = ReadonlyMap<Change, readonly LiveContact[] | GraphError>;

/** Up to so many changes, the contacts are asked for one by one (one batch); beyond that the book is read again. */
const fewChanges = 20;

export interface LookUp {
  readonly graph: GraphReader;
  readonly place: WritePlace;
  readonly fields: readonly ContactField[];
}

/**
 * The contacts that changes are about, as they are now.
 *
 * A book is read page by page and can shift meanwhile (see readBook), so that what was not found in a book of
 * several pages is looked up by itself.
 *
 * @throws {GraphError} when the book could not be read again
 */
export async function findCurrent(
  query: LookUp,
  changes: readonly Change[],
  signal: AbortSignal,
): Promise<Findings> {
  if (changes.length <= fewChanges) return lookUp(query, changes, signal);
  const { found, complete } = await findInBook(query, changes, signal);
  if (complete) return found;
  const missing = changes.filter((change) => !found.has(change));
  return new Map([...found, ...(await lookUp(query, missing, signal))]);
}

async function findInBook(
  { graph, place, fields }: LookUp,
  changes: readonly Change[],
  signal: AbortSignal,
): Promise<{ readonly found: Findings; readonly complete: boolean }> {
  const byName = new Map(changes.map((change) => [nameOf(change), change]));
  const found = new Map<Change, LiveContact[]>();
  const { book, folderId, owner } = place;
  let pages = 0;
  for await (const page of readBook(graph, book, { folderId, owner, fields }, signal)) {
    pages++;
    for (const contact of page) {
      const key = contact.marker?.owner === owner ? contact.marker.key : null;
      for (const name of [`id ${contact.id}`, `key ${key ?? ""}`]) {
        const change = byName.get(name);
        if (change !== undefined) found.set(change, oldestFirst([...(found.get(change) ?? []), contact]));
      }
    }
  }
  return { found, complete: pages <= 1 };
}

function nameOf(change: Change): string {
  return change.action === "create" ? `key ${change.key}` : `id ${change.live.id}`;
}

/**
 * The same, asked for one by one.
 *
 * @throws {GraphError} when no contact of the mailbox can be read
 */
export async function lookUp(
  query: LookUp,
  changes: readonly Change[],
  signal: AbortSignal,
): Promise<Findings> {
  if (changes.length === 0) return new Map();
  const requests = changes.map((change) => requestOf(change, query));
  const answers = await query.graph.getAll<GraphContact | { value: readonly GraphContact[] }>(
    requests,
    signal,
  );
  const found = new Map<Change, readonly LiveContact[] | GraphError>();
  for (const [index, change] of changes.entries()) {
    const answer = answerAt(answers, index);
    if (answer.ok) found.set(change, contactsOf(answer.body, change, query));
    else found.set(change, isGone(answer.error) ? [] : answer.error);
  }
  return found;
}

function requestOf(change: Change, { place, fields }: LookUp): GraphGet {
  const { book, folderId } = place;
  const options = `${selectOf(fields)}&${expandMarkers}`;
  const url =
    change.action === "create"
      ? `${contactsPath(book, folderId)}?${keyFilter(change.key)}&${options}&$top=100`
      : `${contactPath(book, change.live.id)}?${options}`;
  return { url, lane: laneOf(book), headers: immutableIds };
}

function contactsOf(
  body: GraphContact | { readonly value: readonly GraphContact[] },
  change: Change,
  { place, fields }: LookUp,
): readonly LiveContact[] {
  if (change.action !== "create") return [toLiveContact(body as GraphContact, fields)]; // asked for by id
  const { value } = body as { readonly value: readonly GraphContact[] }; // asked for by filter
  const contacts = value.map((item) => toLiveContact(item, fields));
  // The service compares keys whatever their case, and other owners may have the same.
  return oldestFirst(
    contacts.filter(({ marker }) => marker?.key === change.key && marker.owner === place.owner),
  );
}

/** Whether the answer says that this contact is not there, and not that there is no mailbox. */
export function isGone(error: GraphError): boolean {
  return error.status === 404 && mailboxProblem(error) === null;
}

function oldestFirst(contacts: readonly LiveContact[]): LiveContact[] {
  return contacts.toSorted(
    (one, other) => byCodeUnit(one.createdAt, other.createdAt) || byCodeUnit(one.id, other.id),
  );
}
