import { createHash } from "node:crypto";
import type { DesiredContact } from "../model/contact.ts";
import { contactJson } from "./contact-lines.ts";

/** Numbers the desired contacts of a sync by what they say, so that equal ones are written once, whoever made them. */
export interface ContactNumbers {
  /** The number under which a reader knows the contact, once it has read the lines of `takeNew`. */
  readonly numberOf: (contact: DesiredContact) => number;
  /** Lines of contacts that got a number since; each takes the place of what had that number before. */
  readonly takeNew: () => readonly string[];
  /** After each book: contacts that are of use no longer give their numbers free. */
  readonly endBook: () => void;
}

interface Numbered {
  readonly number: number;
  /** The book that referred to it last. */
  book: number;
}

/**
 * Where a field says something else in each mailbox, each book has contacts of its own, and they must not pile up with
 * the mailboxes, neither here nor with whoever reads the plan. So only so many stay known; one that is needed again
 * later is written again.
 *
 * @param mostKept - contacts that stay known, unless the last two books that had any refer to more
 */
export function createContactNumbers(mostKept: number): ContactNumbers {
  const byIdentity = new WeakMap<DesiredContact, string>();
  // The one that was not referred to for longest comes first.
  const byContent = new Map<string, Numbered>();
  const free: number[] = [];
  let numbers = 0;
  let book = 0;
  let isReferred = false;
  let fresh: string[] = [];

  const enter = (content: string, json: string): number => {
    const number = free.pop() ?? numbers++;
    byContent.set(content, { number, book });
    fresh.push(`{"type":"contact","number":${number},${json.slice(1)}`);
    return number;
  };
  const use = (content: string, known: Numbered): number => {
    if (known.book !== book) {
      known.book = book;
      byContent.delete(content);
      byContent.set(content, known);
    }
    return known.number;
  };

  return {
    numberOf(contact) {
      isReferred = true;
      const before = byIdentity.get(contact);
      const seen = before === undefined ? undefined : byContent.get(before);
      if (before !== undefined && seen !== undefined) return use(before, seen);
      const json = contactJson(contact);
      const content = createHash("sha256").update(json).digest("base64");
      byIdentity.set(contact, content);
      const known = byContent.get(content);
      return known === undefined ? enter(content, json) : use(content, known);
    },
    takeNew() {
      const lines = fresh;
      fresh = [];
      return lines;
    },
    endBook() {
      if (!isReferred) return;
      for (const [content, known] of byContent) {
        // What everybody has comes with every book, however much it is.
        if (byContent.size <= mostKept || known.book >= book - 1) break;
        byContent.delete(content);
        free.push(known.number);
      }
      book++;
      isReferred = false;
    },
  };
}
