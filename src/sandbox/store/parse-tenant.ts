import { valueProblem } from "../odata/edm.ts";
import { directoryKinds } from "../tenant/tenant.ts";
import type { DirectoryKind, Entry, Json, JsonObject, TenantState } from "../tenant/tenant.ts";
import { asText, countAt, guidAt, listAt, objectAt, onlyKeys, TenantProblem, textAt } from "./json-shape.ts";
import { checkExchangeValues, exchangeSettingsAt } from "./parse-exchange.ts";
import { mailboxAt, photoAt } from "./parse-mailbox.ts";

/** The version of the file format, in the key `galopsSandbox`. */
export const fileVersion = 1;

/** The contents of a tenant file. */
export interface ParsedTenant {
  readonly state: TenantState;
  /** How often the file was saved; a log belongs to one save. */
  readonly saved: number;
  /** The last number used in an id. */
  readonly lastNumber: number;
}

/** @throws {TenantProblem} for the first problem */
export function parseTenant(json: Json): ParsedTenant {
  const root = objectAt(json, []);
  if (root["galopsSandbox"] !== fileVersion) {
    const path = root["galopsSandbox"] === undefined ? [] : ["galopsSandbox"];
    const message = `This version of galops cannot read the file as a sandbox tenant: "galopsSandbox" must be ${fileVersion}.`;
    throw new TenantProblem(path, message);
  }
  onlyKeys(root, [], rootKeys);
  const state: TenantState = {
    tenantId: guidAt(root, "tenantId", []),
    organization: textAt(root, "organization", []),
    displayName: textAt(root, "displayName", []),
    exchange: root["exchange"] === undefined ? {} : exchangeSettingsAt(root["exchange"], ["exchange"]),
    users: entriesAt(root, "user"),
    groups: entriesAt(root, "group"),
    orgContacts: entriesAt(root, "orgContact"),
    photos: new Map(),
    mailboxes: new Map(),
  };
  checkUserNames(state);
  checkReferences(state);
  readPhotos(root, state);
  readMailboxes(root, state);
  return { state, saved: countAt(root, "saved", []), lastNumber: countAt(root, "lastNumber", []) };
}

const rootKeys = [
  "galopsSandbox",
  "saved",
  "lastNumber",
  "tenantId",
  "organization",
  "displayName",
  "exchange",
  "users",
  "groups",
  "orgContacts",
  "photos",
  "mailboxes",
];

function entriesAt(root: JsonObject, kind: DirectoryKind): Map<string, Entry> {
  const list = directoryKinds[kind];
  const entries = new Map<string, Entry>();
  for (const [index, item] of listAt(root, list, []).entries()) {
    const path = [list, index];
    const entry = objectAt(item, path);
    const id = guidAt(entry, "id", path);
    if (entries.has(id)) throw new TenantProblem([...path, "id"], `The id ${id} is used twice.`);
    const { manager, members, exchange, ...properties } = entry;
    const problem = valueProblem(kind, properties);
    if (problem !== null) throw new TenantProblem([...path, ...problem.path], problem.message);
    if (manager !== undefined && kind === "group") {
      throw new TenantProblem([...path, "manager"], "Groups have no manager.");
    }
    if (members !== undefined && kind !== "group") {
      throw new TenantProblem([...path, "members"], "Only groups have members.");
    }
    if (manager !== undefined) guidAt(entry, "manager", path);
    if (exchange !== undefined) checkExchangeValues(exchange, kind, [...path, "exchange"]);
    for (const [at, member] of listAt(entry, "members", path).entries())
      asText(member, [...path, "members", at]);
    entries.set(id, entry as Entry); // all of it was checked above
  }
  return entries;
}

function checkUserNames(state: TenantState): void {
  const seen = new Set<string>();
  for (const [index, user] of [...state.users.values()].entries()) {
    const name = user["userPrincipalName"];
    const path = ["users", index, "userPrincipalName"];
    if (typeof name !== "string" || name === "") {
      throw new TenantProblem(path.slice(0, 2), "Every user needs a userPrincipalName.");
    }
    if (seen.has(name.toLowerCase()))
      throw new TenantProblem(path, `Two users have the userPrincipalName ${name}.`);
    seen.add(name.toLowerCase());
  }
}

function checkReferences(state: TenantState): void {
  const isPerson = (id: string): boolean => state.users.has(id) || state.orgContacts.has(id);
  for (const kind of ["user", "orgContact"] as const) {
    for (const [index, { manager }] of [...state[directoryKinds[kind]].values()].entries()) {
      if (manager === undefined || isPerson(manager)) continue;
      const message = `There is no user or organizational contact with the id ${manager}.`;
      throw new TenantProblem([directoryKinds[kind], index, "manager"], message);
    }
  }
  for (const [index, { members = [] }] of [...state.groups.values()].entries()) {
    for (const [at, id] of members.entries()) {
      if (isPerson(id) || state.groups.has(id)) continue;
      const message = `There is no user, group or organizational contact with the id ${id}.`;
      throw new TenantProblem(["groups", index, "members", at], message);
    }
  }
}

function readPhotos(root: JsonObject, state: TenantState): void {
  for (const [user, photo] of Object.entries(objectAt(root["photos"] ?? {}, ["photos"]))) {
    const path = ["photos", user];
    if (!state.users.has(user)) throw new TenantProblem(path, `There is no user with the id ${user}.`);
    state.photos.set(user, photoAt(photo, path));
  }
}

function readMailboxes(root: JsonObject, state: TenantState): void {
  for (const [index, item] of listAt(root, "mailboxes", []).entries()) {
    const path = ["mailboxes", index];
    const mailbox = mailboxAt(item, path, state.users);
    if (state.mailboxes.has(mailbox.user)) {
      throw new TenantProblem([...path, "user"], `The user ${mailbox.user} has two mailboxes.`);
    }
    state.mailboxes.set(mailbox.user, mailbox);
  }
}
