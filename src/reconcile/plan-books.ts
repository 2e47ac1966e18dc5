import type { BookRef } from "../model/book.ts";
import type { DesiredContact } from "../model/contact.ts";
import type { Target } from "../model/target.ts";
import { desiredContacts } from "../desired/desired-contacts.ts";
import { complete } from "./complete.ts";
import { mapInOrder } from "../concurrency/map-in-order.ts";
import type { Notes } from "./notes.ts";
import { planBook } from "./plan-book.ts";
import type { BookWork, PlannedBook } from "./plan-book.ts";
import type { PlanInput } from "./plan-input.ts";
import type { ReadySync } from "./prepare-syncs.ts";
import { withoutSelf } from "./without-self.ts";

/** The books of a sync in their order, several read at a time. */
export async function* planBooks(
  books: ReadySync["books"],
  work: BookWork,
  input: PlanInput,
): AsyncGenerator<PlannedBook> {
  const { sync } = work;
  let done = 0;
  input.onProgress({ phase: "book", sync: sync.name, done, total: books.length });
  yield* mapInOrder(books, input.parallelism, async (book) => {
    input.signal.throwIfAborted();
    const planned = await planBook(book, work);
    done++;
    input.onProgress({ phase: "book", sync: sync.name, done, total: books.length });
    return planned;
  });
}

/** What planning any book of a sync takes; null where its contacts are not known, which is noted. */
export function bookWork(
  { compiled, target, people }: ReadySync,
  { clock, explain, signal }: Pick<PlanInput, "clock" | "explain" | "signal">,
  notes: Notes,
): BookWork | null {
  const { sync, managed, usesMailbox } = compiled;
  const canonicalize: Target["canonicalize"] = (fields) => target.canonicalize(fields);
  const desired = (book: BookRef | null): readonly DesiredContact[] => {
    const mailbox = book?.person ? { person: book.person, folder: book.folder ?? "" } : null;
    const { contacts, diagnostics } = desiredContacts(compiled, people, canonicalize, mailbox);
    for (const diagnostic of diagnostics) notes.add(diagnostic);
    return contacts;
  };
  const forAll = usesMailbox ? null : complete(notes, () => desired(null));
  if (forAll === null && !usesMailbox) return null;
  const excludesSelf = sync.to.kind === "mailbox-contacts" && sync.to.excludeSelf;
  const alike = excludesSelf && forAll !== null ? withoutSelf(forAll) : () => forAll ?? [];
  const own = (book: BookRef): readonly DesiredContact[] =>
    excludesSelf ? withoutSelf(desired(book))(book) : desired(book);
  const desiredFor = usesMailbox ? own : alike;
  const today = new Date(clock.now()).toISOString().slice(0, "YYYY-MM-DD".length);
  return { sync, target, fields: managed, desiredFor, today, explain, signal };
}
