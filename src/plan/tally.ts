import type { DesiredContact } from "../model/contact.ts";
import type { BookPlan, Change, UpdateChange } from "../model/plan.ts";
import { isHiding, isLeaving } from "./leaving.ts";

/** Distinct people of one sync over all its books, counted by key; what is withheld does not happen and is not in them. */
export interface SyncTally {
  /** Who has a contact now, in any book. */
  readonly owned: number;
  /** Who left before and is hidden until the grace ends, or was: owned, too, but no longer among the people. */
  readonly hidden: number;
  /**
   * Who loses a contact in any book, by being hidden for a grace, too. A duplicate that is deleted takes nobody away, nor
   * does a move to another folder, in which nobody is created either.
   */
  readonly deletes: number;
  /** Of `deletes` those who are hidden first. */
  readonly hides: number;
  readonly updates: number;
  /** Of `updates` those who had left and are back before the grace ended. */
  readonly returned: number;
  readonly creates: number;
  /** Whose mail addresses change in an existing contact. */
  readonly addressChanges: number;
  /** Who goes on under another key. */
  readonly rekeys: number;
  /** Contacts (not people) of the sync that stay, changed or not. */
  readonly keptContacts: number;
  /** With what the keys of some who lose a contact begin, and nobody's key does who is wanted: names of sources or tenants. */
  readonly lostOrigins: readonly string[];
}

export interface Tally {
  /** @param desired - what the book shall hold, as it was compared */
  add(sync: string, plan: BookPlan, desired: readonly DesiredContact[]): void;
  /** All zero for a sync of which no book was added. */
  of(sync: string): SyncTally;
}

interface People {
  readonly owned: Set<string>;
  readonly deletes: Set<string>;
  readonly hides: Set<string>;
  readonly updates: Set<string>;
  readonly returned: Set<string>;
  readonly hidden: Set<string>;
  readonly creates: Set<string>;
  readonly addressChanges: Set<string>;
  readonly rekeys: Set<string>;
  keptContacts: number;
  waiting: number;
  /** Of all who are wanted. */
  readonly origins: Set<string>;
}

/** Counts while books pass by; its memory grows with people, not with mailboxes. */
export function createTally(): Tally {
  const syncs = new Map<string, People>();
  return {
    add(sync, plan, desired) {
      // What could not be read is not known to be owned, and nothing is changed in it.
      if (plan.problem !== null) return;
      const people = syncs.get(sync) ?? nobody();
      syncs.set(sync, people);
      addBook(people, plan, desired);
    },
    of(sync) {
      const { owned, deletes, updates, creates, addressChanges, rekeys, keptContacts, ...rest } =
        syncs.get(sync) ?? nobody();
      return {
        owned: owned.size,
        hidden: rest.waiting + [...rest.hidden].filter((key) => !owned.has(key)).length,
        returned: rest.returned.size,
        hides: rest.hides.size,
        deletes: deletes.size,
        updates: updates.size,
        creates: creates.size,
        addressChanges: addressChanges.size,
        rekeys: rekeys.size,
        keptContacts,
        lostOrigins: lostOrigins(deletes, rest.origins),
      };
    },
  };
}

function nobody(): People {
  return {
    owned: new Set(),
    deletes: new Set(),
    hides: new Set(),
    updates: new Set(),
    returned: new Set(),
    hidden: new Set(),
    creates: new Set(),
    addressChanges: new Set(),
    rekeys: new Set(),
    keptContacts: 0,
    waiting: 0,
    origins: new Set(),
  };
}

function addBook(people: People, plan: BookPlan, desired: readonly DesiredContact[]): void {
  const created = new Set<string>();
  const changed = new Set(plan.changes.filter(({ action }) => action !== "delete").map(({ key }) => key));
  people.keptContacts += plan.unchanged;
  for (const change of plan.changes) {
    if (change.action === "create" && change.reason !== "moved") created.add(change.key);
    addChange(people, change);
  }
  let origin = "";
  let alike = 0;
  for (const { key } of desired) {
    // Those of one origin mostly stand together.
    if (origin === "" || !key.startsWith(`${origin}/`)) people.origins.add((origin = originOf(key)));
    if (!created.has(key)) people.owned.add(key);
    if (!changed.has(key)) alike++;
  }
  // What is neither desired nor changed waits for the end of its grace.
  people.waiting += Math.max(0, plan.unchanged - alike);
}

/** None where nobody is wanted at all: that everybody leaves says enough. */
function lostOrigins(deletes: ReadonlySet<string>, origins: ReadonlySet<string>): readonly string[] {
  if (origins.size === 0) return [];
  return [...new Set([...deletes].map(originOf))].filter((origin) => !origins.has(origin));
}

/** A key is the name of a source or tenant, a slash, and who it is there. */
function originOf(key: string): string {
  return key.split("/", 1)[0] ?? "";
}

/** A duplicate, and what moves; who is hidden again was counted when he left. */
const takesNobodyAway: ReadonlySet<string> = new Set(["duplicate", "moved-away", "edited"]);

function addChange(people: People, change: Change): void {
  const { key, action, withheld } = change;
  const leaves = isLeaving(change);
  // Who is in his grace left before, and does not shrink the sync again.
  // What is left to its user is nobody's contact any more.
  if (change.reason === "released") return;
  if (leaves) (isHiddenAlready(change) ? people.hidden : people.owned).add(key);
  const stays = action === "create" ? change.reason === "moved" : !leaves || withheld !== null;
  if (stays) people.keptContacts++;
  // Perhaps of somebody who cannot be had as he should be, and hence is not among those who are compared.
  if (action === "update" && !leaves && withheld !== null) addPerson(people, key);
  if (withheld !== null) return;
  if (leaves) {
    if (!takesNobodyAway.has(change.reason)) countLoss(people, change);
    return;
  }
  switch (change.action) {
    case "create":
      if (change.reason !== "moved") people.creates.add(key);
      return;
    case "update":
      countUpdate(people, change);
      return;
    case "delete":
    case "adopt":
      // It was not owned before, so it says nothing of what would become of the sync's own.
      return;
  }
}

function countUpdate(people: People, { key, reason, live, fields }: UpdateChange): void {
  // Where only the marker moves, nobody sees a change.
  if (reason === "marker-moved") return;
  people.updates.add(key);
  if (reason === "returned") people.returned.add(key);
  if (live.marker !== null && live.marker.key !== key) people.rekeys.add(key);
  if (fields.some(({ field }) => field === "emailAddresses")) people.addressChanges.add(key);
}

function addPerson(people: People, key: string): void {
  people.owned.add(key);
  people.origins.add(originOf(key));
}

/** By its marker: a user may have shown the contact again, and the grace may be over or no longer in the config. */
function isHiddenAlready(change: Change): boolean {
  return change.action !== "create" && (change.live.marker?.hiddenSince ?? "") !== "";
}

function countLoss(people: People, change: Change): void {
  people.deletes.add(change.key);
  if (isHiding(change)) people.hides.add(change.key);
}
