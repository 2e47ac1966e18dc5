import { propertyType } from "../../odata/edm.ts";
import { deletedChange } from "../../tenant/deleted-items.ts";
import type { Change, Folder, JsonObject } from "../../tenant/tenant.ts";
import {
  GraphProblem,
  invalidProperty,
  methodNotAllowed,
  noSuchSegment,
  notModelled,
  requestBodyRead,
} from "../../wire/graph-problem.ts";
import { jsonBody } from "../../wire/json-body.ts";
import { jsonAnswer, noContent } from "../../wire/wire.ts";
import type { WireAnswer } from "../../wire/wire.ts";
import { parseQuery } from "../query.ts";
import { contactsAnswer } from "./contacts.ts";
import { expandedJson, mergedProperties } from "./extended-properties.ts";
import { folderFilter } from "./filters.ts";
import { shownId } from "./item-ids.ts";
import { expanded, folderIdOf, pageJson, selected } from "./request.ts";
import type { MailboxRequest } from "./request.ts";

/**
 * Answers requests for contact folders. The default folder contains all others and is never listed.
 *
 * @param rest - the path segments after `/contactFolders`
 * @throws {GraphProblem}
 */
export function foldersAnswer(request: MailboxRequest, rest: readonly string[]): WireAnswer {
  const [shown, part, ...below] = rest;
  if (shown === undefined) return folderList(request, null);
  if (shown === "delta") throw noSuchSegment(shown);
  const id = folderIdOf(request, shown);
  if (part === undefined) return oneFolder(request, id);
  if (part === "contacts") return contactsAnswer(request, id, below);
  if (part === "childFolders" && below.length === 0) return folderList(request, id);
  throw noSuchSegment(part);
}

function folderList(request: MailboxRequest, parent: string | null): WireAnswer {
  if (request.method === "POST") return createFolder(request, parent);
  if (request.method !== "GET") throw methodNotAllowed();
  const query = parseQuery(request.search, ["$select", "$expand", "$filter", "$top", "$skip", "$count"]);
  const select = selected("contactFolder", query);
  const expand = expanded(query);
  const matches = query.filter === null ? null : folderFilter(query.filter);
  const folders = [...request.mailbox.folders.values()].filter(
    (folder) => isIn(folder, parent) && folder.hidden !== true && (matches === null || matches(folder)),
  );
  return jsonAnswer(
    200,
    pageJson(request, query, folders, (folder) => folderJson(request, folder, select, expand)),
  );
}

function isIn(folder: Folder, parent: string | null): boolean {
  return (folder.parent ?? null) === parent;
}

function folderJson(
  { tag }: MailboxRequest,
  folder: Folder | null,
  select: readonly string[] | null,
  expand: readonly string[],
): string {
  let json = `"id":"${shownId("folder", tag, folder?.id ?? "")}"`;
  if (select === null || select.includes("parentFolderId")) {
    const parent = folder === null ? "root" : (folder.parent ?? "");
    json += `,"parentFolderId":"${shownId("folder", tag, parent)}"`;
  }
  if (select === null || select.includes("displayName")) {
    json += `,"displayName":${JSON.stringify(folder?.displayName ?? "Contacts")}`;
  }
  return json + expandedJson(folder?.extendedProperties, expand);
}

function createFolder(request: MailboxRequest, parent: string | null): WireAnswer {
  parseQuery(request.search, []);
  const { store, mailbox } = request;
  const { displayName, extended } = folderBody(jsonBody(request));
  if (displayName === undefined)
    throw invalidProperty("The property 'DisplayName' is required when creating the entity.");
  checkName(request, displayName, parent, null);
  const folder: Folder = {
    id: `f${store.nextNumber()}`,
    displayName,
    ...(parent === null ? {} : { parent }),
    ...(extended === undefined ? {} : { extendedProperties: mergedProperties({}, extended) }),
  };
  store.commit([{ put: "folder", user: mailbox.user, value: folder }]);
  return folderAnswer(request, folder, 201);
}

function oneFolder(request: MailboxRequest, id: string | null): WireAnswer {
  const folder = id === null ? null : (request.mailbox.folders.get(id) ?? null);
  if (request.method === "GET") {
    const query = parseQuery(request.search, ["$select", "$expand"]);
    const select = selected("contactFolder", query);
    return folderAnswer(request, folder, 200, select, expanded(query));
  }
  parseQuery(request.search, []);
  if (folder === null) {
    throw new GraphProblem(
      403,
      "ErrorDeleteDistinguishedFolder",
      "Distinguished folders cannot be changed or deleted.",
    );
  }
  if (request.method === "PATCH") return updateFolder(request, folder);
  if (request.method === "DELETE") return deleteFolder(request, folder);
  throw methodNotAllowed();
}

function updateFolder(request: MailboxRequest, folder: Folder): WireAnswer {
  const { displayName = folder.displayName, extended } = folderBody(jsonBody(request));
  checkName(request, displayName, folder.parent ?? null, folder.id);
  const kept = folder.extendedProperties ?? {};
  const extendedProperties = extended === undefined ? kept : mergedProperties(kept, extended);
  const changed: Folder = { ...folder, displayName, extendedProperties };
  request.store.commit([{ put: "folder", user: request.mailbox.user, value: changed }]);
  return folderAnswer(request, changed, 200);
}

/** Deletes the folder with all nested folders and their contacts. */
function deleteFolder({ mailbox, store }: MailboxRequest, folder: Folder): WireAnswer {
  const gone = new Set([folder.id]);
  // A nested folder need not come after its parent, so repeat until no more are found.
  for (let known = 0; known < gone.size;) {
    known = gone.size;
    for (const { id, parent } of mailbox.folders.values())
      if (parent !== undefined && gone.has(parent)) gone.add(id);
  }
  const contacts = [...mailbox.contacts.values()].filter((contact) => gone.has(contact.folder ?? ""));
  const { user } = mailbox;
  const changes: readonly Change[] = [
    ...contacts.map(({ id }) => ({ drop: "contact", user, id }) as const),
    ...[...gone].map((id) => ({ drop: "folder", user, id }) as const),
    deletedChange(mailbox, contacts.length),
  ];
  store.commit(changes);
  return noContent;
}

function folderBody(body: JsonObject): {
  readonly displayName: string | undefined;
  readonly extended: JsonObject[string] | undefined;
} {
  const { singleValueExtendedProperties: extended, ...properties } = body;
  for (const [name, value] of Object.entries(properties)) {
    if (name === "@odata.type") continue;
    if (propertyType("contactFolder", name) === null) {
      throw requestBodyRead(`The property '${name}' does not exist on type 'microsoft.graph.contactFolder'.`);
    }
    if (name !== "displayName") throw notModelled(`writing ${name} of a folder`);
    if (typeof value !== "string") throw requestBodyRead("displayName must be a text.");
  }
  const { displayName } = properties;
  return { displayName: typeof displayName === "string" ? displayName : undefined, extended };
}

/** Checks that no sibling folder has the same name, including hidden ones. */
function checkName(
  { mailbox }: MailboxRequest,
  name: string,
  parent: string | null,
  self: string | null,
): void {
  if (name.trim() === "") throw invalidProperty("The name of a folder must not be empty.");
  for (const other of mailbox.folders.values()) {
    if (other.id === self || !isIn(other, parent)) continue;
    if (other.displayName.toLowerCase() !== name.toLowerCase()) continue;
    const message = `A folder with the specified name already exists., Could not create folder '${name}'.`;
    throw new GraphProblem(409, "ErrorFolderExists", message);
  }
}

function folderAnswer(
  request: MailboxRequest,
  folder: Folder | null,
  status: number,
  select: readonly string[] | null = null,
  expand: readonly string[] = [],
): WireAnswer {
  const context = `${request.root}/$metadata#users('${request.mailbox.user}')/contactFolders/$entity`;
  const json = folderJson(request, folder, select, expand);
  return jsonAnswer(status, `{"@odata.context":${JSON.stringify(context)},${json}}`);
}
