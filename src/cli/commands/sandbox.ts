import path from "node:path";
import { harmless } from "../../render/harmless.ts";
import { companies } from "../../sandbox/companies/companies.ts";
import type { CompanyName } from "../../sandbox/companies/companies.ts";
import { createSandboxFile } from "../../sandbox/create.ts";
import { addContact, copyContact, deleteContact, editContact } from "../../sandbox/edit-contacts.ts";
import {
  addMember,
  addUser,
  disableUser,
  removeMember,
  removeUser,
  setUser,
} from "../../sandbox/edit-directory.ts";
import { addMailContact, removeMailContact, setMailContact } from "../../sandbox/edit-mail-contacts.ts";
import { contactsOf, mailboxesOf, mailContactsOf } from "../../sandbox/inspect.ts";
import type { ContactOverview } from "../../sandbox/inspect.ts";
import { SandboxEditError } from "../../sandbox/sandbox-edit-error.ts";
import { openStore } from "../../sandbox/store.ts";
import type { Store } from "../../sandbox/store.ts";
import type { TenantState } from "../../sandbox/tenant.ts";
import { shortName } from "../../model/short-name.ts";
import type { Context } from "../../model/context.ts";
import { exitCode } from "../interface/exit-code.ts";
import type { ExitCode } from "../interface/exit-code.ts";

export interface SandboxInitOptions {
  readonly users: string;
  readonly seed: string;
  readonly domain?: string;
  readonly company: string;
}

/** Makes a sandbox tenant. @throws {SandboxFileError} @throws {SandboxEditError} */
export async function runSandboxInit(
  file: string,
  options: SandboxInitOptions,
  context: Context,
): Promise<ExitCode> {
  const [users, seed] = [Number(options.users), Number(options.seed)];
  if (!Number.isInteger(users) || users < 1 || users > 100_000 || !Number.isInteger(seed)) {
    throw new SandboxEditError("--users takes a number from 1 to 100000, --seed a whole number.");
  }
  const { domain } = options;
  const company = (Object.keys(companies) as CompanyName[]).find((name) => name === options.company);
  if (company === undefined) {
    const known = Object.keys(companies).join(" or ");
    throw new SandboxEditError(`There is no company ${options.company}; --company takes ${known}.`);
  }
  const wanted = { seed, users, company, ...(domain === undefined ? {} : { domain }) };
  const made = createSandboxFile(path.resolve(context.cwd, file), wanted);
  const [people, groups, mailboxes] = [made.users.size, made.groups.size, made.mailboxes.size];
  await context.stdout.write(`${file} holds ${people} users, ${groups} groups and ${mailboxes} mailboxes.\n`);
  return exitCode.done;
}

export interface SandboxShowOptions {
  /** The organization's mail contacts instead of mailboxes. */
  readonly mailContacts?: boolean;
}

/** Lists mailboxes, or what is in one of them, or the mail contacts. @throws {SandboxFileError} @throws {SandboxEditError} */
export async function runSandboxShow(
  file: string,
  mailbox: string | undefined,
  { mailContacts = false }: SandboxShowOptions,
  context: Context,
): Promise<ExitCode> {
  if (mailContacts && mailbox !== undefined) {
    throw new SandboxEditError("Mail contacts are in no mailbox: give either a mailbox or --mail-contacts.");
  }
  const { state } = openStore(path.resolve(context.cwd, file));
  await context.stdout.write(table(mailContacts ? mailContactRows(state) : mailboxRows(state, mailbox)));
  return exitCode.done;
}

function mailboxRows(state: TenantState, mailbox: string | undefined): readonly (readonly string[])[] {
  return mailbox === undefined
    ? mailboxesOf(state).map((row) => [row.mailbox, `${row.contacts} contacts`, `${row.managed} of galops`])
    : contactsOf(state, mailbox).map((row) => [
        row.folder ?? "Contacts",
        row.displayName,
        detailsOf(row),
        row.owner === "" ? "(the user's own)" : row.owner,
      ]);
}

function mailContactRows(state: TenantState): readonly (readonly string[])[] {
  return mailContactsOf(state).map((row) => [
    row.address,
    row.displayName,
    row.alias,
    [row.hidden ? "hidden" : "", row.synchronized ? "synchronized" : ""]
      .filter((word) => word !== "")
      .join(", "),
    row.owner === "" ? "(not of galops)" : row.owner,
  ]);
}

function detailsOf({ jobTitle, mobilePhone }: ContactOverview): string {
  return [jobTitle, mobilePhone].filter((text) => text !== "").join(", ");
}

/** What somebody does to a tenant; names and values as they are typed. */
export type Edit =
  | {
      readonly kind: "add-user";
      readonly address: string;
      readonly name: string;
      readonly values: readonly string[];
    }
  | { readonly kind: "set-user"; readonly who: string; readonly values: readonly string[] }
  | { readonly kind: "disable-user" | "remove-user"; readonly who: string }
  | { readonly kind: "add-member" | "remove-member"; readonly group: string; readonly who: string }
  | {
      readonly kind: "add-contact";
      readonly mailbox: string;
      readonly folder: string | null;
      readonly values: readonly string[];
    }
  | {
      readonly kind: "edit-contact";
      readonly mailbox: string;
      readonly name: string;
      readonly values: readonly string[];
    }
  | { readonly kind: "copy-contact" | "delete-contact"; readonly mailbox: string; readonly name: string }
  | {
      readonly kind: "add-mail-contact";
      readonly address: string;
      readonly name: string;
      readonly values: readonly string[];
    }
  | { readonly kind: "set-mail-contact"; readonly who: string; readonly values: readonly string[] }
  | { readonly kind: "remove-mail-contact"; readonly who: string };

/**
 * Changes the tenant as an administrator or the user of a mailbox would.
 *
 * @throws {SandboxFileError} @throws {SandboxEditError}
 */
export async function runSandboxEdit(file: string, edit: Edit, context: Context): Promise<ExitCode> {
  const store = openStore(path.resolve(context.cwd, file));
  const at = new Date(context.clock.now()).toISOString();
  try {
    carryOut(store, edit, at);
  } finally {
    store.close();
  }
  return exitCode.done;
}

/** @param instant - with milliseconds */
function carryOut(store: Store, edit: Edit, instant: string): void {
  const at = `${instant.slice(0, 19)}Z`;
  switch (edit.kind) {
    case "add-user":
      addUser(store, edit.address, edit.name, assignments(edit.values));
      return;
    case "set-user":
      setUser(store, edit.who, assignments(edit.values));
      return;
    case "disable-user":
      disableUser(store, edit.who);
      return;
    case "remove-user":
      removeUser(store, edit.who);
      return;
    case "add-member":
      addMember(store, edit.group, edit.who);
      return;
    case "remove-member":
      removeMember(store, edit.group, edit.who);
      return;
    case "add-contact":
      addContact(store, { mailbox: edit.mailbox, at }, edit.folder, assignments(edit.values));
      return;
    case "edit-contact":
      editContact(store, { mailbox: edit.mailbox, at }, edit.name, assignments(edit.values));
      return;
    case "copy-contact":
      copyContact(store, { mailbox: edit.mailbox, at }, edit.name);
      return;
    case "delete-contact":
      deleteContact(store, { mailbox: edit.mailbox }, edit.name);
      return;
    case "add-mail-contact":
      addMailContact(store, instant, edit.address, edit.name, assignments(edit.values));
      return;
    case "set-mail-contact":
      setMailContact(store, instant, edit.who, assignments(edit.values));
      return;
    case "remove-mail-contact":
      removeMailContact(store, edit.who);
      return;
  }
}

function assignments(values: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    values.map((value) => {
      const at = value.indexOf("=");
      if (at < 1) throw new SandboxEditError(`"${value}" is no assignment; write PROPERTY=VALUE.`);
      return [value.slice(0, at), value.slice(at + 1)];
    }),
  );
}

function table(rows: readonly (readonly string[])[]): string {
  const safe = rows.map((row) => row.map((cell) => harmless(shortName(cell))));
  const widths = (safe[0] ?? []).map((_, column) =>
    Math.max(...safe.map((row) => (row[column] ?? "").length)),
  );
  return safe
    .map(
      (row) =>
        `${row
          .map((cell, column) => cell.padEnd(widths[column] ?? 0))
          .join("  ")
          .trimEnd()}\n`,
    )
    .join("");
}
