import type { BookRef, SkippedBook } from "../model/book.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { Person } from "../model/person.ts";
import type { Target } from "../model/target.ts";
import type { CompiledSync } from "../desired/compile-sync.ts";
import { mergePeople } from "../desired/merge-people.ts";
import { complete } from "./complete.ts";
import { listBooks } from "./list-books.ts";
import { createMailboxFilter } from "./mailbox-filter.ts";
import type { Notes } from "./notes.ts";
import type { PlanInput } from "./plan-input.ts";
import { readSources } from "./read-sources.ts";
import type { SourceReading } from "./read-sources.ts";
import { isWrongName } from "./wrong-names.ts";

/** A sync whose people and books are known, so that it can be planned. */
export interface ReadySync {
  readonly compiled: CompiledSync;
  readonly target: Target;
  readonly people: readonly Person[];
  readonly books: readonly (BookRef | SkippedBook)[];
  /** Books that the config does not name; empty unless the run is a sweep. */
  readonly former: readonly BookRef[];
}

/** Notes diagnostics: a failed read stops the syncs that need it, a wrong name stops all syncs. */
function noteFailures(notes: Notes, diagnostics: readonly Diagnostic[], syncs: readonly string[]): void {
  for (const diagnostic of diagnostics) {
    if (!isWrongName(diagnostic)) notes.addFailure(diagnostic, syncs);
    else
      notes.add({
        ...diagnostic,
        detail: `${diagnostic.detail} No sync changes anything until this is fixed.`,
      });
  }
}

/** Reads every source of the chosen syncs. Failures are noted with the syncs that depend on them. */
export async function readAllSources(
  input: PlanInput,
  notes: Notes,
): Promise<ReadonlyMap<string, SourceReading>> {
  const names = [...new Set(input.syncs.flatMap(({ sync }) => sync.from))];
  const readings = await readSources(names, {
    source: input.source,
    explain: input.explain,
    signal: input.signal,
    onRead: (source, people) => input.onProgress({ phase: "source", source, people }),
  });
  for (const [name, reading] of readings) {
    if (reading.ok) continue;
    const syncs = input.syncs.filter(({ sync }) => sync.from.includes(name)).map(({ sync }) => sync.name);
    noteFailures(notes, reading.diagnostics, syncs);
  }
  return readings;
}

/** Returns the syncs whose people and books are known, or none when the config contains a wrong name. */
export async function prepareSyncs(
  input: PlanInput,
  readings: ReadonlyMap<string, SourceReading>,
  notes: Notes,
): Promise<ReadonlyMap<string, ReadySync>> {
  const ready = new Map<string, ReadySync>();
  const filter = createMailboxFilter(input.mailboxes);
  let allListed = true;
  for (const compiled of input.syncs) {
    const target = input.target(compiled.sync);
    const listing = await listBooks(target, filter, input);
    if (!listing.ok) {
      allListed = false;
      noteFailures(notes, listing.diagnostics, [compiled.sync.name]);
      continue;
    }
    const people = merge(compiled, readings, notes);
    const { books, former } = listing;
    if (people !== null) ready.set(compiled.sync.name, { compiled, target, people, books, former });
  }
  if (allListed) for (const unknown of filter.unknown()) notes.add(unknown);
  const isBlocked = notes.all().some((one) => isWrongName(one));
  return isBlocked ? new Map() : ready;
}

/** Merges the people of a sync. @returns null when a source failed or an expression had no value, which is noted */
function merge(
  compiled: CompiledSync,
  readings: ReadonlyMap<string, SourceReading>,
  notes: Notes,
): readonly Person[] | null {
  const people = new Map<string, readonly Person[]>();
  for (const name of compiled.sync.from) {
    const reading = readings.get(name);
    if (reading?.ok !== true) return null;
    people.set(name, reading.people);
  }
  return complete(notes, () => mergePeople(compiled, people));
}
