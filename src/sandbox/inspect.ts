import { findUser } from "./edit.ts";
import type { TenantState } from "./state.ts";

export interface MailboxOverview {
  readonly mailbox: string;
  readonly contacts: number;
  /** How many of them carry a galops marker, whoever's. */
  readonly managed: number;
}

export interface ContactOverview {
  readonly folder: string;
  readonly displayName: string;
  readonly details: string;
  /** The owner of the sync that made it; "" for a contact of the user's own. */
  readonly owner: string;
}

/** Every mailbox of the tenant in the order of its users. */
export function mailboxesOf(tenant: TenantState): readonly MailboxOverview[] {
  return tenant.users.flatMap((user) => {
    const mailbox = tenant.mailboxes[user.id];
    if (mailbox === undefined) return [];
    const managed = mailbox.contacts.filter(({ extended }) => ownerIn(extended) !== "").length;
    return [{ mailbox: user.userPrincipalName, contacts: mailbox.contacts.length, managed }];
  });
}

/** What one mailbox holds, by folder and name. @throws {SandboxFileError} */
export function contactsOf(tenant: TenantState, who: string): readonly ContactOverview[] {
  const mailbox = tenant.mailboxes[findUser(tenant, who).id] ?? { folders: [], contacts: [] };
  const folders = new Map(mailbox.folders.map(({ id, displayName }) => [id, displayName]));
  const overviews = mailbox.contacts.map(({ folder, properties, extended }) => ({
    folder: folder === null ? "Contacts" : (folders.get(folder) ?? folder),
    displayName: nameOf(properties["displayName"]),
    details: [properties["jobTitle"], properties["mobilePhone"]].filter(Boolean).join(", "),
    owner: ownerIn(extended),
  }));
  return overviews.toSorted((one, other) =>
    compare(`${one.folder} ${one.displayName}`, `${other.folder} ${other.displayName}`),
  );
}

function nameOf(name: unknown): string {
  return typeof name === "string" ? name : "";
}

function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}

function ownerIn(extended: Readonly<Record<string, string>>): string {
  return Object.entries(extended).find(([id]) => id.endsWith(" Name galops.owner"))?.[1] ?? "";
}
