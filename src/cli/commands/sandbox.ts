import path from "node:path";
import { harmless } from "../../render/harmless.ts";
import { createSandboxFile } from "../../sandbox/create.ts";
import { addUser, deleteContact, editContact, removeUser, setUser } from "../../sandbox/edit.ts";
import { contactsOf, mailboxesOf } from "../../sandbox/inspect.ts";
import { SandboxFileError } from "../../sandbox/sandbox-file-error.ts";
import type { TenantState } from "../../sandbox/state.ts";
import { readWhole, writeTenant } from "../../sandbox/store.ts";
import type { Context } from "../../model/context.ts";
import { exitCode } from "../exit-code.ts";
import type { ExitCode } from "../exit-code.ts";

export interface SandboxInitOptions {
  readonly users: string;
  readonly seed: string;
  readonly domain: string;
}

/** Makes a practice tenant. @throws {SandboxFileError} */
export async function runSandboxInit(
  file: string,
  options: SandboxInitOptions,
  context: Context,
): Promise<ExitCode> {
  const [users, seed] = [Number(options.users), Number(options.seed)];
  if (!Number.isInteger(users) || users < 1 || users > 100_000 || !Number.isInteger(seed)) {
    throw new SandboxFileError("--users takes a number from 1 to 100000, --seed a whole number.");
  }
  const { domain } = options;
  const organization = "contoso.onmicrosoft.com";
  const tenant = createSandboxFile(path.resolve(context.cwd, file), { seed, users, domain, organization });
  const mailboxes = Object.keys(tenant.mailboxes).length;
  await context.stdout.write(
    `${file} holds ${tenant.users.length} users, ${tenant.groups.length} groups and ${mailboxes} mailboxes.\n`,
  );
  return exitCode.done;
}

/** Lists mailboxes, or what is in one of them. @throws {SandboxFileError} */
export async function runSandboxShow(
  file: string,
  mailbox: string | undefined,
  context: Context,
): Promise<ExitCode> {
  const tenant = readWhole(path.resolve(context.cwd, file));
  const rows =
    mailbox === undefined
      ? mailboxesOf(tenant).map((row) => [
          row.mailbox,
          `${row.contacts} contacts`,
          `${row.managed} of galops`,
        ])
      : contactsOf(tenant, mailbox).map((row) => [
          row.folder,
          row.displayName,
          row.details,
          row.owner === "" ? "(the user's own)" : row.owner,
        ]);
  await context.stdout.write(table(rows));
  return exitCode.done;
}

export type Edit =
  | {
      readonly kind: "add-user";
      readonly address: string;
      readonly name: string;
      readonly values: readonly string[];
    }
  | { readonly kind: "set-user"; readonly who: string; readonly values: readonly string[] }
  | { readonly kind: "remove-user"; readonly who: string }
  | {
      readonly kind: "edit-contact";
      readonly mailbox: string;
      readonly name: string;
      readonly values: readonly string[];
    }
  | { readonly kind: "delete-contact"; readonly mailbox: string; readonly name: string };

/** Changes the tenant as an administrator or the user of a mailbox would. @throws {SandboxFileError} */
export function runSandboxEdit(file: string, edit: Edit, context: Context): Promise<ExitCode> {
  const target = path.resolve(context.cwd, file);
  writeTenant(target, edited(readWhole(target), edit));
  return Promise.resolve(exitCode.done);
}

function edited(tenant: TenantState, edit: Edit): TenantState {
  switch (edit.kind) {
    case "add-user":
      return setUser(addUser(tenant, edit.address, edit.name), edit.address, assignments(edit.values));
    case "set-user":
      return setUser(tenant, edit.who, assignments(edit.values));
    case "remove-user":
      return removeUser(tenant, edit.who);
    case "edit-contact":
      return editContact(tenant, edit.mailbox, edit.name, assignments(edit.values));
    case "delete-contact":
      return deleteContact(tenant, edit.mailbox, edit.name);
  }
}

function assignments(values: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    values.map((value) => {
      const at = value.indexOf("=");
      if (at < 1) throw new SandboxFileError(`"${value}" is no assignment; write PROPERTY=VALUE.`);
      return [value.slice(0, at), value.slice(at + 1)];
    }),
  );
}

function table(rows: readonly (readonly string[])[]): string {
  const safe = rows.map((row) => row.map((cell) => harmless(cell)));
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
