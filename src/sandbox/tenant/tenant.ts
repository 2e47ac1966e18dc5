import type { ExchangeSettings } from "./exchange-settings.ts";

/**
 * What a sandbox tenant is made of, in memory and in its file alike. Properties have Graph's names; what is empty
 * is left out. Entries are never changed in place: a write replaces them.
 */

export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}

/** Whether a value is an object, hence neither null nor a list. */
export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The text that a property holds; "" where it holds none. */
export function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

/** An object of the directory: a user, a group, an organizational contact. */
export interface Entry {
  readonly id: string;
  /** Of users and organizational contacts: id of the manager. */
  readonly manager?: string;
  /** Of groups: ids of users, organizational contacts and groups. */
  readonly members?: readonly string[];
  /** What Exchange alone knows of it, by Exchange's names; see exchange-properties.ts. */
  readonly exchange?: JsonObject;
  readonly [property: string]: Json | undefined;
}

export interface Photo {
  readonly contentType: string;
  readonly width: number;
  readonly height: number;
  readonly base64: string;
}

/** A folder of contacts; the default folder is none of them. */
export interface Folder {
  readonly id: string;
  readonly displayName: string;
  /** Id of the folder that it is in; absent right below the default folder. */
  readonly parent?: string;
  /** True for a folder that Exchange knows and does not list. */
  readonly hidden?: boolean;
  /** Named properties: `String {guid} Name name` → value. */
  readonly extendedProperties?: Readonly<Record<string, string>>;
}

/** A contact in a mailbox; besides these, Graph's properties of a contact. */
export interface Contact {
  readonly id: string;
  /** Absent in the default folder. */
  readonly folder?: string;
  /** Counts the writes. */
  readonly version: number;
  readonly createdDateTime: string;
  readonly lastModifiedDateTime: string;
  readonly extendedProperties?: Readonly<Record<string, string>>;
  readonly photo?: Photo;
  readonly [property: string]: Json | Photo | undefined;
}

/** Why a mailbox that exists cannot be used, for practice: every request about it is refused. */
export const mailboxProblems = ["access-denied", "moving", "full"] as const;
export type MailboxProblem = (typeof mailboxProblems)[number];

export interface Mailbox {
  /** Id of its user. */
  readonly user: string;
  readonly problem: MailboxProblem | null;
  /** How many contacts lie in Deleted Items. */
  readonly deleted: number;
  readonly folders: Map<string, Folder>;
  readonly contacts: Map<string, Contact>;
}

/** Kinds of directory objects, each with the name of its list in the file. */
export const directoryKinds = { user: "users", group: "groups", orgContact: "orgContacts" } as const;
export type DirectoryKind = keyof typeof directoryKinds;

/** Everything in a tenant. Only `applyChange` changes it. */
export interface TenantState {
  readonly tenantId: string;
  /** Initial domain, e.g. `contoso.onmicrosoft.com`. */
  readonly organization: string;
  readonly displayName: string;
  /** What its file says of how Exchange behaves. */
  readonly exchange: Partial<ExchangeSettings>;
  readonly users: Map<string, Entry>;
  readonly groups: Map<string, Entry>;
  readonly orgContacts: Map<string, Entry>;
  /** By id of the user. */
  readonly photos: Map<string, Photo>;
  /** By id of the user. */
  readonly mailboxes: Map<string, Mailbox>;
}

/** One step of a write, whole values, so that doing it twice is the same as once. */
export type Change =
  | { readonly put: DirectoryKind; readonly value: Entry }
  | { readonly drop: DirectoryKind; readonly id: string }
  | { readonly put: "photo"; readonly user: string; readonly value: Photo | null }
  | {
      readonly put: "mailbox";
      readonly user: string;
      readonly problem: MailboxProblem | null;
      readonly deleted: number;
    }
  | { readonly drop: "mailbox"; readonly user: string }
  | { readonly put: "folder"; readonly user: string; readonly value: Folder }
  | { readonly drop: "folder"; readonly user: string; readonly id: string }
  | { readonly put: "contact"; readonly user: string; readonly value: Contact }
  | { readonly drop: "contact"; readonly user: string; readonly id: string };

/** Makes a change in memory; one about a mailbox that is gone does nothing. */
export function applyChange(state: TenantState, change: Change): void {
  if ("drop" in change) applyDrop(state, change);
  else applyPut(state, change);
}

function applyPut(state: TenantState, change: Extract<Change, { put: string }>): void {
  switch (change.put) {
    case "user":
    case "group":
    case "orgContact":
      state[directoryKinds[change.put]].set(change.value.id, change.value);
      return;
    case "photo":
      if (change.value === null) state.photos.delete(change.user);
      else state.photos.set(change.user, change.value);
      return;
    case "mailbox": {
      const { user, problem, deleted } = change;
      const known = state.mailboxes.get(user);
      const { folders, contacts } = known ?? { folders: new Map(), contacts: new Map() };
      state.mailboxes.set(user, { user, problem, deleted, folders, contacts });
      return;
    }
    case "folder":
      state.mailboxes.get(change.user)?.folders.set(change.value.id, change.value);
      return;
    case "contact":
      state.mailboxes.get(change.user)?.contacts.set(change.value.id, change.value);
      return;
  }
}

function applyDrop(state: TenantState, change: Extract<Change, { drop: string }>): void {
  switch (change.drop) {
    case "user":
    case "group":
    case "orgContact":
      state[directoryKinds[change.drop]].delete(change.id);
      return;
    case "mailbox":
      state.mailboxes.delete(change.user);
      return;
    case "folder":
      state.mailboxes.get(change.user)?.folders.delete(change.id);
      return;
    case "contact":
      state.mailboxes.get(change.user)?.contacts.delete(change.id);
      return;
  }
}
