import type { ExchangeSettings } from "./exchange-settings.ts";

/**
 * The data of a sandbox tenant, in the same form in memory and in its file. Properties have Graph's names; empty ones
 * are left out. Entries are never modified in place: a write replaces them.
 */

export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}

/** Whether a value is an object, neither null nor a list. */
export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The value of a text property; "" when it has none. */
export function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

/** A directory object: a user, a group or an organizational contact. */
export interface Entry {
  readonly id: string;
  /** The manager's id, for users and organizational contacts. */
  readonly manager?: string;
  /** For groups: ids of users, organizational contacts and groups. */
  readonly members?: readonly string[];
  /** Properties that only Exchange has, by their Exchange names; see exchange-properties.ts. */
  readonly exchange?: JsonObject;
  readonly [property: string]: Json | undefined;
}

export interface Photo {
  readonly contentType: string;
  readonly width: number;
  readonly height: number;
  readonly base64: string;
}

/** A contact folder other than the default folder. */
export interface Folder {
  readonly id: string;
  readonly displayName: string;
  /** The id of the parent folder; absent for a child of the default folder. */
  readonly parent?: string;
  /** True for a folder that exists but is not listed. */
  readonly hidden?: boolean;
  /** Named properties: `String {guid} Name name` → value. */
  readonly extendedProperties?: Readonly<Record<string, string>>;
}

/** A contact in a mailbox; its other properties are Graph's. */
export interface Contact {
  readonly id: string;
  /** Absent in the default folder. */
  readonly folder?: string;
  /** Counts writes. */
  readonly version: number;
  readonly createdDateTime: string;
  readonly lastModifiedDateTime: string;
  readonly extendedProperties?: Readonly<Record<string, string>>;
  readonly photo?: Photo;
  readonly [property: string]: Json | Photo | undefined;
}

/** Simulated reasons for which a mailbox refuses every request. */
export const mailboxProblems = ["access-denied", "moving", "full"] as const;
export type MailboxProblem = (typeof mailboxProblems)[number];

export interface Mailbox {
  /** The id of its user. */
  readonly user: string;
  readonly problem: MailboxProblem | null;
  /** The number of contacts in Deleted Items. */
  readonly deleted: number;
  readonly folders: Map<string, Folder>;
  readonly contacts: Map<string, Contact>;
}

/** Kinds of directory objects, each with the name of its list in the file. */
export const directoryKinds = { user: "users", group: "groups", orgContact: "orgContacts" } as const;
export type DirectoryKind = keyof typeof directoryKinds;

/** All data of a tenant. Only `applyChange` modifies it. */
export interface TenantState {
  readonly tenantId: string;
  /** Initial domain, e.g. `contoso.onmicrosoft.com`. */
  readonly organization: string;
  readonly displayName: string;
  /** The settings of Exchange's behavior in the file. */
  readonly exchange: Partial<ExchangeSettings>;
  readonly users: Map<string, Entry>;
  readonly groups: Map<string, Entry>;
  readonly orgContacts: Map<string, Entry>;
  /** By id of the user. */
  readonly photos: Map<string, Photo>;
  /** By id of the user. */
  readonly mailboxes: Map<string, Mailbox>;
}

/** One step of a write. It contains whole values, so that applying it twice has the same effect as once. */
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

/** Applies a change in memory. A change to a mailbox that no longer exists has no effect. */
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
