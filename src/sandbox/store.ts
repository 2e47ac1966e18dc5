import { appendFileSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { SandboxFileError } from "./sandbox-file-error.ts";
import type { ContactState, FolderState, Mutation, TenantState } from "./state.ts";

/** A tenant in memory and in its file. */
export interface Store {
  readonly tenant: TenantState;
  mailbox(userId: string): Mailbox | undefined;
  /** Makes a change; it is in the log on disk when this returns, so that a killed process loses nothing answered. */
  commit(mutation: Mutation): void;
  /** Writes everything into the one file and removes the log. */
  close(): void;
}

export interface Mailbox {
  readonly folders: ReadonlyMap<string, FolderState>;
  readonly contacts: ReadonlyMap<string, ContactState>;
}

interface OpenMailbox {
  readonly folders: Map<string, FolderState>;
  readonly contacts: Map<string, ContactState>;
}

/** @throws {SandboxFileError} */
export function openStore(path: string): Store {
  const tenant = readTenant(path);
  const logPath = `${path}.log`;
  const mailboxes = new Map<string, OpenMailbox>();
  for (const [userId, { folders, contacts }] of Object.entries(tenant.mailboxes)) {
    mailboxes.set(userId, {
      folders: new Map(folders.map((folder) => [folder.id, folder])),
      contacts: new Map(contacts.map((contact) => [contact.id, contact])),
    });
  }
  let changed = existsSync(logPath);
  for (const mutation of readLog(logPath)) carryOut(mailboxes, mutation);
  return {
    tenant,
    mailbox: (userId) => mailboxes.get(userId),
    commit(mutation) {
      appendFileSync(logPath, `${JSON.stringify(mutation)}\n`, { mode: 0o600 });
      changed = true;
      carryOut(mailboxes, mutation);
    },
    close() {
      if (!changed) return;
      const held = [...mailboxes].map(
        ([userId, { folders, contacts }]) =>
          [userId, { folders: [...folders.values()], contacts: [...contacts.values()] }] as const,
      );
      writeTenant(path, { ...tenant, mailboxes: Object.fromEntries(held) });
      rmSync(logPath, { force: true });
      changed = false;
    },
  };
}

/** Writes the file as a whole or not at all. */
export function writeTenant(path: string, tenant: TenantState): void {
  const temporary = `${path}.${process.pid}.tmp`;
  writeFileSync(temporary, `${JSON.stringify(tenant, null, 1)}\n`, { mode: 0o600 });
  renameSync(temporary, path);
}

/** The tenant with everything that is still in its log. @throws {SandboxFileError} */
export function readWhole(path: string): TenantState {
  const store = openStore(path);
  store.close();
  return readTenant(path);
}

function readTenant(path: string): TenantState {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    throw new SandboxFileError(
      `The sandbox tenant ${path} could not be read. Make one with \`galops sandbox init ${path}\`.`,
      { cause: error },
    );
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new SandboxFileError(
      `The sandbox tenant ${path} is no valid JSON: ${error instanceof Error ? error.message : ""}`,
      { cause: error },
    );
  }
  const tenant = value as Partial<TenantState> | null;
  const lists = [tenant?.users, tenant?.groups, tenant?.orgContacts];
  if (
    tenant?.galopsSandbox !== 1 ||
    typeof tenant.tenantId !== "string" ||
    lists.some((list) => !Array.isArray(list)) ||
    typeof tenant.mailboxes !== "object"
  ) {
    throw new SandboxFileError(
      `${path} is no sandbox tenant: it needs galopsSandbox 1, tenantId, users, groups, orgContacts and mailboxes.`,
    );
  }
  // What else is in it was written by galops, or by somebody who follows docs/sandbox.md.
  return tenant as TenantState;
}

function readLog(path: string): readonly Mutation[] {
  if (!existsSync(path)) return [];
  const lines = readFileSync(path, "utf8").split("\n");
  // A last line without its end was never answered.
  return lines.slice(0, -1).map((line) => JSON.parse(line) as Mutation);
}

function carryOut(mailboxes: ReadonlyMap<string, OpenMailbox>, mutation: Mutation): void {
  const mailbox = mailboxes.get(mutation.mailbox);
  if (mailbox === undefined) return;
  if ("contact" in mutation) mailbox.contacts.set(mutation.contact.id, mutation.contact);
  else if ("folder" in mutation) mailbox.folders.set(mutation.folder.id, mutation.folder);
  else if ("deletedContact" in mutation) mailbox.contacts.delete(mutation.deletedContact);
  else mailbox.folders.delete(mutation.deletedFolder);
}
