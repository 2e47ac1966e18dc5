import { nameOf } from "../tenant/exchange-properties.ts";
import { directoryKinds, textOf } from "../tenant/tenant.ts";
import type { Contact, DirectoryKind, Entry, Mailbox, TenantState } from "../tenant/tenant.ts";
import { SandboxEditError } from "./sandbox-edit-error.ts";

/** Finds a user by id, user principal name or mail address. @throws {SandboxEditError} */
export function userNamed(state: TenantState, name: string): Entry {
  const user = entryNamed(state, "user", name);
  if (user !== null) return user;
  throw new SandboxEditError(`The tenant has no user ${name}.`);
}

/** Finds a group by id, mail address or display name. @throws {SandboxEditError} */
export function groupNamed(state: TenantState, name: string): Entry {
  const group = entryNamed(state, "group", name);
  if (group !== null) return group;
  throw new SandboxEditError(`The tenant has no group ${name}.`);
}

/** Finds a possible group member: a user, group or organizational contact. @throws {SandboxEditError} */
export function memberNamed(state: TenantState, name: string): Entry {
  for (const kind of ["user", "group", "orgContact"] as const) {
    const entry = entryNamed(state, kind, name);
    if (entry !== null) return entry;
  }
  throw new SandboxEditError(`The tenant has no user, group or organizational contact ${name}.`);
}

/**
 * Finds a mail contact by address, alias, name, display name or id. @throws {SandboxEditError} when none or several
 * match
 */
export function mailContactNamed(state: TenantState, name: string): Entry {
  const sought = name.toLowerCase();
  const found = [...state.orgContacts.values()].filter((entry) =>
    [entry.id, entry["mail"], entry["mailNickname"], entry["displayName"], nameOf(entry)].some(
      (one) => textOf(one).toLowerCase() === sought,
    ),
  );
  const [entry] = found;
  if (entry !== undefined && found.length === 1) return entry;
  const addresses = found.map((one) => textOf(one["mail"])).join(", ");
  throw new SandboxEditError(
    found.length === 0
      ? `The tenant has no mail contact ${name}.`
      : `The tenant has ${found.length} mail contacts named ${name}; use one of these addresses instead: ${addresses}.`,
  );
}

function entryNamed(state: TenantState, kind: DirectoryKind, name: string): Entry | null {
  const sought = name.toLowerCase();
  const properties =
    kind === "user" ? ["userPrincipalName", "mail"] : kind === "group" ? ["mail", "displayName"] : ["mail"];
  for (const entry of state[directoryKinds[kind]].values()) {
    const names = [entry.id, ...properties.map((property) => entry[property])];
    if (names.some((one) => typeof one === "string" && one.toLowerCase() === sought)) return entry;
  }
  return null;
}

/** Finds the mailbox of a user. @throws {SandboxEditError} */
export function mailboxNamedBy(state: TenantState, name: string): Mailbox {
  const mailbox = state.mailboxes.get(userNamed(state, name).id);
  if (mailbox !== undefined) return mailbox;
  throw new SandboxEditError(`${name} has no mailbox.`);
}

/** Finds a contact by id or display name. @throws {SandboxEditError} when none or several match */
export function contactNamed(mailbox: Mailbox, name: string): Contact {
  const byId = mailbox.contacts.get(name);
  if (byId !== undefined) return byId;
  const found = [...mailbox.contacts.values()].filter((contact) => contact["displayName"] === name);
  const [contact] = found;
  if (contact !== undefined && found.length === 1) return contact;
  const ids = found.map(({ id }) => id).join(", ");
  throw new SandboxEditError(
    found.length === 0
      ? `The mailbox has no contact named ${name}.`
      : `The mailbox has ${found.length} contacts named ${name}; use one of these ids instead: ${ids}.`,
  );
}
