import { deletedChange } from "../../tenant/deleted-items.ts";
import type { Contact } from "../../tenant/tenant.ts";
import { methodNotAllowed, noSuchSegment } from "../../wire/graph-problem.ts";
import { jsonBody } from "../../wire/json-body.ts";
import { jsonAnswer, noContent } from "../../wire/wire.ts";
import type { WireAnswer } from "../../wire/wire.ts";
import { photoAnswer, uploadedPhoto } from "../photos.ts";
import { parseQuery } from "../query.ts";
import { contactRenderer } from "./contact-json.ts";
import { createdContact, updatedContact } from "./contact-writes.ts";
import { contactFilter, contactOrder } from "./filters.ts";
import { contactOf, expanded, pageJson, selected } from "./request.ts";
import type { MailboxRequest } from "./request.ts";

/**
 * Answers requests for the contacts of one folder.
 *
 * @param folder - null for the default folder
 * @param rest - the path segments after `/contacts`
 * @throws {GraphProblem}
 */
export function contactsAnswer(
  request: MailboxRequest,
  folder: string | null,
  rest: readonly string[],
): WireAnswer {
  const [id, ...below] = rest;
  if (id === undefined) {
    if (request.method === "GET") return listContacts(request, folder);
    if (request.method === "POST") return createContact(request, folder);
    throw methodNotAllowed();
  }
  if (id === "delta" || id === "$count") throw noSuchSegment(id);
  const contact = contactOf(request, id);
  const [part] = below;
  if (part === undefined) return oneContact(request, contact);
  if (part === "photo") return contactPhoto(request, contact, below);
  throw noSuchSegment(part);
}

function listContacts(request: MailboxRequest, folder: string | null): WireAnswer {
  const query = parseQuery(request.search, [
    "$select",
    "$expand",
    "$filter",
    "$orderby",
    "$top",
    "$skip",
    "$count",
  ]);
  const shape = { select: selected("contact", query), expand: expanded(query), immutable: request.immutable };
  const render = contactRenderer(shape);
  const matches = query.filter === null ? null : contactFilter(query.filter);
  const found = contactsIn(request, folder, matches);
  const ordered = query.orderby.length > 0 ? [...found].toSorted(contactOrder(query.orderby)) : found;
  return jsonAnswer(
    200,
    pageJson(request, query, ordered, (contact) => render(contact, request.tag)),
  );
}

function* contactsIn(
  { mailbox }: MailboxRequest,
  folder: string | null,
  matches: ((contact: Contact) => boolean) | null,
): Iterable<Contact> {
  for (const contact of mailbox.contacts.values()) {
    if ((contact.folder ?? null) === folder && (matches === null || matches(contact))) yield contact;
  }
}

function createContact(request: MailboxRequest, folder: string | null): WireAnswer {
  parseQuery(request.search, []);
  const { store, mailbox, at } = request;
  const body = jsonBody(request);
  const id = `c${store.nextNumber()}`;
  const contact = createdContact(body, { id, folder, at });
  store.commit([{ put: "contact", user: mailbox.user, value: contact }]);
  return wholeContact(request, contact, 201);
}

function oneContact(request: MailboxRequest, contact: Contact): WireAnswer {
  const { method, store, mailbox } = request;
  if (method === "GET") {
    const query = parseQuery(request.search, ["$select", "$expand"]);
    const shape = {
      select: selected("contact", query),
      expand: expanded(query),
      immutable: request.immutable,
    };
    return contactAnswer(request, 200, contactRenderer(shape)(contact, request.tag));
  }
  parseQuery(request.search, []);
  if (method === "PATCH") {
    const changed = updatedContact(contact, jsonBody(request), request.at);
    store.commit([{ put: "contact", user: mailbox.user, value: changed }]);
    return wholeContact(request, changed, 200);
  }
  if (method !== "DELETE") throw methodNotAllowed();
  store.commit([{ drop: "contact", user: mailbox.user, id: contact.id }, deletedChange(mailbox, 1)]);
  return noContent;
}

/** An answer to a write has all properties except the named ones, whatever was written. */
function wholeContact(request: MailboxRequest, contact: Contact, status: number): WireAnswer {
  const shape = { select: null, expand: [], immutable: request.immutable };
  return contactAnswer(request, status, contactRenderer(shape)(contact, request.tag));
}

function contactAnswer({ root, mailbox }: MailboxRequest, status: number, json: string): WireAnswer {
  const context = `${root}/$metadata#users('${mailbox.user}')/contacts/$entity`;
  return jsonAnswer(status, `{"@odata.context":${JSON.stringify(context)},${json}}`);
}

function contactPhoto(request: MailboxRequest, contact: Contact, path: readonly string[]): WireAnswer {
  if (request.method === "GET") return photoAnswer(contact.photo, request, path);
  if (path[1] !== "$value" || path.length !== 2) throw methodNotAllowed();
  if (request.method !== "PUT" && request.method !== "PATCH") throw methodNotAllowed();
  parseQuery(request.search, []);
  const photo = uploadedPhoto(request);
  const value = { ...contact, photo, version: contact.version + 1, lastModifiedDateTime: request.at };
  request.store.commit([{ put: "contact", user: request.mailbox.user, value }]);
  return { status: 200, headers: {}, body: null };
}
