import type { BookRef } from "../model/book.ts";
import type { ContactField } from "../model/contact-fields.ts";
import { contactFieldNames } from "../model/contact-fields.ts";
import type { DesiredContact, FieldChange } from "../model/contact.ts";
import type { Action, Cause, Change, Reason } from "../model/plan.ts";
import { isEmpty, sameValue } from "../model/values.ts";
import type { ShownField } from "./field-lines.ts";
import { masked } from "./redaction/redaction.ts";
import { namesShown } from "../text/some-names.ts";

/** The same change to one person's contact in a number of mailboxes. */
export interface ChangeGroup {
  readonly action: Action;
  readonly key: string;
  readonly displayName: string;
  /** A mail address, or the key when there is none. Distinguishes people of the same name. */
  readonly identity: string;
  readonly reason: Reason;
  /** Day on which a contact that is hidden now will be deleted; null when it is not hidden. */
  readonly deletedFrom: string | null;
  readonly withheld: string | null;
  /** Null unless the plan was compared with a base config. */
  readonly cause: Cause | null;
  readonly fields: readonly ShownField[];
  /** Number of non-empty fields that do not change. */
  readonly unchangedFields: number;
  readonly contacts: number;
  readonly mailboxes: number;
  /** The first few mailboxes; empty for mail contacts. */
  readonly names: readonly string[];
  /** Numbers of the books as ranges, first and last of each: `[0, 3, 7, 7]`. */
  readonly stretches: readonly number[];
}

export interface ChangeGroups {
  /** @param number - index of the book within its sync, from 0 */
  add(book: BookRef, number: number, change: Change): void;
  /** All deletes, and the first groups of each other action. */
  groups(): readonly ChangeGroup[];
}

type Growing = { -readonly [Name in keyof ChangeGroup]: ChangeGroup[Name] } & {
  readonly stretches: number[];
};

/**
 * Groups equal changes while books stream by. Memory grows only with the number of people deleted: of other changes, at
 * most `limit` groups are kept for each action, separately for withheld ones.
 */
export function createGroups(limit: number): ChangeGroups {
  const groups = new Map<string, Growing>();
  const kept = new Map<string, number>();
  const idOf = createIds();
  return {
    add(book, number, change) {
      const id = idOf(change);
      const known = groups.get(id);
      if (known !== undefined) {
        grow(known, book, number, change);
        return;
      }
      const kind = `${change.action}${change.withheld === null ? "" : " withheld"}`;
      const count = kept.get(kind) ?? 0;
      if (kind !== "delete" && count >= limit) return;
      kept.set(kind, count + 1);
      groups.set(id, newGroup(book, number, change));
    },
    groups: () => [...groups.values()],
  };
}

/**
 * Deletes of a person form one group, no matter which values are lost; other changes are grouped by their fields too.
 */
function createIds(): (change: Change) => string {
  const ofDesired = new WeakMap<DesiredContact, string>();
  return (change) => {
    const { action, key, displayName, reason, withheld, cause } = change;
    const base = [action, key, reason, withheld, cause, deletedFrom(change)];
    if (action === "delete") return JSON.stringify(base);
    if (action !== "create") return JSON.stringify([...base, displayName, fieldParts(change.fields)]);
    const fields = ofDesired.get(change.desired) ?? JSON.stringify(fieldParts(change.fields));
    ofDesired.set(change.desired, fields);
    return JSON.stringify([...base, displayName, fields]);
  };
}

function fieldParts(fields: readonly FieldChange[]): readonly unknown[] {
  return fields.map(({ field, before, after }) => [field, before, after]);
}

function newGroup(book: BookRef, number: number, change: Change): Growing {
  const { action, key, displayName, reason, withheld, cause = null } = change;
  return {
    action,
    key,
    displayName,
    identity: identityOf(change),
    reason,
    deletedFrom: deletedFrom(change),
    withheld,
    cause,
    fields: shownOf(change),
    unchangedFields: unchangedFields(change),
    contacts: 1,
    mailboxes: 1,
    names: book.mailbox === null ? [] : [book.mailbox],
    stretches: [number, number],
  };
}

function deletedFrom(change: Change): string | null {
  return (change.action === "update" ? change.deletedFrom : undefined) ?? null;
}

/** A move shows its fields at the create; its delete shows none. */
function shownOf(change: Change): readonly ShownField[] {
  return isMovedAway(change) ? [] : change.fields.map((field) => ({ ...field, varies: false }));
}

function isMovedAway({ reason }: Change): boolean {
  return reason === "moved-away";
}

function grow(group: Growing, book: BookRef, number: number, change: Change): void {
  group.contacts++;
  if (change.action === "delete" && !isMovedAway(change)) group.fields = merged(group.fields, change.fields);
  // The books of a sync arrive in order.
  const last = group.stretches.at(-1) ?? -1;
  if (last === number) return;
  if (last === number - 1) group.stretches[group.stretches.length - 1] = number;
  else group.stretches.push(number, number);
  group.mailboxes++;
  if (book.mailbox !== null && group.names.length < namesShown) group.names = [...group.names, book.mailbox];
}

/** Adds the values lost in one more mailbox to those lost in the mailboxes before. */
function merged(known: readonly ShownField[], more: readonly FieldChange[]): readonly ShownField[] {
  const alike =
    known.length === more.length &&
    known.every((one, i) => one.field === more[i]?.field && (one.varies || sameLoss(one, more[i])));
  if (alike) return known;
  const now = new Map(more.map((change) => [change.field, change]));
  const both = known.map((one) => (sameLoss(one, now.get(one.field)) ? one : { ...one, varies: true }));
  const before = new Set(known.map(({ field }) => field));
  const added = more.filter(({ field }) => !before.has(field)).map((change) => ({ ...change, varies: true }));
  return [...both, ...added].toSorted((one, other) => position(one.field) - position(other.field));
}

function position(field: ContactField): number {
  return contactFieldNames.indexOf(field);
}

function sameLoss(one: FieldChange, other: FieldChange | undefined): boolean {
  return other !== undefined && sameValue(one.before ?? "", other.before ?? "");
}

function identityOf(change: Change): string {
  if (change.action === "delete") {
    const lost = change.fields.find(({ field }) => field === "emailAddresses")?.before;
    const address = (typeof lost === "object" ? lost?.[0] : undefined) ?? masked;
    return address === masked ? change.key : address;
  }
  const { fields, addresses } = change.desired;
  const address = fields.emailAddresses?.[0] ?? addresses[0] ?? masked;
  return address === masked ? change.key : address;
}

function unchangedFields(change: Change): number {
  if (change.action === "delete" || change.action === "create") return 0;
  const filled = Object.values(change.desired.fields).filter((value) => !isEmpty(value)).length;
  return filled - change.fields.filter(({ after }) => after !== null && !isEmpty(after)).length;
}
