import type { BookRef } from "../model/book.ts";
import type { BookPlan, Change } from "../model/plan.ts";
import type { Circuit } from "../concurrency/circuit.ts";
import { planBooks } from "./plan-books.ts";
import type { BookWork, ComparedBook } from "./plan-book.ts";
import type { PlanInput } from "./plan-input.ts";

/**
 * Plans a sweep: removes everything that belongs to the sync's owner from books that the config does not name. Books
 * with nothing to remove and accounts without a mailbox are omitted. A book that cannot be read is only a warning,
 * because it is unlikely to contain anything.
 *
 * @param circuit - shared by all former books of the tenant
 */
export async function* planFormerBooks(
  books: readonly BookRef[],
  work: BookWork,
  circuit: Circuit,
  input: PlanInput,
): AsyncGenerator<ComparedBook> {
  if (books.length === 0) return;
  const emptying: BookWork = { ...work, desiredFor: () => ({ contacts: [], unfit: [] }) };
  for await (const planned of planBooks(books, emptying, circuit, input)) {
    const plan = emptied(planned.plan);
    if (plan !== null) yield { ...planned, plan };
  }
}

function emptied(plan: BookPlan): BookPlan | null {
  const { book, problem, unchanged, unmanaged } = plan;
  if (problem !== null) {
    return problem.severity === "warning" ? null : { ...plan, problem: { ...problem, severity: "warning" } };
  }
  if (plan.changes.length === 0) return null;
  // Drops a rename: only books of the config are renamed.
  return { book, problem, unchanged, unmanaged, changes: plan.changes.map(ofFormer) };
}

function ofFormer(change: Change): Change {
  return change.reason === "left" ? { ...change, reason: "mailbox-left" } : change;
}
