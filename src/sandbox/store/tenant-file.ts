import { closeSync, fsyncSync, openSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { readPlainFile } from "../../files/plain-file.ts";
import { directoryKinds } from "../tenant/tenant.ts";
import type { Json, TenantState } from "../tenant/tenant.ts";
import { firstBroken } from "./first-broken.ts";
import { TenantProblem } from "./json-shape.ts";
import { locateJson, placeAt } from "./locate-json.ts";
import { fileVersion, parseTenant } from "./parse-tenant.ts";
import type { ParsedTenant } from "./parse-tenant.ts";
import { SandboxFileError } from "./sandbox-file-error.ts";

/** A tenant, with a stamp that shows whether its file has changed since. */
export interface ReadTenant extends ParsedTenant {
  readonly stamp: string;
}

/** @throws {SandboxFileError} */
export function readTenantFile(path: string): ReadTenant {
  const { text, stamp } = readText(path);
  const json = parseJson(text, path);
  try {
    return { ...parseTenant(json), stamp };
  } catch (error) {
    if (!(error instanceof TenantProblem)) throw error;
    throw damaged(path, error.message, locateJson(text, error.path), error);
  }
}

function readText(path: string): { readonly text: string; readonly stamp: string } {
  try {
    const stamp = stampOf(path);
    return { text: new TextDecoder("utf-8", { fatal: true }).decode(readPlainFile(path)), stamp };
  } catch (error) {
    if (error instanceof TypeError) throw damaged(path, "It is not valid UTF-8.", null, error);
    if (errorCode(error) === "ENOENT") {
      const detail = `There is no sandbox tenant at ${path}. Create one with: galops sandbox init ${path}`;
      throw new SandboxFileError({ code: "sandbox-not-found", path, detail, cause: error });
    }
    const detail = `The sandbox tenant ${path} could not be read: ${messageOf(error)}.`;
    throw new SandboxFileError({ code: "sandbox-unreadable", path, detail, cause: error });
  }
}

function parseJson(text: string, path: string): Json {
  try {
    return JSON.parse(text) as Json; // the type of all JSON
  } catch (error) {
    const place = placeAt(text, firstBroken(text));
    throw damaged(
      path,
      `It is not valid JSON: ${messageOf(error).replace(/, ".*$| \(line.*$|(?: in JSON)? at position.*$/s, "")}.`,
      place,
      error,
    );
  }
}

function damaged(
  path: string,
  what: string,
  place: SandboxFileError["place"],
  cause: unknown,
): SandboxFileError {
  const where = place === null ? "" : `, line ${place.line}, column ${place.column}`;
  const detail = `The sandbox tenant ${path} cannot be used${where}: ${what}`;
  return new SandboxFileError({ code: "sandbox-damaged", path, detail, place, cause });
}

/** A stamp that changes whenever the file is written or replaced; "" when it does not exist. */
export function stampOf(path: string): string {
  const stat = statSync(path, { bigint: true, throwIfNoEntry: false });
  return stat === undefined ? "" : `${stat.ino}:${stat.size}:${stat.mtimeNs}`;
}

/** Renders the file's text, with one property in each line, since people read and edit it. */
export function tenantText(state: TenantState, saved: number, lastNumber: number): string {
  const { tenantId, organization, displayName, exchange } = state;
  const directory = Object.values(directoryKinds).map((list) => [list, [...state[list].values()]] as const);
  const mailboxes = [...state.mailboxes.values()].map(({ user, problem, deleted, folders, contacts }) => ({
    user,
    ...(problem === null ? {} : { problem }),
    deleted,
    folders: [...folders.values()],
    contacts: [...contacts.values()],
  }));
  const root = {
    galopsSandbox: fileVersion,
    saved,
    lastNumber,
    tenantId,
    organization,
    displayName,
    ...(Object.keys(exchange).length === 0 ? {} : { exchange }),
    ...Object.fromEntries(directory),
    mailboxes,
    photos: Object.fromEntries(state.photos),
  };
  return `${JSON.stringify(root, null, 2)}\n`;
}

/**
 * Replaces the file atomically. Only its owner may read it.
 *
 * @throws {SandboxFileError}
 */
export function writeTenantFile(path: string, text: string): void {
  const temporary = `${path}.tmp`;
  try {
    rmSync(temporary, { force: true });
    const file = openSync(temporary, "wx", 0o600);
    try {
      writeFileSync(file, text);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw notWritable(path, error);
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: "its folder does not exist",
  ENOTDIR: "a part of its path is not a folder",
  EISDIR: "it is a folder",
  EACCES: "access is denied",
  EPERM: "access is denied",
  EROFS: "the file system is read-only",
  ENOSPC: "the disk is full",
};

export function notWritable(path: string, cause: unknown): SandboxFileError {
  const why = reasons[errorCode(cause)] ?? messageOf(cause);
  const detail = `The sandbox tenant ${path} could not be written: ${why}. Earlier changes are kept.`;
  return new SandboxFileError({ code: "sandbox-not-writable", path, detail, cause });
}

export function errorCode(error: unknown): string {
  const code: unknown = error instanceof Error && "code" in error ? error.code : "";
  return typeof code === "string" ? code : "";
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
