import type { DesiredContact } from "../model/contact.ts";
import type { BookPlan, Change, UpdateChange } from "../model/plan.ts";
import { unmarked } from "./match-contacts.ts";
import { isHiding, isLeaving } from "./leaving.ts";

/** Distinct people of one sync over all its books, counted by key. Withheld changes do not count. */
export interface SyncTally {
  /** People who have a contact now, in any book. */
  readonly owned: number;
  /** People who left in an earlier run, whose contacts are hidden for a grace that goes on or has just ended. */
  readonly hidden: number;
  /**
   * People who lose a contact in any book, including by being hidden for a grace. Deleting a duplicate does not count,
   * nor does a move to another folder, which does not count as a create either.
   */
  readonly deletes: number;
  /** How many of `deletes` are hidden first. */
  readonly hides: number;
  readonly updates: number;
  /** How many of `updates` had left and returned before the grace ended. */
  readonly returned: number;
  readonly creates: number;
  /** People whose mail addresses change in an existing contact. */
  readonly addressChanges: number;
  /** People whose contact gets another key. */
  readonly rekeys: number;
  /** Contacts (not people) of the sync that stay, changed or not. */
  readonly keptContacts: number;
  /** Names of csv sources of people who lose a contact, from which no desired person comes. */
  readonly lostOrigins: readonly string[];
}

export interface Tally {
  /** @param desired - the desired contacts that the plan was made from */
  add(sync: string, plan: BookPlan, desired: readonly DesiredContact[]): void;
  /** All counts are zero for a sync without added books. */
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
  /** Origins of all desired people. */
  readonly origins: Set<string>;
}

/** Counts people while books are planned. Memory grows with the number of people, not of mailboxes. */
export function createTally(): Tally {
  const syncs = new Map<string, People>();
  return {
    add(sync, plan, desired) {
      // It is unknown what an unreadable book contains, and nothing in it is changed.
      if (plan.problem !== null) return;
      const people = syncs.get(sync) ?? noPeople();
      syncs.set(sync, people);
      addBook(people, plan, desired);
    },
    of(sync) {
      const { owned, deletes, updates, creates, addressChanges, rekeys, keptContacts, ...rest } =
        syncs.get(sync) ?? noPeople();
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

function noPeople(): People {
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
    // Contacts of one origin are mostly adjacent.
    if (origin === "" || !key.startsWith(`${origin}/`)) people.origins.add((origin = originOf(key)));
    if (!created.has(key)) people.owned.add(key);
    if (!changed.has(key)) alike++;
  }
  // Contacts that are neither desired nor changed wait for the end of their grace.
  people.waiting += Math.max(0, plan.unchanged - alike);
}

/** Empty when nobody is desired at all: then other messages explain that everything is removed. */
function lostOrigins(deletes: ReadonlySet<string>, origins: ReadonlySet<string>): readonly string[] {
  if (origins.size === 0) return [];
  return [...new Set([...deletes].map(originOf))].filter(
    (origin) => !origins.has(origin) && !isNameless(origin),
  );
}

/** Tenants, whose ids nobody changes in a config, and what carries no key. */
function isNameless(origin: string): boolean {
  return origin === unmarked || /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/.test(origin);
}

/** The name of the source or tenant with which a key begins, before the slash. */
function originOf(key: string): string {
  return key.split("/", 1)[0] ?? "";
}

/** Reasons of deletes and hides by which no person loses a contact, or that were counted when the person left. */
const takesNobodyAway: ReadonlySet<string> = new Set(["duplicate", "moved-away", "edited"]);

function addChange(people: People, change: Change): void {
  const { key, action, withheld } = change;
  const leaves = isLeaving(change);
  // A released copy is no longer a contact of the sync.
  if (change.reason === "released") return;
  // People in their grace left in an earlier run, so they do not shrink the sync again.
  if (leaves) (isHiddenAlready(change) ? people.hidden : people.owned).add(key);
  const stays = action === "create" ? change.reason === "moved" : !leaves || withheld !== null;
  if (stays) people.keptContacts++;
  // The person may be one whom the target cannot hold, and who is therefore not in `desired`.
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
      // An adopted contact was not owned before, so it does not count as a change of the sync's contacts.
      return;
  }
}

function countUpdate(people: People, { key, reason, live, fields }: UpdateChange): void {
  // Users cannot see that a marker moves.
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

/** Decided by the marker: a user may have shown the contact again, or the config may no longer have a grace. */
function isHiddenAlready(change: Change): boolean {
  return change.action !== "create" && (change.live.marker?.hiddenSince ?? "") !== "";
}

function countLoss(people: People, change: Change): void {
  people.deletes.add(change.key);
  if (isHiding(change)) people.hides.add(change.key);
}
