import type { SyncConfig } from "../model/config.ts";
import { isMailboxContactsSync } from "../model/config.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { Person } from "../model/person.ts";
import { nameOf } from "../desired/evaluate-for.ts";
import { namesShown, someNames } from "../text/some-names.ts";

/** What one sync delivers, as far as it is needed to see that another delivers the same. */
export interface Delivery {
  readonly sync: SyncConfig;
  /** Tells its tenant from others, whatever name that has in the config. */
  readonly tenant: string;
  /** Ids of its books. */
  readonly books: ReadonlySet<string>;
  readonly people: readonly Person[];
}

/**
 * One warning for each two syncs that put the same person (by key or mail) into one folder of one mailbox, and one for
 * each sync that does by itself: two of its people have one mail address.
 */
export function deliveredTwice(deliveries: readonly Delivery[]): readonly Diagnostic[] {
  return deliveries.flatMap((later, index) => [
    ...sharedAddresses(later),
    ...deliveries
      .slice(0, index)
      .filter((earlier) => sameFolder(earlier, later))
      .flatMap((earlier) => warning(earlier, later)),
  ]);
}

/** Mail contacts cannot share an address: of them it is told who is left out. */
function sharedAddresses({ sync, people }: Delivery): readonly Diagnostic[] {
  if (!isMailboxContactsSync(sync)) return [];
  const byMail = Map.groupBy(people, ({ mail }) => mail.toLowerCase());
  byMail.delete("");
  const shared = [...byMail.values()].filter((sharing) => sharing.length > 1);
  if (shared.length === 0) return [];
  const shown = shared.slice(0, namesShown);
  const told = shown.map((sharing) => `${sharing[0]?.mail ?? ""} (${someNames(sharing.map(nameOf))})`);
  const more = shared.length - shown.length;
  return [
    {
      severity: "warning",
      code: "address-shared",
      summary: "People of one sync share a mail address",
      detail:
        `Each of them gets a contact of its own in every mailbox of ${sync.name}: ${told.join(", ")}` +
        `${more > 0 ? ` and ${more} more addresses` : ""}. Where that is one person, there twice, take one of the two ` +
        `out of the source, or leave it out by \`where\`.`,
      place: sync.place,
      names: shown.flatMap((sharing) => sharing.map(nameOf)),
    },
  ];
}

function sameFolder(one: Delivery, other: Delivery): boolean {
  if (one.tenant !== other.tenant) return false;
  if (folderOf(one.sync) !== folderOf(other.sync)) return false;
  for (const book of one.books) if (other.books.has(book)) return true;
  return false;
}

/** Mail contacts of one tenant lie apart by their owned domains. */
function folderOf(sync: SyncConfig): string | null | SyncConfig {
  return isMailboxContactsSync(sync) ? sync.to.folder : sync;
}

function warning(earlier: Delivery, later: Delivery): readonly Diagnostic[] {
  const known = new Set(earlier.people.flatMap(namesOf));
  const twice = later.people.filter((person) => namesOf(person).some((name) => known.has(name)));
  if (twice.length === 0) return [];
  const names = twice.map(nameOf);
  return [
    {
      severity: "warning",
      code: "delivered-twice",
      summary: "Two syncs deliver the same person to one mailbox",
      detail:
        `${later.sync.name} and ${earlier.sync.name} both deliver to the same folder of the same mailboxes, and ` +
        `both have ${someNames(names)}, who will be there twice. Give one of them another folder or other mailboxes, or make ` +
        `them one sync with both sources, where the first that knows a person wins.`,
      place: later.sync.place,
      names: names.slice(0, namesShown),
    },
  ];
}

function namesOf(person: Person): readonly string[] {
  return person.mail === "" ? [person.key] : [person.key, person.mail.toLowerCase()];
}
