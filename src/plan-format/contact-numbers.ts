import { createHash } from "node:crypto";
import type { DesiredContact } from "../model/contact.ts";
import { contactJson } from "./contact-lines.ts";

/** Numbers the desired contacts of a sync by content, so that equal ones are written once. */
export interface ContactNumbers {
  /** The number of the contact, known to a reader once it has read the lines of `takeNew`. */
  readonly numberOf: (contact: DesiredContact) => number;
  /** Lines of contacts numbered since the last call; each replaces the contact that had its number before. */
  readonly takeNew: () => readonly string[];
  /** Must be called after each book; frees the numbers of contacts that are no longer needed. */
  readonly endBook: () => void;
}

interface Numbered {
  readonly number: number;
  /** The last book that referred to it. */
  book: number;
}

/**
 * When fields depend on the mailbox, each book has contacts of its own, whose number must not grow with the mailboxes
 * in the memory of writer or reader. Therefore only some are remembered, and one that is needed again later is written
 * again.
 *
 * @param mostKept - contacts to remember, unless the last two books with contacts refer to more
 */
export function createContactNumbers(mostKept: number): ContactNumbers {
  const byIdentity = new WeakMap<DesiredContact, string>();
  // Ordered by last use, the oldest first.
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
        // Contacts of the last two books are kept in any number, because they probably occur in every book.
        if (byContent.size <= mostKept || known.book >= book - 1) break;
        byContent.delete(content);
        free.push(known.number);
      }
      book++;
      isReferred = false;
    },
  };
}
