import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { makeGuests, makeUsers } from "./people.ts";
import { SandboxFileError } from "./sandbox-file-error.ts";
import type { ContactState, MailboxState, TenantState, UserState } from "./state.ts";
import { writeTenant } from "./store.ts";

export interface NewTenant {
  /** Equal seeds give equal tenants. */
  readonly seed: number;
  /** Users, guests not counted. */
  readonly users: number;
  /** Mail domain of the users. */
  readonly domain: string;
  readonly organization: string;
}

/** Makes the file of a practice tenant with people, groups, org contacts and mailboxes. @throws {SandboxFileError} when the file exists */
export function createSandboxFile(path: string, wanted: NewTenant): TenantState {
  if (existsSync(path))
    throw new SandboxFileError(
      `${path} exists already and is left as it is. Remove it first, or name another file.`,
    );
  const tenant = makeTenant(wanted);
  writeTenant(path, tenant);
  return tenant;
}

function makeTenant({ seed, users: count, domain, organization }: NewTenant): TenantState {
  let serial = 0;
  const bits = (): string => createHash("sha256").update(`${seed}/${serial++}`).digest("hex");
  const newId = (): string => bits().replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, "$1-$2-4$3-8$4-$5");
  const pick = (below: number): number => Number.parseInt(bits().slice(0, 8), 16) % below;
  const tenantId = newId();
  const users = makeUsers(count, domain, newId, pick);
  const guests = makeGuests(organization, newId);
  const orgContacts = [
    orgContact(newId(), "Lena Supplier", "lena@supplier.example", "Supplier AB"),
    orgContact(newId(), "Taxi Stockholm", "taxi@taxi.example", "Taxi Stockholm"),
  ];
  const department = (name: string): readonly string[] =>
    users.filter((user) => user["department"] === name).map(({ id }) => id);
  const group = (displayName: string, members: readonly string[]): TenantState["groups"][number] => {
    const alias = displayName.toLowerCase().replaceAll(" ", "-");
    return {
      id: newId(),
      displayName,
      mail: `${alias}@${domain}`,
      mailNickname: alias,
      mailEnabled: true,
      securityEnabled: false,
      proxyAddresses: [`SMTP:${alias}@${domain}`],
      members,
    };
  };
  const sales = group("Sales", department("Sales"));
  const engineering = group("Engineering", department("Engineering"));
  const others = users
    .filter(({ department: name }) => name !== "Sales" && name !== "Engineering")
    .map(({ id }) => id);
  const groups = [
    sales,
    engineering,
    group("All staff", [sales.id, engineering.id, ...others]),
    group(
      "Partners",
      [...guests, ...orgContacts].map(({ id }) => id),
    ),
  ];
  const mailboxes = Object.fromEntries(
    users.filter(hasMailbox).map((user, index) => [user.id, mailboxOf(user, index, users, bits)]),
  );
  return {
    galopsSandbox: 1,
    tenantId,
    organization,
    users: [...users, ...guests].map(withoutHint),
    groups,
    orgContacts,
    mailboxes,
  };
}

function hasMailbox(user: UserState): boolean {
  return (
    user["sharedMailbox"] === true ||
    (user["mail"] !== null && (user["assignedLicenses"] as readonly unknown[]).length > 0)
  );
}

/** `sharedMailbox` is a word between the drafts and this file; Graph has no such property. */
function withoutHint(user: UserState): UserState {
  const { sharedMailbox, ...rest } = user;
  return sharedMailbox === undefined ? user : rest;
}

function orgContact(
  id: string,
  displayName: string,
  mail: string,
  companyName: string,
): TenantState["orgContacts"][number] {
  return {
    id,
    displayName,
    mail,
    companyName,
    mailNickname: mail.split("@")[0],
    proxyAddresses: [`SMTP:${mail}`],
    phones: [{ type: "business", number: "+46 8 555 01 00" }],
    addresses: [{ city: "Stockholm", countryOrRegion: "Sweden" }],
  };
}

/** A mailbox with contacts of the user's own; the first one also has somebody who looks just like a colleague. */
function mailboxOf(
  user: UserState,
  index: number,
  users: readonly UserState[],
  bits: () => string,
): MailboxState {
  const own: Record<string, unknown>[] = [
    { givenName: "Mum", displayName: "Mum", fileAs: "Mum", mobilePhone: "+46 70 999 00 01" },
  ];
  const colleague = users[1];
  if (index === 0 && colleague !== undefined && colleague.id !== user.id) {
    own.push({
      givenName: "Bo",
      surname: "Li",
      displayName: colleague.displayName,
      fileAs: "Li, Bo",
      emailAddresses: [{ name: colleague.displayName, address: colleague["mail"] }],
      personalNotes: "Plays tennis on Tuesdays",
    });
  }
  const contacts: readonly ContactState[] = own.map((properties) => {
    const id = `AAkALg${bits().slice(0, 32)}`;
    return {
      id,
      folder: null,
      changeKey: bits().slice(0, 16),
      createdDateTime: "2024-01-15T09:00:00Z",
      lastModifiedDateTime: "2024-01-15T09:00:00Z",
      properties,
      extended: {},
    };
  });
  return { folders: [], contacts };
}
