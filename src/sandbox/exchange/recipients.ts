import { createHash } from "node:crypto";
import { nameOf } from "../tenant/exchange-properties.ts";
import { directoryKinds, textOf } from "../tenant/tenant.ts";
import type { DirectoryKind, Entry, TenantState } from "../tenant/tenant.ts";

/** A directory object as Exchange sees it. */
export interface Recipient {
  readonly kind: DirectoryKind;
  readonly entry: Entry;
  /** RecipientType; `details` is RecipientTypeDetails. */
  readonly type: string;
  readonly details: string;
}

/** All objects with a mail address, and contacts without one, in the order of the file. */
export function recipientsOf(state: TenantState): readonly Recipient[] {
  const kinds = Object.keys(directoryKinds) as DirectoryKind[];
  return kinds.flatMap((kind) =>
    [...state[directoryKinds[kind]].values()].flatMap((entry) => recipientOf(state, kind, entry) ?? []),
  );
}

/** All contacts, including those without a mail address, which are not recipients. */
export function contactsOf(state: TenantState): readonly Recipient[] {
  return [...state.orgContacts.values()].map((entry) => ({
    kind: "orgContact",
    entry,
    ...contactTypes(entry),
  }));
}

/** Converts a directory object to a recipient; null for a user or group without mail. */
export function recipientOf(state: TenantState, kind: DirectoryKind, entry: Entry): Recipient | null {
  if (kind === "orgContact") return { kind, entry, ...contactTypes(entry) };
  if (addressesOf(entry).length === 0) return null;
  switch (kind) {
    case "group":
      return entry["mailEnabled"] === false ? null : { kind, entry, ...groupTypes(entry) };
    case "user":
      return { kind, entry, ...userTypes(state, entry) };
  }
}

type Types = Pick<Recipient, "type" | "details">;

function contactTypes(entry: Entry): Types {
  const type = textOf(entry["mail"]) === "" ? "Contact" : "MailContact";
  return { type, details: type };
}

function groupTypes(entry: Entry): Types {
  const types = entry["groupTypes"];
  if (Array.isArray(types) && types.includes("Unified")) {
    return { type: "MailUniversalDistributionGroup", details: "GroupMailbox" };
  }
  const type =
    entry["securityEnabled"] === true ? "MailUniversalSecurityGroup" : "MailUniversalDistributionGroup";
  return { type, details: type };
}

function userTypes({ mailboxes }: TenantState, entry: Entry): Types {
  if (!mailboxes.has(entry.id)) {
    return { type: "MailUser", details: entry["userType"] === "Guest" ? "GuestMailUser" : "MailUser" };
  }
  const licenses = entry["assignedLicenses"];
  const isShared = entry["accountEnabled"] === false && !(Array.isArray(licenses) && licenses.length > 0);
  return { type: "UserMailbox", details: isShared ? "SharedMailbox" : "UserMailbox" };
}

const addresses = new WeakMap<Entry, readonly string[]>();

/** The SMTP addresses of an object, in lower case and without prefix, the primary one first. */
export function addressesOf(entry: Entry): readonly string[] {
  const known = addresses.get(entry);
  if (known !== undefined) return known;
  const proxies = Array.isArray(entry["proxyAddresses"]) ? entry["proxyAddresses"] : [];
  const smtp = proxies
    .filter((proxy: string) => /^smtp:/i.test(proxy))
    .map((proxy: string) => proxy.slice(5));
  const mail = textOf(entry["mail"]);
  const all = [...(mail === "" ? [] : [mail]), ...smtp].map((address: string) => address.toLowerCase());
  const found = [...new Set(all)];
  addresses.set(entry, found);
  return found;
}

const guids = new Map<string, string>();

/** The id of an object in Exchange, which differs from its id in the directory. */
export function guidOf({ id }: Entry): string {
  const known = guids.get(id);
  if (known !== undefined) return known;
  const digits = createHash("sha256").update(`exchange/${id}`).digest("hex");
  const [a, b, c, d] = [digits.slice(0, 8), digits.slice(8, 12), digits.slice(13, 16), digits.slice(17, 20)];
  const guid = `${a}-${b}-4${c}-b${d}-${digits.slice(20, 32)}`;
  guids.set(id, guid);
  return guid;
}

/** The Name of an object. For a new user it is the id, since display names may repeat. */
export function recipientName({ kind, entry }: Pick<Recipient, "kind" | "entry">): string {
  return kind === "user" ? entry.id : nameOf(entry);
}

export function aliasOf(entry: Entry): string {
  return textOf(entry["mailNickname"]) || (addressesOf(entry)[0]?.split("@")[0] ?? "");
}

export function distinguishedName({ organization }: TenantState, name: string): string {
  const common = name.replaceAll(/[,\\#+<>;"=]/g, String.raw`\$&`);
  return `CN=${common},OU=${organization},OU=Microsoft Exchange Hosted Organizations,DC=EMUL,DC=PROD,DC=OUTLOOK,DC=COM`;
}

/** The organization's own domains, in lower case; the initial domain first. */
export function acceptedDomains(state: TenantState, given: readonly string[] | null): readonly string[] {
  if (given !== null) return given.map((domain) => domain.toLowerCase());
  const members = [...state.users.values()].filter((user) => user["userType"] !== "Guest");
  const domains = members
    .map((user) => textOf(user["mail"]).split("@")[1] ?? "")
    .filter((name) => name !== "");
  return [...new Set([state.organization, ...domains].map((domain) => domain.toLowerCase()))];
}
