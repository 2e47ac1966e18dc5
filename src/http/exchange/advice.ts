import type { ExchangeError, ExchangeErrorKind } from "./exchange.ts";
import { sentence } from "../../text/sentence.ts";

/** What a failure of Exchange means to somebody who set galops up. */
export interface ExchangeAdvice {
  /** Stable, kebab-case. */
  readonly code: string;
  readonly summary: string;
  /** Full sentences: what happened, why, what to do. */
  readonly message: string;
}

type Meaning = Pick<ExchangeAdvice, "code" | "summary"> & { readonly advice: string };

const addressInUse: Meaning = {
  code: "address-in-use",
  summary: "The address belongs to another recipient",
  advice:
    "An address can be only one recipient's: a mailbox, guest, mail user, group or contact of this tenant has it. Look it up with Get-Recipient and remove it there, or leave the person out.",
};

const again = "Run again later; what was not done is planned again.";

const meanings: Readonly<Record<ExchangeErrorKind, Meaning>> = {
  "not-found": {
    code: "exchange-not-found",
    summary: "Exchange does not find an object",
    advice:
      "It was deleted, or Exchange's servers have not all heard of it yet. Run again: the next plan sees what is there.",
  },
  "address-in-use": addressInUse,
  "address-lingers": {
    code: "address-lingers",
    summary: "The directory still holds the address",
    advice:
      "Somebody who was deleted still has it, or it was given a moment ago. Run again in some minutes; if it stays, look among the deleted users and contacts in the Entra admin center.",
  },
  "name-in-use": {
    code: "name-in-use",
    summary: "The name or alias belongs to another recipient",
    advice:
      "Names and aliases of recipients are unique in a tenant. Look it up with Get-Recipient and rename or remove it.",
  },
  "invalid-address": {
    code: "invalid-address",
    summary: "Exchange does not take the address",
    advice: "Correct it in the source, or leave the person out with `where`.",
  },
  "value-too-long": {
    code: "value-too-long",
    summary: "A value is too long for Exchange",
    advice:
      "Exchange takes 64 characters of a name or an alias, 256 of a display name and 1,024 of a custom attribute. Shorten it in the source or in `fields`.",
  },
  "invalid-value": {
    code: "invalid-value",
    summary: "Exchange does not take a value",
    advice: "Correct it in the source or in `fields`, or leave that field alone with `null`.",
  },
  "invalid-request": {
    code: "exchange-request-refused",
    summary: "Exchange does not understand a request",
    advice:
      "It may not know a parameter because no role of the application holds it; see `Exchange Recipient Administrator`. If the role is there, report this as a bug.",
  },
  "creation-quota": {
    code: "creation-quota",
    summary: "Exchange lets no more contacts be created for now",
    advice:
      "How many a tenant may create in some time is Microsoft's secret; the quota comes back by itself. Nothing is lost: run again in some hours, the rest is planned again.",
  },
  "directory-synced": {
    code: "directory-synced",
    summary: "The object is synchronized from an on-premises directory",
    advice: "Only that directory can change it. Change it there, or take it out of the synchronization.",
  },
  "directory-write-failed": {
    code: "directory-write-failed",
    summary: "Exchange could not write to Entra ID",
    advice: `Exchange keeps the same object in Entra ID, which did not take it. ${again}`,
  },
  "wrong-organization": {
    code: "wrong-organization",
    summary: "Exchange does not find the organization",
    advice:
      "Compare `tenantId` and `organization` of the tenant with each other: both must be of the same tenant, and `organization` is its initial domain, like contoso.onmicrosoft.com.",
  },
  "sign-in": { code: "sign-in-failed", summary: "Signing in failed", advice: "" },
  "no-app-role": {
    code: "exchange-app-role-missing",
    summary: "The application may not use Exchange Online",
    advice:
      "Grant it the permission Exchange.ManageAsApp (Office 365 Exchange Online, type Application) and give admin consent in this tenant; then run again.",
  },
  "no-permission": {
    code: "exchange-role-missing",
    summary: "The application has no role in Exchange Online for this",
    advice:
      "Give its service principal the role Exchange Recipient Administrator in Entra ID, or in Exchange a role group with Mail Recipients and Mail Recipient Creation. A role counts from the next sign-in on and takes some minutes.",
  },
  throttled: {
    code: "exchange-throttled",
    summary: "Exchange throttled the requests",
    advice: `It still did after several attempts; other programs may share the tenant's budget. ${again}`,
  },
  busy: {
    code: "exchange-busy",
    summary: "Exchange has too much to do",
    advice: `It still had after several attempts. ${again} If it stays, give Microsoft the request id.`,
  },
  unreachable: {
    code: "exchange-unreachable",
    summary: "Exchange could not be reached",
    advice: "Check the network, the proxy and `endpoints.exchange` of the tenant, then run again.",
  },
  "malformed-answer": {
    code: "exchange-malformed-answer",
    summary: "Exchange gave an answer that is none",
    advice: "A proxy may answer in its place. Check `endpoints.exchange` and the proxy, then run again.",
  },
  "foreign-link": {
    code: "foreign-link",
    summary: "An answer leads away from Exchange",
    advice:
      "The sign-in must not be given to another host. Check `cloud` and `endpoints.exchange` of the tenant; a gateway has to put its own name into the links of answers.",
  },
  "incomplete-read": {
    code: "exchange-incomplete-read",
    summary: "Exchange could not be read completely",
    advice: "Nothing is changed by what may be half the truth. Run again.",
  },
  other: {
    code: "exchange-failed",
    summary: "Exchange refused a request",
    advice: "Run again; should it stay, give Microsoft the request id.",
  },
};

/** What happened, why and what to do, in words that need no knowledge of the interface. */
export function exchangeAdvice(error: ExchangeError): ExchangeAdvice {
  const { code, summary, advice } = meanings[error.kind];
  const possibly =
    error.outcome === "unknown" && isWrite(error) ? "It may have been carried out all the same." : "";
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
