import type { SyncConfig } from "../model/config.ts";
import { isMailboxContactsSync } from "../model/config.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { Person } from "../model/person.ts";
import { nameOf } from "../desired/evaluate-for.ts";
import { namesShown, someNames } from "../text/some-names.ts";

/** What a sync delivers, for comparison with other syncs. */
export interface Delivery {
  readonly sync: SyncConfig;
  /** Identifies the tenant, regardless of its name in the config. */
  readonly tenant: string;
  /** Ids of its books. */
  readonly books: ReadonlySet<string>;
  readonly people: readonly Person[];
}

/**
 * Warns of each pair of syncs that puts the same person (by key or mail) into one folder of one mailbox, and of each
 * sync with several people who share a mail address.
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

/** Only for contacts in mailboxes: mail contacts cannot share an address, so the second person is left out anyway. */
function sharedAddresses({ sync, people }: Delivery): readonly Diagnostic[] {
  if (!isMailboxContactsSync(sync)) return [];
  const byMail = Map.groupBy(people, ({ mail }) => mail.toLowerCase());
  byMail.delete("");
  const shared = [...byMail.values()].filter((sharing) => sharing.length > 1);
  if (shared.length === 0) return [];
  const shown = shared.slice(0, namesShown);
  const listed = shown.map((sharing) => `${sharing[0]?.mail ?? ""} (${someNames(sharing.map(nameOf))})`);
  const more = shared.length - shown.length;
  return [
    {
      severity: "warning",
      code: "address-shared",
      summary: "People of one sync share a mail address",
      detail:
        `Each of them gets a separate contact in every mailbox of ${sync.name}: ${listed.join(", ")}` +
        `${more > 0 ? ` and ${more} more addresses` : ""}. If they are the same person, remove one of the entries ` +
        `from the source, or exclude it with \`where\`.`,
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

/** Mail contacts of different syncs never share a place, because their owned domains differ. */
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
        `both contain ${someNames(names)}, who will have two contacts there. Give one sync another folder or other ` +
        `mailboxes, or merge them into one sync with both sources, where the first source that contains a person wins.`,
      place: later.sync.place,
      names: names.slice(0, namesShown),
    },
  ];
}

function namesOf(person: Person): readonly string[] {
  return person.mail === "" ? [person.key] : [person.key, person.mail.toLowerCase()];
}
