import { createHash } from "node:crypto";
import { valueProblem } from "../odata/edm.ts";
import { mailboxProblems } from "../tenant/tenant.ts";
import type {
  Contact,
  Entry,
  Folder,
  Json,
  JsonObject,
  Mailbox,
  MailboxProblem,
  Photo,
} from "../tenant/tenant.ts";
import { asText, countAt, guidAt, listAt, objectAt, onlyKeys, TenantProblem, textAt } from "./json-shape.ts";
import type { JsonPath } from "./json-shape.ts";

/** @throws {TenantProblem} */
export function mailboxAt(json: Json, path: JsonPath, users: ReadonlyMap<string, Entry>): Mailbox {
  const written = objectAt(json, path);
  onlyKeys(written, path, ["user", "problem", "deleted", "folders", "contacts"]);
  const user = guidAt(written, "user", path);
  if (!users.has(user)) throw new TenantProblem([...path, "user"], `There is no user with the id ${user}.`);
  const folders = new Map<string, Folder>();
  for (const [index, item] of listAt(written, "folders", path).entries()) {
    const folder = folderAt(item, [...path, "folders", index]);
    if (folders.has(folder.id)) throw twice(folder.id, [...path, "folders", index, "id"]);
    folders.set(folder.id, folder);
  }
  for (const [index, { parent }] of [...folders.values()].entries()) {
    if (parent !== undefined && !folders.has(parent)) throw noFolder([...path, "folders", index, "parent"]);
  }
  const contacts = new Map<string, Contact>();
  for (const [index, item] of listAt(written, "contacts", path).entries()) {
    const contact = contactAt(item, [...path, "contacts", index], contacts);
    if (contact.folder !== undefined && !folders.has(contact.folder)) {
      throw noFolder([...path, "contacts", index, "folder"]);
    }
    contacts.set(contact.id, contact);
  }
  return {
    user,
    problem: problemAt(written, path),
    deleted: countAt(written, "deleted", path),
    folders,
    contacts,
  };
}

function problemAt(mailbox: JsonObject, path: JsonPath): MailboxProblem | null {
  if (mailbox["problem"] === undefined) return null;
  const problem = mailboxProblems.find((known) => known === mailbox["problem"]);
  if (problem !== undefined) return problem;
  throw new TenantProblem([...path, "problem"], `"problem" must be one of ${mailboxProblems.join(", ")}.`);
}

function folderAt(json: Json, path: JsonPath): Folder {
  const folder = objectAt(json, path);
  onlyKeys(folder, path, ["id", "displayName", "parent", "hidden", "extendedProperties"]);
  textAt(folder, "displayName", path);
  if (folder["parent"] !== undefined) textAt(folder, "parent", path);
  checkExtended(folder["extendedProperties"], path);
  // The other keys were checked above.
  return { ...folder, id: textAt(folder, "id", path) } as Folder;
}

/** Reads a contact. One that was written by hand may lack id, version and times; its generated id is reproducible. */
function contactAt(json: Json, path: JsonPath, known: ReadonlyMap<string, Contact>): Contact {
  const written = objectAt(json, path);
  const { folder, version, lastModifiedDateTime, createdDateTime, extendedProperties, photo, ...properties } =
    written;
  const problem = valueProblem("contact", properties);
  if (problem !== null) throw new TenantProblem([...path, ...problem.path], problem.message);
  if (folder !== undefined) asText(folder, [...path, "folder"]);
  checkExtended(extendedProperties, path);
  if (photo !== undefined) photoAt(photo, [...path, "photo"]);
  const id = written["id"] === undefined ? madeUpId(written, known) : textAt(written, "id", path);
  if (known.has(id)) throw twice(id, [...path, "id"]);
  return {
    ...written,
    id,
    version: version === undefined ? 1 : countAt(written, "version", path),
    createdDateTime: createdDateTime === undefined ? longAgo : textAt(written, "createdDateTime", path),
    lastModifiedDateTime:
      lastModifiedDateTime === undefined ? longAgo : textAt(written, "lastModifiedDateTime", path),
  };
}

const longAgo = "2026-01-01T00:00:00Z";

function madeUpId(contact: JsonObject, known: ReadonlyMap<string, Contact>): string {
  const base = `hand-${createHash("sha256").update(JSON.stringify(contact)).digest("hex").slice(0, 12)}`;
  let id = base;
  for (let copy = 2; known.has(id); copy++) id = `${base}-${copy}`;
  return id;
}

/** @throws {TenantProblem} */
export function photoAt(json: Json, path: JsonPath): Photo {
  const photo = objectAt(json, path);
  onlyKeys(photo, path, ["contentType", "width", "height", "base64"]);
  return {
    contentType: textAt(photo, "contentType", path),
    width: countAt(photo, "width", path),
    height: countAt(photo, "height", path),
    base64: textAt(photo, "base64", path),
  };
}

function checkExtended(json: Json | undefined, path: JsonPath): void {
  if (json === undefined) return;
  for (const [id, value] of Object.entries(objectAt(json, [...path, "extendedProperties"]))) {
    asText(value, [...path, "extendedProperties", id]);
  }
}

function twice(id: string, path: JsonPath): TenantProblem {
  return new TenantProblem(path, `The id ${id} is used twice in this mailbox.`);
}

function noFolder(path: JsonPath): TenantProblem {
  return new TenantProblem(path, "The mailbox has no folder with this id.");
}
