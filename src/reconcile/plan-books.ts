import type { BookProblem, BookRef } from "../model/book.ts";
import type { WantedContacts } from "../model/contact.ts";
import type { Target } from "../model/target.ts";
import { desiredContacts } from "../desired/desired-contacts.ts";
import { complete } from "./complete.ts";
import { rowOfFailures } from "../concurrency/circuit.ts";
import type { Circuit } from "../concurrency/circuit.ts";
import { eachBook } from "./each-book.ts";
import { notAskedCode } from "./notes.ts";
import type { Notes } from "./notes.ts";
import { notRead, planBook } from "./plan-book.ts";
import type { BookWork, ComparedBook } from "./plan-book.ts";
import type { PlanInput } from "./plan-input.ts";
import type { ReadySync } from "./prepare-syncs.ts";
import { withoutSelf } from "./without-self.ts";

/** Number of books to try before giving up, spread over the rest: failing books may just be adjacent alphabetically. */
const probes = 4;

/**
 * Plans the books of a sync in order, several at a time. If most fail with the same code, the rest is not read. Books
 * that were read ahead by then are discarded, so that the same failures always make the same plan.
 *
 * @param circuit - shared by all books of the tenant
 */
export async function* planBooks(
  books: ReadySync["books"],
  work: BookWork,
  circuit: Circuit,
  input: PlanInput,
): AsyncGenerator<ComparedBook> {
  const { sync } = work;
  let given: BookProblem | null = givenUp(circuit);
  const results = eachBook(sync.name, [...books.entries()], input, async ([at, book]) => {
    const planned = given === null ? await planBook(book, work) : notRead(book, work, given);
    return { at, book, planned };
  });
  for await (const { at, book, planned } of results) {
    if (given !== null) {
      yield notRead(book, work, given);
      continue;
    }
    const { isServed, plan } = planned;
    if (isServed !== null) circuit.add(isServed ? null : (plan.problem?.code ?? ""));
    yield planned;
    if (circuit.openedBy() !== null && (await someServed(books.slice(at + 1), work))) circuit.close();
    given = givenUp(circuit);
  }
}

async function someServed(rest: ReadySync["books"], work: BookWork): Promise<boolean> {
  const real = rest.filter((book) => "id" in book);
  const step = Math.max(1, Math.floor(real.length / probes));
  for (let at = real.length - 1; at >= 0; at -= step) {
    const book = real[at];
    if (book !== undefined && (await planBook(book, work)).isServed === true) return true;
  }
  return false;
}

function givenUp(circuit: Circuit): BookProblem | null {
  const failure = circuit.openedBy();
  return failure === null ? null : notAsked(failure);
}

function notAsked(failure: string): BookProblem {
  const message =
    `${rowOfFailures} mailboxes in a row failed with the same error (${failure}), and so did a sample of the others, ` +
    "so the rest of the tenant was not read. Fix the cause, then run again.";
  return { severity: "error", code: notAskedCode, message };
}

/** Prepares planning the books of a sync. @returns null when its contacts are unknown, which is added to `notes` */
export function bookWork(
  { compiled, target, people }: ReadySync,
  { clock, explain, signal }: Pick<PlanInput, "clock" | "explain" | "signal">,
  notes: Notes,
): BookWork | null {
  const { sync, managed, usesMailbox } = compiled;
  const canonicalize: Target["canonicalize"] = (fields) => target.canonicalize(fields);
  const desired = (book: BookRef | null): WantedContacts => {
    const mailbox = book?.person ? { person: book.person, folder: book.folder ?? "" } : null;
    const { diagnostics, ...wanted } = desiredContacts(compiled, people, canonicalize, mailbox);
    for (const diagnostic of diagnostics) notes.add(diagnostic);
    return wanted;
  };
  const forAll = usesMailbox ? null : complete(notes, () => desired(null));
  if (forAll === null && !usesMailbox) return null;
  const excludesSelf = sync.to.kind === "mailbox-contacts" && sync.to.excludeSelf;
  const forOthers = (wanted: WantedContacts): BookWork["desiredFor"] => {
    if (!excludesSelf) return () => wanted;
    const contactsFor = withoutSelf(wanted.contacts);
    return (book) => ({ ...wanted, contacts: contactsFor(book) });
  };
  const desiredFor: BookWork["desiredFor"] =
    forAll === null ? (book) => forOthers(desired(book))(book) : forOthers(forAll);
  const today = new Date(clock.now()).toISOString().slice(0, "YYYY-MM-DD".length);
  return { sync, target, fields: managed, desiredFor, today, explain, signal };
}
