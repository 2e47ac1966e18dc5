import path from "node:path";
import type { Context } from "../../../model/context.ts";
import { addContact, copyContact, deleteContact, editContact } from "../../../sandbox/admin/edit-contacts.ts";
import {
  addMember,
  addUser,
  disableUser,
  removeMember,
  removeUser,
  setUser,
} from "../../../sandbox/admin/edit-directory.ts";
import {
  addMailContact,
  removeMailContact,
  setMailContact,
} from "../../../sandbox/admin/edit-mail-contacts.ts";
import { SandboxEditError } from "../../../sandbox/admin/sandbox-edit-error.ts";
import { openStore } from "../../../sandbox/store/store.ts";
import type { Store } from "../../../sandbox/store/store.ts";
import { exitCode } from "../../interface/exit-code.ts";
import type { ExitCode } from "../../interface/exit-code.ts";

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
      if (at < 1) throw new SandboxEditError(`"${value}" is not an assignment. Write PROPERTY=VALUE.`);
      return [value.slice(0, at), value.slice(at + 1)];
    }),
  );
}
