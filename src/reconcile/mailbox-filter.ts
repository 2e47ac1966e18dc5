import type { BookRef, SkippedBook } from "../model/book.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import { nearestName } from "../text/nearest-name.ts";

/** Limits a run to some mailboxes, and remembers which names matched none. */
export interface MailboxFilter {
  /** True for every book when the run is not limited. */
  matches(book: BookRef | SkippedBook): boolean;
  /** One error for each name that matched no book. */
  unknown(): readonly Diagnostic[];
}

/** @param names - object id, UPN, mail or proxy address, in any case; null for all mailboxes */
export function createMailboxFilter(names: readonly string[] | null): MailboxFilter {
  const wanted = new Map(names?.map((name) => [name.toLowerCase(), name]));
  const found = new Set<string>();
  const seen: string[] = [];
  return {
    matches(book) {
      if (names === null) return true;
      if (book.mailbox !== null) seen.push(book.mailbox);
      const hits = namesOf(book).filter((name) => wanted.has(name));
      for (const hit of hits) found.add(hit);
      return hits.length > 0;
    },
    unknown() {
      const missing = [...wanted].filter(([name]) => !found.has(name));
      return missing.map(([name, written]) => unknownMailbox(written, nearestMailbox(name, seen)));
    },
  };
}

function namesOf(book: BookRef | SkippedBook): readonly string[] {
  const names = [book.mailbox ?? ""];
  if ("person" in book && book.person !== null) {
    const { id, mail, userPrincipalName, proxyAddresses } = book.person;
    names.push(id, mail, userPrincipalName, ...proxyAddresses);
  }
  return [...new Set(names.map((name) => name.toLowerCase()))];
}

/** Compares the parts before the @, because a long common domain would make any two addresses look similar. */
function nearestMailbox(name: string, seen: readonly string[]): string | null {
  const [local = "", domain] = name.split("@");
  const locals = new Map(
    seen
      .filter((one) => one.toLowerCase().endsWith(`@${domain}`))
      .map((one) => [one.split("@")[0] ?? "", one]),
  );
  if (locals.size === 0) return nearestName(name, seen);
  return locals.get(nearestName(local, locals.keys()) ?? "") ?? null;
}

function unknownMailbox(name: string, suggestion: string | null): Diagnostic {
  const hint = suggestion === null ? "" : ` Did you mean ${suggestion}?`;
  return {
    severity: "error",
    code: "unknown-mailbox",
    summary: "No such mailbox in the chosen syncs",
    detail: `--mailbox ${name} does not match any mailbox of the chosen syncs, so nothing is changed.${hint}`,
    place: null,
  };
}
