import { Buffer } from "node:buffer";
import { randomBytes } from "node:crypto";
import { contactJson, expandedMarks, filterScope, keptId, marksOf, writeContact } from "./contacts.ts";
import { findUser } from "./directory.ts";
import type { Request } from "./directory.ts";
import { hasProperty } from "./property-types.ts";
import { pageOf, parseQuery } from "./query.ts";
import { noSuchPath, Refusal } from "./replies.ts";
import type { Reply } from "./replies.ts";
import type { ContactState, FolderState } from "./state.ts";
import type { Mailbox, Store } from "./store.ts";

interface Place {
  readonly store: Store;
  readonly mailbox: Mailbox;
  readonly userId: string;
  readonly now: string;
  readonly immutable: boolean;
  readonly request: Request;
}

/** Contacts and contact folders of one mailbox. @throws {Refusal} */
export function mailboxReply(store: Store, request: Request, now: string): Reply {
  const [, name = "", collection = "", ...rest] = request.path;
  const { id: userId } = findUser(store.tenant, name);
  const mailbox = store.mailbox(userId);
  if (mailbox === undefined)
    throw new Refusal(
      404,
      "MailboxNotEnabledForRESTAPI",
      "The mailbox is either inactive, soft-deleted, or is hosted on-premise.",
    );
  const immutable = /IdType="ImmutableId"/i.test(request.headers.get("prefer") ?? "");
  const place: Place = { store, mailbox, userId, now, immutable, request };
  if (collection === "contacts") return contactsReply(place, null, rest);
  const [folderId, part, ...more] = rest;
  if (folderId === undefined) return foldersReply(place);
  const folder = mailbox.folders.get(folderId);
  if (folder === undefined) throw itemNotFound();
  if (part === undefined) return folderReply(place, folder);
  if (part === "contacts") return contactsReply(place, folder.id, more);
  if (part === "childFolders" && request.method === "GET") return { status: 200, body: { value: [] } };
  throw noSuchPath(part);
}

function contactsReply(place: Place, folder: string | null, rest: readonly string[]): Reply {
  const { request, mailbox } = place;
  const [id, part, ...more] = rest;
  if (id === undefined) {
    if (request.method === "GET") return listContacts(place, folder);
    if (request.method === "POST") return createContact(place, folder);
    throw new Refusal(
      405,
      "ErrorInvalidRequest",
      `Method '${request.method}' not allowed for 'Microsoft.OData.UriParser.NavigationPropertySegment'.`,
    );
  }
  const contact = mailbox.contacts.get(keptId(id));
  if (contact === undefined || (folder !== null && contact.folder !== folder)) throw itemNotFound();
  if (part === "photo") return photoReply(place, contact, more);
  if (part !== undefined) throw noSuchPath(part);
  switch (request.method) {
    case "GET": {
      const query = parseQuery(request.url.searchParams, isContactProperty, 1000);
      return { status: 200, body: contactJson(contact, query, place.immutable) };
    }
    case "PATCH":
      return saved(place, 200, { ...contact, ...writeContact(contact, request.body) });
    case "DELETE":
      place.store.commit({ mailbox: place.userId, deletedContact: contact.id });
      return { status: 204 };
    default:
      throw new Refusal(405, "ErrorInvalidRequest", "The OData request is not supported.");
  }
}

function isContactProperty(name: string): boolean {
  return hasProperty("contact", name);
}

function listContacts({ mailbox, request, immutable }: Place, folder: string | null): Reply {
  const query = parseQuery(request.url.searchParams, isContactProperty, 1000);
  const inFolder = [...mailbox.contacts.values()].filter((contact) => contact.folder === folder);
  const { filter } = query;
  const matching =
    filter === null ? inFolder : inFolder.filter((contact) => filter.matches(filterScope(contact)));
  const page = pageOf(matching, query, { url: request.url, size: 10, token: "$skip" });
  const next = page.nextLink === null ? "" : `"@odata.nextLink":${JSON.stringify(page.nextLink)},`;
  const items = page.items.map((contact) => contactJson(contact, query, immutable));
  return {
    status: 200,
    body: `{"@odata.context":"https://graph.microsoft.com/v1.0/$metadata#contacts",${next}"value":[${items.join(",")}]}`,
  };
}

function createContact(place: Place, folder: string | null): Reply {
  const id = `AAkALg${randomBytes(24).toString("base64url")}`;
  const empty = { id, folder, changeKey: "", createdDateTime: place.now, lastModifiedDateTime: place.now };
  return saved(place, 201, { ...empty, ...writeContact(null, place.request.body) });
}

function saved({ store, userId, now, immutable }: Place, status: number, contact: ContactState): Reply {
  const changed = { ...contact, changeKey: randomBytes(12).toString("base64url"), lastModifiedDateTime: now };
  store.commit({ mailbox: userId, contact: changed });
  // Extended properties are never given back by a write.
  return { status, body: contactJson(changed, { select: null, expand: "" }, immutable) };
}

function photoReply(place: Place, contact: ContactState, more: readonly string[]): Reply {
  const { request } = place;
  if (request.method === "GET") {
    if (contact.photo === undefined) throw new Refusal(404, "ImageNotFound", "The photo wasn't found.");
    if (more[0] !== "$value") return { status: 200, body: { "@odata.mediaContentType": "image/jpeg" } };
    return {
      status: 200,
      headers: { "content-type": "image/jpeg" },
      body: Buffer.from(contact.photo, "base64"),
    };
  }
  if (request.method !== "PUT" && request.method !== "PATCH")
    throw new Refusal(405, "ErrorInvalidRequest", "The OData request is not supported.");
  if (more[0] !== "$value" || !(request.body instanceof Uint8Array))
    throw new Refusal(400, "BadRequest", "A photo must be sent as bytes with the Content-Type image/jpeg.");
  const photo = Buffer.from(request.body).toString("base64");
  place.store.commit({
    mailbox: place.userId,
    contact: { ...contact, photo, changeKey: randomBytes(12).toString("base64url") },
  });
  return { status: 200 };
}

function foldersReply({ store, mailbox, userId, request }: Place): Reply {
  if (request.method === "GET") {
    const query = parseQuery(request.url.searchParams, isFolderProperty, 1000);
    const { filter } = query;
    const matching = [...mailbox.folders.values()].filter(
      (folder) => filter === null || filter.matches(folderScope(folder)),
    );
    const page = pageOf(matching, query, { url: request.url, size: 10, token: "$skip" });
    const value = page.items.map((folder) => shownFolder(folder, query.expand));
    return {
      status: 200,
      body: { ...(page.nextLink === null ? {} : { "@odata.nextLink": page.nextLink }), value },
    };
  }
  if (request.method !== "POST")
    throw new Refusal(405, "ErrorInvalidRequest", "The OData request is not supported.");
  const { displayName, extended } = folderBody(request.body);
  if (displayName === undefined) throw new Refusal(400, "ErrorInvalidProperty", "displayName is required.");
  if (
    displayName === "Contacts" ||
    [...mailbox.folders.values()].some(
      (folder) => folder.displayName.toLowerCase() === displayName.toLowerCase(),
    )
  ) {
    throw new Refusal(
      409,
      "ErrorFolderExists",
      `A folder with the specified name already exists., Could not create folder '${displayName}'.`,
    );
  }
  const folder = { id: `AAkFLD${randomBytes(24).toString("base64url")}`, displayName, extended };
  store.commit({ mailbox: userId, folder });
  // Ids of folders are constant as they are; there is no other kind of them.
  return { status: 201, body: shownFolder(folder, "") };
}

function isFolderProperty(name: string): boolean {
  return hasProperty("contactFolder", name);
}

/** What a filter sees of a folder. */
function folderScope({ displayName, extended }: FolderState): object {
  return {
    displayName,
    singleValueExtendedProperties: Object.entries(extended).map(([id, value]) => ({ id, value })),
  };
}

function folderReply({ store, mailbox, userId, request }: Place, folder: FolderState): Reply {
  if (request.method === "GET")
    return {
      status: 200,
      body: shownFolder(folder, parseQuery(request.url.searchParams, isFolderProperty, 1000).expand),
    };
  if (request.method === "DELETE") {
    for (const contact of mailbox.contacts.values()) {
      if (contact.folder === folder.id) store.commit({ mailbox: userId, deletedContact: contact.id });
    }
    store.commit({ mailbox: userId, deletedFolder: folder.id });
    return { status: 204 };
  }
  if (request.method !== "PATCH")
    throw new Refusal(405, "ErrorInvalidRequest", "The OData request is not supported.");
  const { displayName = folder.displayName, extended } = folderBody(request.body);
  const changed = { ...folder, displayName, extended: { ...folder.extended, ...extended } };
  store.commit({ mailbox: userId, folder: changed });
  return { status: 200, body: shownFolder(changed, "") };
}

function folderBody(body: unknown): {
  readonly displayName?: string;
  readonly extended: Readonly<Record<string, string>>;
} {
  const { singleValueExtendedProperties, ...rest } = (body ?? {}) as Record<string, unknown>;
  const unknown = Object.keys(rest).find((name) => name !== "displayName");
  if (unknown !== undefined)
    throw new Refusal(
      400,
      "RequestBodyRead",
      `The property '${unknown}' does not exist on type 'microsoft.graph.contactFolder'.`,
    );
  const extended = marksOf(singleValueExtendedProperties);
  return typeof rest["displayName"] === "string"
    ? { displayName: rest["displayName"], extended }
    : { extended };
}

function shownFolder(folder: FolderState, expand: string): object {
  const marks = expandedMarks(folder, expand);
  return {
    id: folder.id,
    parentFolderId: "default",
    displayName: folder.displayName,
    ...(marks.length === 0 ? {} : { singleValueExtendedProperties: marks }),
  };
}

function itemNotFound(): Refusal {
  return new Refusal(404, "ErrorItemNotFound", "The specified object was not found in the store.");
}
