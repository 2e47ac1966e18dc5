import type { Config, MailboxContactsSync, MailboxSelection } from "../../model/config.ts";
import { isMailboxContactsSync } from "../../model/config.ts";
import type { Diagnostic } from "../../model/diagnostic.ts";
import { tenantIdentity } from "../../model/tenant-identity.ts";
import type { Written } from "../written.ts";

/** No two syncs use one folder of one mailbox. */
export function foldersDiffer({ tenants, syncs }: Config, written: Written): readonly Diagnostic[] {
  const tenantOf = ({ to }: MailboxContactsSync): string => tenantIdentity(tenants, to.tenant);
  return syncs.filter(isMailboxContactsSync).flatMap((sync, index, all) => {
    const other = all
      .slice(0, index)
      .find((earlier) => tenantOf(earlier) === tenantOf(sync) && mayMeet(earlier, sync));
    if (other === undefined) return [];
    return [
      written.report(["syncs", sync.name, "to", "folder"], {
        code: "folder-shared",
        summary: "Two syncs share a folder",
        detail: `The sync ${other.name} uses a folder of the same name in the same tenant. In a mailbox that both reach each would count the other's contacts as unmanaged. Name the folders differently, or make one sync of the two.`,
        severity: "warning",
      }),
    ];
  });
}

/** @param one - and `other` are in one tenant */
function mayMeet({ to: one }: MailboxContactsSync, { to: other }: MailboxContactsSync): boolean {
  if (one.folder === null || other.folder === null) return false;
  if (one.folder.toLowerCase() !== other.folder.toLowerCase()) return false;
  return mayOverlap(one.mailboxes, other.mailboxes);
}

/** Who is in a group is not known here; of users that are named one by one it is. */
function mayOverlap(one: MailboxSelection, other: MailboxSelection): boolean {
  if (one.all || other.all || one.groups.length > 0 || other.groups.length > 0) return true;
  const names = new Set(one.users.map(({ name }) => name.toLowerCase()));
  return other.users.some(({ name }) => names.has(name.toLowerCase()));
}

/** Nobody gets a second folder that is called as the default one. */
export function folderIsNotNamedAsDefault({ syncs }: Config, written: Written): readonly Diagnostic[] {
  return syncs
    .filter(isMailboxContactsSync)
    .filter(({ to }) => to.folder !== null && isNamedAsDefault(to.folder))
    .map(({ name }) =>
      written.report(["syncs", name, "to", "folder"], {
        code: "folder-named-as-default",
        summary: "The folder is called as the default one",
        detail:
          "This makes a second folder beside or below the default Contacts folder, which most phones do not show. Leave folder out to use the default folder, or give it another name.",
        severity: "warning",
      }),
    );
}

function isNamedAsDefault(folder: string): boolean {
  return folder.trim().toLowerCase() === "contacts";
}

/** Whoever chooses a folder knows that not every phone shows it. */
export function phonesShowDefaultFolder({ syncs }: Config, written: Written): readonly Diagnostic[] {
  return syncs
    .filter(isMailboxContactsSync)
    .filter(({ to }) => to.folder !== null && !isNamedAsDefault(to.folder))
    .map(({ name }) =>
      written.report(["syncs", name, "to", "folder"], {
        code: "folder-not-on-phones",
        summary: "Not every phone shows this folder",
        detail:
          "Outlook on phones and the new Outlook show only the default Contacts folder everywhere. Leave folder out if the contacts must be on every phone; they are marked, so the users' own stay untouched.",
        severity: "warning",
      }),
    );
}
