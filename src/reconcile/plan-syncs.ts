import type { Diagnostic } from "../model/diagnostic.ts";
import type { PlanRecord } from "../model/plan.ts";
import type { SyncFacts } from "../plan/limits.ts";
import { createCircuits } from "../concurrency/circuit.ts";
import { deliveredTwice } from "./delivered-twice.ts";
import type { Delivery } from "./delivered-twice.ts";
import { createNotes } from "./notes.ts";
import { planFormerBooks } from "./former-books.ts";
import type { BookWork, ComparedBook } from "./plan-book.ts";
import { bookWork, planBooks } from "./plan-books.ts";
import type { PlanInput } from "./plan-input.ts";
import { createPlanRecords } from "./plan-records.ts";
import { prepareSyncs, readAllSources } from "./prepare-syncs.ts";
import type { ReadySync } from "./prepare-syncs.ts";
import type { SourceReading } from "./read-sources.ts";
import { createTakenOver } from "./taken-over.ts";

/**
 * Plans the chosen syncs. Sources and lists of books are read first; then each book is read, compared, yielded and
 * forgotten. A sync with anything unreadable has no book records, and its error is in the diagnostics of the end.
 *
 * @throws the signal's reason when aborted
 * @throws any error that is a bug
 */
export async function* planSyncs(input: PlanInput): AsyncGenerator<PlanRecord> {
  const notes = createNotes();
  for (const diagnostic of input.diagnostics) notes.add(diagnostic);
  const records = createPlanRecords(input, notes);
  yield records.header(input.mailboxes);
  const readings = await readAllSources(input, notes);
  const ready = await prepareSyncs(input, readings, notes);

  const incomplete: string[] = [];
  const takenOver = createTakenOver();
  const circuitOf = createCircuits();
  for (const compiled of input.syncs) {
    const { name } = compiled.sync;
    yield records.sync(compiled.sync);
    const sync = ready.get(name);
    const work = sync === undefined ? null : bookWork(sync, input, notes);
    if (sync === undefined || work === null) {
      incomplete.push(name);
      continue;
    }
    const books = planEverywhere(sync, work, circuitOf, input);
    for await (const planned of books) {
      const { plan, warnings } = planned;
      takenOver.add(compiled.sync, plan.changes);
      for (const warning of warnings) notes.add(warning);
      yield records.book(compiled.sync, planned);
    }
  }
  if (input.mailboxes === null) {
    for (const sync of ready.values()) if (hasNoMailbox(sync)) notes.add(noMailbox(sync));
  }
  for (const warning of deliveredTwice([...ready.values()].map((sync) => deliveryOf(sync, input))))
    notes.add(warning);
  for (const warning of takenOver.warnings()) notes.add(warning);
  const end = records.end([...ready.values()].map((sync) => factsOf(sync, readings)));
  yield incomplete.length === 0 ? end : { ...end, incomplete };
}

async function* planEverywhere(
  { books, former }: ReadySync,
  work: BookWork,
  circuitOf: ReturnType<typeof createCircuits>,
  input: PlanInput,
): AsyncGenerator<ComparedBook> {
  const { tenant, kind } = work.sync.to;
  yield* planBooks(books, work, circuitOf(JSON.stringify([tenant, kind])), input);
  // galops may have access to its targets only. Refusals of former books must not keep later syncs from their targets.
  yield* planFormerBooks(former, work, circuitOf(JSON.stringify([tenant, kind, "former"])), input);
}

/** Whether a sync has no mailbox to deliver to. Only skipped mailboxes count as unusable, not unreadable ones. */
function hasNoMailbox({ compiled, books }: ReadySync): boolean {
  return compiled.sync.to.kind === "mailbox-contacts" && !books.some((book) => !("problem" in book));
}

function noMailbox({ compiled: { sync }, books }: ReadySync): Diagnostic {
  const skipped = books.length === 0 ? "" : ` All ${books.length} that it names are skipped.`;
  return {
    severity: "warning",
    code: "no-usable-mailbox",
    summary: "A sync has no mailbox",
    detail:
      `The sync ${sync.name} has no mailbox to deliver to, so it changes nothing.${skipped} ` +
      "Check the users and groups in its mailboxes. Contacts that it created in other mailboxes before stay there.",
    place: sync.place,
  };
}

function deliveryOf({ compiled, books, people }: ReadySync, { tenant }: PlanInput): Delivery {
  const ids = books.flatMap((book) => ("id" in book ? [book.id] : []));
  return { sync: compiled.sync, tenant: tenant(compiled.sync), books: new Set(ids), people };
}

function factsOf({ compiled, people }: ReadySync, readings: ReadonlyMap<string, SourceReading>): SyncFacts {
  const isEmpty = (name: string): boolean => {
    const reading = readings.get(name);
    return reading?.ok === true && reading.people.length === 0;
  };
  const { name, limits, from, to } = compiled.sync;
  return { sync: name, kind: to.kind, limits, people: people.length, emptySources: from.filter(isEmpty) };
}
