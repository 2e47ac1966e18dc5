import type { BookRef } from "../model/book.ts";
import type { DesiredContact } from "../model/contact.ts";
import type { Target } from "../model/target.ts";
import { desiredContacts } from "../desired/desired-contacts.ts";
import { complete } from "./complete.ts";
import { inOrder } from "./in-order.ts";
import type { Notes } from "./notes.ts";
import { planBook } from "./plan-book.ts";
import type { PlannedBook } from "./plan-book.ts";
import type { PlanInput } from "./plan-input.ts";
import type { ReadySync } from "./prepare-syncs.ts";
import { withoutSelf } from "./without-self.ts";

/** The books of a sync in their order, several read at a time; none where its contacts are not known. */
export async function* planBooks(
  { compiled, target, people, books }: ReadySync,
  input: PlanInput,
  notes: Notes,
): AsyncGenerator<PlannedBook> {
  const { sync } = compiled;
  const canonicalize: Target["canonicalize"] = (fields) => target.canonicalize(fields);
  const desired = (book: BookRef | null): readonly DesiredContact[] => {
    const mailbox = book?.person ? { person: book.person, folder: book.folder ?? "" } : null;
    const { contacts, diagnostics } = desiredContacts(compiled, people, canonicalize, mailbox);
    for (const diagnostic of diagnostics) notes.add(diagnostic);
    return contacts;
  };
  const forAll = compiled.usesMailbox ? null : complete(notes, () => desired(null));
  if (forAll === null && !compiled.usesMailbox) return;
  const excludesSelf = sync.to.kind === "mailbox-contacts" && sync.to.excludeSelf;
  const alike = excludesSelf && forAll !== null ? withoutSelf(forAll) : () => forAll ?? [];
  const own = (book: BookRef): readonly DesiredContact[] =>
    excludesSelf ? withoutSelf(desired(book))(book) : desired(book);
  const work = {
    sync,
    target,
    fields: compiled.managed,
    desiredFor: compiled.usesMailbox ? own : alike,
    today: new Date(input.clock.now()).toISOString().slice(0, "YYYY-MM-DD".length),
    explain: input.explain,
    signal: input.signal,
  };
  let done = 0;
  input.onProgress({ phase: "book", sync: sync.name, done, total: books.length });
  yield* inOrder(books, input.parallelism, async (book) => {
    input.signal.throwIfAborted();
    const planned = await planBook(book, work);
    done++;
    input.onProgress({ phase: "book", sync: sync.name, done, total: books.length });
    return planned;
  });
}
