import type { BookRef } from "../model/book.ts";
import type { SyncConfig } from "../model/config.ts";
import type { ContactField } from "../model/contact-fields.ts";
import { contactFieldNames } from "../model/contact-fields.ts";
import type { LiveContact } from "../model/contact.ts";
import type { BookPlan } from "../model/plan.ts";
import type { BookReading, Target } from "../model/target.ts";
import { planBook } from "./plan-book.ts";
import type { BookWork, ComparedBook } from "./plan-book.ts";

/** A book of the base config. */
export interface BaseBook {
  readonly ref: BookRef;
  readonly work: BookWork;
}

/** The books of the base config. Each is planned from what the actual plan reads of it. */
export interface BaseBooks {
  /** Wraps a target so that each book that is read is also planned for the base config, without a second read. */
  watched(sync: SyncConfig, target: Target): Target;
  /** Takes out the base config's plan of a book; null when the base config does not have the book. */
  take(sync: SyncConfig, book: BookRef): BookPlan | null;
  /** The books that `take` was not called for. */
  others(): readonly BaseBook[];
}

export function createBaseBooks(books: readonly BaseBook[]): BaseBooks {
  const rest = new Map(books.map((book) => [nameOf(book.work.sync, book.ref), book]));
  const planned = new Map<string, ComparedBook>();
  return {
    watched: (sync, target) => ({
      ...target,
      async read(book, fields, signal) {
        const name = nameOf(sync, book);
        const base = rest.get(name);
        if (base === undefined) return await target.read(book, fields, signal);
        const all = union(fields, base.work.fields);
        const reading = await target.read(book, all, signal);
        planned.set(name, await planFrom(base, sync, book, reading));
        return asRead(sync, reading, fields);
      },
    }),
    take(sync, book) {
      const name = nameOf(sync, book);
      const found = planned.get(name);
      planned.delete(name);
      rest.delete(name);
      return found?.plan ?? null;
    },
    others: () => [...rest.values()],
  };
}

/** Leaves out the folder: a book with another folder in the config is the same one, and its contacts move. */
function nameOf({ owner, to }: SyncConfig, { id }: BookRef): string {
  return JSON.stringify([owner, to.kind, to.tenant, id]);
}

async function planFrom(
  { ref, work }: BaseBook,
  sync: SyncConfig,
  book: BookRef,
  reading: BookReading,
): Promise<ComparedBook> {
  // A folder that galops did not create is identified by its name only, so another name may mean another folder. The
  // default folder is always a different one.
  const isDefault = ref.folder === null || book.folder === null;
  const isOther = ref.folder !== book.folder && (isDefault || !reading.isOurs);
  if (isOther || !readAlike(work.sync, sync)) return await planBook(ref, work);
  const target: Target = {
    ...work.target,
    read: (_book, fields) => Promise.resolve(asRead(sync, reading, fields)),
  };
  return await planBook(ref, { ...work, target });
}

/** Whether two configs of a sync read the same contacts of a book. Both must have the same target kind. */
function readAlike({ to: one }: SyncConfig, { to: other }: SyncConfig): boolean {
  if (one.kind !== "mail-contacts" || other.kind !== "mail-contacts") return true;
  return one.stamp === other.stamp && one.ownedDomains.join(" ") === other.ownedDomains.join(" ");
}

function union(one: readonly ContactField[], other: readonly ContactField[]): readonly ContactField[] {
  const both = new Set([...one, ...other]);
  return contactFieldNames.filter((field) => both.has(field));
}

/**
 * Reduces a reading to the given fields, because fields that a config does not read must not affect its plan. Mail
 * contacts are always read completely.
 */
function asRead({ to }: SyncConfig, reading: BookReading, fields: readonly ContactField[]): BookReading {
  if (to.kind === "mail-contacts") return reading;
  return { ...reading, live: reading.live.map((contact) => narrowed(contact, fields)) };
}

function narrowed(contact: LiveContact, fields: readonly ContactField[]): LiveContact {
  if (Object.keys(contact.fields).length === fields.length) return contact;
  const kept = fields.map((field) => [field, contact.fields[field]] as const);
  const given = Object.fromEntries(kept.filter(([, value]) => value !== undefined));
  return { ...contact, fields: given };
}
