import { openTenant } from "../world.ts";
import type { Tenant } from "../world.ts";

/** An answer of Exchange; `body` is undefined where it is no JSON. */
export interface ExchangeAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  // oxlint-disable-next-line typescript/no-explicit-any -- an answer is whatever JSON Exchange gives
  readonly body: any;
}

export interface Sending {
  readonly url?: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Instead of the envelope. */
  readonly body?: string;
}

export const host = "https://outlook.sandbox.invalid";
export const anchor = "APP:SystemMailbox{bb558c35-97f1-4cb9-8ff7-d53741dc928c}@contoso.onmicrosoft.com";

/** What is needed to make a contact. */
export const anna = { Name: "anna", ExternalEmailAddress: "anna@fabrikam.com" };
export const annaMeyer = {
  Name: "galops-abc",
  Alias: "galops-abc",
  DisplayName: "Anna Meyer",
  FirstName: "Anna",
  LastName: "Meyer",
  ExternalEmailAddress: "anna.meyer@fabrikam.com",
};

export function commandUrl({ sandbox }: Tenant): string {
  return `${host}/adminapi/beta/${sandbox.tenantId}/InvokeCommand`;
}

/** Runs a cmdlet, with the anchor that all programs use. */
export async function invoke(
  tenant: Tenant,
  cmdlet: string,
  parameters: object = {},
  { url = commandUrl(tenant), method = "POST", headers = {}, body }: Sending = {},
): Promise<ExchangeAnswer> {
  const sent = body ?? JSON.stringify({ CmdletInput: { CmdletName: cmdlet, Parameters: parameters } });
  const response = await tenant.sandbox.fetch(url, {
    method,
    headers: {
      Authorization: "Bearer token",
      "Content-Type": "application/json",
      "X-AnchorMailbox": anchor,
      ...headers,
    },
    signal: new AbortController().signal,
    ...(method === "GET" ? {} : { body: sent }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, body: parsed(text) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The rows that a cmdlet gives. */
export async function rowsOf(
  tenant: Tenant,
  cmdlet: string,
  parameters: object = {},
): Promise<ExchangeAnswer["body"][]> {
  const { status, body, text } = await invoke(tenant, cmdlet, parameters);
  if (status !== 200) throw new Error(text);
  return body.value;
}

/** Makes a mail contact. @returns its GUID in Exchange */
export async function make(tenant: Tenant, name: string, more: object = {}): Promise<string> {
  const parameters = { Name: name, ExternalEmailAddress: `${name}@fabrikam.com`, ...more };
  const { status, body, text } = await invoke(tenant, "New-MailContact", parameters);
  if (status !== 200) throw new Error(text);
  return body.value[0].Guid;
}

/** With six contacts more: c1 to c6. */
export async function withContacts(more: Parameters<typeof openTenant>[0] = {}): Promise<Tenant> {
  const tenant = await openTenant(more);
  for (let number = 1; number <= 6; number++) await make(tenant, `c${number}`);
  return tenant;
}

/** Sets properties of a contact and gives what both cmdlets say of it afterwards. */
export async function set(
  tenant: Tenant,
  cmdlet: "Set-MailContact" | "Set-Contact",
  identity: string,
  parameters: object,
): Promise<ExchangeAnswer["body"]> {
  const { status, text } = await invoke(tenant, cmdlet, { Identity: identity, ...parameters });
  if (status !== 200) throw new Error(text);
  const [mail] = await rowsOf(tenant, "Get-MailContact", { Identity: identity });
  const [contact] = await rowsOf(tenant, "Get-Contact", { Identity: identity });
  return { ...contact, ...mail };
}

/** Short name and text of the exception that a refusal tells. */
export function exceptionOf({ body }: ExchangeAnswer): readonly [type: string, text: string] {
  const message: string = body.error.details?.[0]?.message ?? "";
  if (message.startsWith("{")) {
    const { TypeName, Message } = JSON.parse(message);
    return [shortName(TypeName), Message];
  }
  if (message !== "") {
    const [, type = "", text = ""] = /^[^|]*\|([^|]*)\|(.*)$/s.exec(message) ?? [];
    return [shortName(type), text];
  }
  const { type, message: text } = body.error.innererror.internalexception;
  return [shortName(type), text];
}

function shortName(type: string): string {
  return type.split(".").at(-1) ?? type;
}

/** All mail contacts, as they are kept. */
export function snapshot({ state }: Tenant): string {
  return JSON.stringify([...state.orgContacts.values()]);
}
