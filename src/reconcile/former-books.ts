import type { BookRef } from "../model/book.ts";
import type { BookPlan, Change } from "../model/plan.ts";
import type { Circuit } from "../concurrency/circuit.ts";
import { planBooks } from "./plan-books.ts";
import type { BookWork, ComparedBook } from "./plan-book.ts";
import type { PlanInput } from "./plan-input.ts";

/**
 * The plans of a sweep: everything of the sync's owner is taken out of books that the config does not name. Those that
 * hold nothing of it are left out, as are accounts without a mailbox. What else keeps one from being looked at is a
 * warning: nobody said that there is anything in it.
 *
 * @param circuit - of all such books of the tenant
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
  // A name is given to books of the config only.
  return { book, problem, unchanged, unmanaged, changes: plan.changes.map(ofFormer) };
}

function ofFormer(change: Change): Change {
  return change.reason === "left" ? { ...change, reason: "mailbox-left" } : change;
}
