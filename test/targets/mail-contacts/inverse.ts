import type { JournaledStep } from "../../../src/model/journal.ts";
import type { Change } from "../../../src/model/plan.ts";
import { historiesOf } from "../../../src/undo/history.ts";
import { noOtherRuns } from "../../../src/undo/other-runs.ts";
import { undoBook } from "../../../src/undo/undo-book.ts";
import { readAll } from "../../contract/target.ts";
import type { MemoryJournal } from "../../fakes/memory-journal.ts";
import type { MailWorld } from "./world.ts";

/** What undoes all that stands in a journal. */
export async function inverseOf(world: MailWorld, journal: MemoryJournal): Promise<readonly Change[]> {
  const steps = journal.entries().map(({ step: did, ...entry }, step) => ({
    ...entry,
    step,
    did,
  }));
  const [history] = historiesOf(steps as readonly JournaledStep[]); // mail contacts have no pictures
  const rules = { owner: world.owner, isRetry: false, takesOver: true, others: noOtherRuns };
  const live = await readAll(world);
  return undoBook(world.book, history?.histories ?? [], { live }, rules).plan.changes;
}
