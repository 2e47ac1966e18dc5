import type { FieldValue } from "../../model/contact.ts";
import { isEmpty } from "../../model/values.ts";
import { initialsOf } from "./initials.ts";
import { createKnownNames } from "./known-names.ts";
import type { KnownNames } from "./known-names.ts";
import { masked } from "./redaction.ts";
import type { Redaction } from "./redaction.ts";
import { withoutAddresses, withoutIds, withoutQuotes } from "./scrub.ts";

/** Hides people in everything that leaves the program, one level for one output. */
export interface Redactor {
  readonly level: Redaction;
  /** What a person is called. The name is known from then on, and hidden wherever text has it. */
  name(key: string, displayName: string): string;
  /** The pseudonym of a person, the same wherever he is met. */
  key(key: string): string;
  /** An address, told apart from others that look alike when hidden; null (mail contacts have no mailbox) stays null. */
  mailbox(address: string | null): string | null;
  /** Null and empty values stay, so that it is seen what is filled and what is cleared. */
  value(value: FieldValue | null): FieldValue | null;
  /** Text of our own that may name people. @param names - those that stand in it for sure */
  text(text: string, names?: readonly string[]): string;
  /** Text that may quote what a service or a file of people says: what stands in quotes is hidden, too. */
  foreignText(text: string, names?: readonly string[]): string;
}

/**
 * Short, and the same for the same person; null as long as there are none (nothing was planned yet).
 * From a code nobody must be able to find out the person.
 */
export type CodeOf = (key: string) => string | null;

/** Redactors of one program share what they know, so that each hides what the other has met. */
export function createRedactors(codeOf: CodeOf): (level: Redaction) => Redactor {
  const names = createKnownNames();
  return (level) => (level === "none" ? unredacted : createRedactor(level, codeOf, names));
}

const unredacted: Redactor = {
  level: "none",
  name: (_, displayName) => displayName,
  key: (key) => key,
  mailbox: (address) => address,
  value: (value) => value,
  text: (text) => text,
  foreignText: (text) => text,
};

function createRedactor(level: Exclude<Redaction, "none">, codeOf: CodeOf, names: KnownNames): Redactor {
  const isFull = level === "full";
  const pseudonym = (key: string): string => {
    const code = codeOf(subject(key));
    return code === null ? "somebody" : `person-${code}`;
  };
  const called = (name: string, key: string | null): string => {
    if (!isFull) return initialsOf(name);
    return key === null ? "somebody" : pseudonym(key);
  };
  const coded = (what: string, text: string): string => {
    const code = codeOf(text.replace("%40", "@").toLowerCase());
    return code === null ? `(${what})` : `${what}-${code}`;
  };
  const address = (text: string): string => (isFull ? coded("address", text) : maskedAddress(text));
  const id = (guid: string): string => coded("id", guid);
  const text: Redactor["text"] = (given, more = []) =>
    withoutIds(withoutAddresses(names.replaced(given, more, called), address), id);
  return {
    level,
    name(key, displayName) {
      names.learn(displayName, key);
      return called(displayName, key);
    },
    key: pseudonym,
    mailbox(mailbox) {
      if (mailbox === null) return null;
      if (isFull) return coded("mailbox", mailbox);
      // Not every mailbox is named by an address.
      const shown = text(mailbox);
      const code = codeOf(mailbox.toLowerCase());
      return code === null || shown === mailbox ? shown : `${shown} (mailbox-${code})`;
    },
    value(value) {
      // A yes or no tells nobody who it is.
      if (value === null || typeof value === "boolean" || isEmpty(value)) return value;
      return typeof value === "string" ? masked : [masked];
    },
    text,
    foreignText: (given, more = []) => text(withoutQuotes(names.replaced(given, more, called), masked)),
  };
}

/** Directory ids are unique by themselves, and messages have them without the tenant before them. */
function subject(key: string): string {
  const tail = key.slice(key.lastIndexOf("/") + 1);
  return /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/iu.test(tail) ? tail.toLowerCase() : key;
}

function maskedAddress(text: string): string {
  const [local = "", domain = ""] = text.split(/@|%40/u);
  const [first = ""] = Array.from(local);
  return `${first}…@${domain}`;
}
