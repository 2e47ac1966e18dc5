import path from "node:path";
import { createSandboxFile } from "../../src/sandbox/create.ts";
import { openSandbox } from "../../src/sandbox/sandbox.ts";
import type { Sandbox, SandboxWorld } from "../../src/sandbox/sandbox.ts";
import { textOf } from "../../src/sandbox/tenant/tenant.ts";
import type { TenantState } from "../../src/sandbox/tenant/tenant.ts";
import { temporaryFolder } from "../fakes/folder.ts";

/** An answer of the tenant; a body that is no JSON is left out. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // oxlint-disable-next-line typescript/no-explicit-any -- an answer is whatever JSON Graph gives
  readonly body: any;
}

export interface Asking {
  readonly body?: object | string | Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Tenant {
  readonly file: string;
  readonly sandbox: Sandbox;
  readonly state: TenantState;
  ask(method: string, url: string, more?: Asking): Promise<Answer>;
  get(url: string, headers?: Asking["headers"]): Promise<Answer>;
  /** Id of the user with that alias at contoso.com. */
  idOf(alias: string): string;
}

export const advanced = { ConsistencyLevel: "eventual" };
export const now = Date.UTC(2026, 10, 24, 10, 0, 0);
const root = "https://graph.sandbox.invalid/v1.0";

/** A tenant with Ann, Bo, Chandra and the rest of the cast, opened. */
export async function openTenant(more: Partial<SandboxWorld> = {}): Promise<Tenant> {
  const file = path.join(temporaryFolder(), "contoso.tenant.json");
  createSandboxFile(file, { seed: 1 });
  return reopen(file, more);
}

export async function reopen(file: string, more: Partial<SandboxWorld> = {}): Promise<Tenant> {
  const sandbox = await openSandbox(file, { clock: { now: () => now }, random: () => 0.5, ...more });
  const ask: Tenant["ask"] = (method, url, given = {}) => askOf(sandbox, method, url, given);
  return {
    file,
    sandbox,
    state: sandbox.store.state,
    ask,
    get: (url, headers = {}) => ask("GET", url, { headers }),
    idOf(alias) {
      const users = [...sandbox.store.state.users.values()];
      return users.find((user) => textOf(user["userPrincipalName"]) === `${alias}@contoso.com`)?.id ?? "";
    },
  };
}

async function askOf(
  sandbox: Sandbox,
  method: string,
  url: string,
  { body, headers = {} }: Asking,
): Promise<Answer> {
  const sent =
    body === undefined || typeof body === "string" || body instanceof Uint8Array
      ? body
      : JSON.stringify(body);
  const type: Record<string, string> = sent === undefined ? {} : { "Content-Type": "application/json" };
  const response = await sandbox.fetch(url.startsWith("https:") ? url : root + url, {
    method,
    headers: { Authorization: "Bearer token", ...type, ...headers },
    signal: new AbortController().signal,
    ...(sent === undefined ? {} : { body: sent }),
  });
  const text = await response.text();
  const isJson = response.headers.get("content-type")?.startsWith("application/json") === true;
  return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : undefined };
}

/** All pages of a collection, along their nextLinks. */
export async function pagesOf(
  tenant: Tenant,
  url: string,
  headers: Asking["headers"] = {},
): Promise<Answer["body"][]> {
  const pages: Answer["body"][] = [];
  for (let next: string | undefined = url; next !== undefined;) {
    const { status, body } = await tenant.get(next, headers);
    if (status !== 200) throw new Error(JSON.stringify(body));
    pages.push(body);
    next = body["@odata.nextLink"];
  }
  return pages;
}

/** `?` and options with their values encoded. */
export function query(options: Readonly<Record<string, string>>): string {
  return `?${Object.entries(options)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join("&")}`;
}
