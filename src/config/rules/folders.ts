import type { Config, MailboxSelection } from "../../model/config.ts";
import { isMailboxContactsSync } from "../../model/config.ts";
import type { Diagnostic } from "../../model/diagnostic.ts";
import { tenantIdentity } from "../../model/tenant-identity.ts";
import type { Written } from "../written.ts";

/** No two syncs use one folder of one mailbox. */
export function foldersDiffer({ tenants, syncs }: Config, written: Written): readonly Diagnostic[] {
  const folders = new Map<string, Folder>();
  return syncs.filter(isMailboxContactsSync).flatMap(({ name, to }, index) => {
    if (to.folder === null) return [];
    const id = JSON.stringify([tenantIdentity(tenants, to.tenant), to.folder.toLowerCase()]);
    const folder = folders.get(id) ?? emptyFolder();
    folders.set(id, folder);
    const other = enter(folder, { name, index }, to.mailboxes);
    if (other === null) return [];
    return [
      written.report(["syncs", name, "to", "folder"], {
        code: "folder-shared",
        summary: "Two syncs share a folder",
        detail: `The sync ${other.name} uses a folder of the same name in the same tenant. In a mailbox that both write to, each would count the other's contacts as unmanaged. Name the folders differently, or merge the two syncs.`,
        severity: "warning",
      }),
    ];
  });
}

/** A sync and where it stands among the others. */
interface Place {
  readonly name: string;
  readonly index: number;
}

/** Who delivers to a folder of one name, the first of each kind. */
interface Folder {
  any: Place | null;
  /** To mailboxes that are not known here, which may be any. */
  toSome: Place | null;
  readonly toUser: Map<string, Place>;
}

function emptyFolder(): Folder {
  return { any: null, toSome: null, toUser: new Map() };
}

/** Adds a sync, and gives the first one before it that may reach a mailbox of its own. */
function enter(folder: Folder, sync: Place, { all, groups, users }: MailboxSelection): Place | null {
  // Who is in a group is not known here; of users that are named one by one it is.
  const toSome = all || groups.length > 0;
  const names = users.map(({ name }) => name.toLowerCase());
  const before = [folder.toSome, toSome ? folder.any : null, ...names.map((name) => folder.toUser.get(name))];
  folder.any ??= sync;
  if (toSome) folder.toSome ??= sync;
  for (const name of names) if (!folder.toUser.has(name)) folder.toUser.set(name, sync);
  return before
    .filter((one) => one !== null && one !== undefined)
    .reduce<Place | null>((first, one) => (first === null || one.index < first.index ? one : first), null);
}

/** Nobody gets a second folder that is called as the default one. */
export function folderIsNotNamedAsDefault({ syncs }: Config, written: Written): readonly Diagnostic[] {
  return syncs
    .filter(isMailboxContactsSync)
    .filter(({ to }) => to.folder !== null && isNamedAsDefault(to.folder))
    .map(({ name }) =>
      written.report(["syncs", name, "to", "folder"], {
        code: "folder-named-as-default",
        summary: "The folder has the name of the default folder",
        detail:
          "galops would create a second folder beside or below the default Contacts folder, and most phones do not show it. Remove folder to use the default folder, or choose another name.",
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
        summary: "Some phones do not show this folder",
        detail:
          "Outlook on phones and the new Outlook show only the default Contacts folder everywhere. Remove folder if the contacts must be on every phone. galops marks its contacts, so the users' own stay untouched.",
        severity: "warning",
      }),
    );
}
