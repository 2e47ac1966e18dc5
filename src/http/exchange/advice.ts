import type { ExchangeError, ExchangeErrorKind } from "./exchange.ts";
import { sentence } from "../../text/sentence.ts";

/** Explains an Exchange error to the person who set galops up. */
export interface ExchangeAdvice {
  /** Stable, kebab-case. */
  readonly code: string;
  readonly summary: string;
  /** Full sentences: what happened, why, and what to do. */
  readonly message: string;
}

type Meaning = Pick<ExchangeAdvice, "code" | "summary"> & { readonly advice: string };

const addressInUse: Meaning = {
  code: "address-in-use",
  summary: "The address belongs to another recipient",
  advice:
    "An address can belong to only one recipient, and a mailbox, guest, mail user, group or contact in this tenant has it. Find it with Get-Recipient and remove the address there, or exclude the person.",
};

const again = "Run again later; changes that were not made are planned again.";

const meanings: Readonly<Record<ExchangeErrorKind, Meaning>> = {
  "not-found": {
    code: "exchange-not-found",
    summary: "Exchange cannot find the object",
    advice:
      "It was deleted, or has not reached all of Exchange's servers yet. Run again: the next plan reads the current state.",
  },
  "address-in-use": addressInUse,
  "address-lingers": {
    code: "address-lingers",
    summary: "The directory still holds the address",
    advice:
      "A deleted object still holds it, or it was assigned a moment ago. Run again in a few minutes; if the error persists, check the deleted users and contacts in the Entra admin center.",
  },
  "name-in-use": {
    code: "name-in-use",
    summary: "The name or alias belongs to another recipient",
    advice:
      "Recipient names and aliases are unique within a tenant. Find the other recipient with Get-Recipient and rename or remove it.",
  },
  "invalid-address": {
    code: "invalid-address",
    summary: "Exchange does not accept the address",
    advice: "Correct it in the source, or exclude the person with `where`.",
  },
  "value-too-long": {
    code: "value-too-long",
    summary: "A value is too long for Exchange",
    advice:
      "Exchange allows 64 characters for a name or an alias, 256 for a display name and 1,024 for a custom attribute. Shorten the value in the source or in `fields`.",
  },
  "invalid-value": {
    code: "invalid-value",
    summary: "Exchange does not accept a value",
    advice: "Correct it in the source or in `fields`, or set the field to `null` to leave it alone.",
  },
  "invalid-request": {
    code: "exchange-request-refused",
    summary: "Exchange does not understand a request",
    advice:
      "Exchange does not know a parameter that no role of the application includes. Check that the application has the role Exchange Recipient Administrator. If it does, report this as a bug.",
  },
  "creation-quota": {
    code: "creation-quota",
    summary: "Exchange temporarily allows no more contacts to be created",
    advice:
      "Microsoft does not publish how many contacts a tenant may create in what time; the quota recovers by itself. Nothing is lost: run again in a few hours, and the remaining contacts are planned again.",
  },
  "directory-synced": {
    code: "directory-synced",
    summary: "The object is synchronized from an on-premises directory",
    advice:
      "It can be changed only in that directory. Change it there, or exclude it from directory synchronization.",
  },
  "directory-write-failed": {
    code: "directory-write-failed",
    summary: "Exchange could not write to Entra ID",
    advice: `Exchange stores each object in Entra ID as well, which did not accept the change. ${again}`,
  },
  "wrong-organization": {
    code: "wrong-organization",
    summary: "Exchange cannot find the organization",
    advice:
      "Check `tenantId` and `organization` of the tenant: both must belong to the same tenant, and `organization` must be its initial domain, like contoso.onmicrosoft.com.",
  },
  "sign-in": { code: "sign-in-failed", summary: "Signing in failed", advice: "" },
  "no-app-role": {
    code: "exchange-app-role-missing",
    summary: "The application is not allowed to use Exchange Online",
    advice:
      "Grant it the application permission Exchange.ManageAsApp (Office 365 Exchange Online) with admin consent in this tenant, then run again.",
  },
  "no-permission": {
    code: "exchange-role-missing",
    summary: "The application lacks a role in Exchange Online",
    advice:
      "Assign its service principal the role Exchange Recipient Administrator in Entra ID, or add it to an Exchange role group with Mail Recipients and Mail Recipient Creation. A new role takes effect at the next sign-in, after a few minutes.",
  },
  throttled: {
    code: "exchange-throttled",
    summary: "Exchange throttled the requests",
    advice: `It still did so after several attempts; other programs may be using the tenant's budget. ${again}`,
  },
  busy: {
    code: "exchange-busy",
    summary: "Exchange is overloaded",
    advice: `It still was after several attempts. ${again} If the error persists, contact Microsoft with the request id.`,
  },
  unreachable: {
    code: "exchange-unreachable",
    summary: "Exchange could not be reached",
    advice: "Check the network, the proxy and `endpoints.exchange` of the tenant, then run again.",
  },
  "malformed-answer": {
    code: "exchange-malformed-answer",
    summary: "Exchange sent an answer that cannot be read",
    advice:
      "A proxy may have answered in its place. Check `endpoints.exchange` and the proxy, then run again.",
  },
  "foreign-link": {
    code: "foreign-link",
    summary: "An answer links to a host other than Exchange",
    advice:
      "The access token must not be sent to another host. Check `cloud` and `endpoints.exchange` of the tenant; a gateway must rewrite the links in answers to its own host name.",
  },
  "incomplete-read": {
    code: "exchange-incomplete-read",
    summary: "Exchange could not be read completely",
    advice: "galops changes nothing on the basis of incomplete data. Run again.",
  },
  other: {
    code: "exchange-failed",
    summary: "Exchange refused a request",
    advice: "Run again; if the error persists, contact Microsoft with the request id.",
  },
};

/** Describes an Exchange error: what happened, why and what to do, without knowledge of the API. */
export function exchangeAdvice(error: ExchangeError): ExchangeAdvice {
  const { code, summary, advice } = meanings[error.kind];
  const possibly =
    error.outcome === "unknown" && isWrite(error) ? "The change may have been made anyway." : "";
  const sentences = [`${subject(error)} ${sentence(error.message)}`, possibly, advice];
  return { code, summary, message: sentences.filter((one) => one !== "").join(" ") };
}

function subject({ cmdlet, status, exception, kind }: ExchangeError): string {
  if (status === 0 || kind === "sign-in") return `${cmdlet} failed:`;
  return `${cmdlet} was answered with ${[status, exception].filter((part) => part !== "").join(" ")}:`;
}

function isWrite({ cmdlet }: ExchangeError): boolean {
  return !cmdlet.startsWith("Get-");
}
