import type { SyncConfig } from "../model/config.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { BookPlan } from "../model/plan.ts";
import { createBaseBooks } from "./base-books.ts";
import type { BaseBook, BaseBooks } from "./base-books.ts";
import type { BaseInput } from "./base-input.ts";
import { createNotes } from "./notes.ts";
import { bookWork } from "./plan-books.ts";
import type { PlanInput } from "./plan-input.ts";
import { prepareSyncs, readAllSources } from "./prepare-syncs.ts";

/** The base config, ready to say what it would do in books. */
export interface BaseView {
  readonly books: BaseBooks;
  /** Takes note where it is not known what the base config would do in a book. */
  addProblem(sync: SyncConfig, plan: BookPlan): void;
  /**
   * At most one warning: of which syncs it is not known what the base config would do, and why.
   *
   * @param isConcerned - whether a sync of the base has anything to do with a change
   */
  warnings(isConcerned: (sync: SyncConfig) => boolean): readonly Diagnostic[];
}

/** Reads the sources of the base config and lists its books, all of them however the plan is narrowed. */
export async function viewOfBase(input: PlanInput, base: BaseInput): Promise<BaseView> {
  const notes = createNotes();
  const own: PlanInput = { ...input, ...base, mailboxes: null, diagnostics: [] };
  const readings = await readAllSources(own, notes);
  const ready = await prepareSyncs(own, readings, notes);
  const unknown = new Set(base.syncs.map(({ sync }) => sync.owner));
  const books: BaseBook[] = [];
  for (const sync of ready.values()) {
    const work = bookWork(sync, own, notes);
    if (work === null) continue;
    unknown.delete(work.sync.owner);
    for (const ref of sync.books) if (!("problem" in ref)) books.push({ ref, work });
  }
  return {
    books: createBaseBooks(books),
    addProblem({ name, owner }, { book, problem }) {
      if (problem?.severity !== "error") return;
      unknown.add(owner);
      notes.addBook(name, book.mailbox, problem);
    },
    warnings(isConcerned) {
      const concerned = base.syncs
        .map(({ sync }) => sync)
        .filter((sync) => unknown.has(sync.owner) && isConcerned(sync));
      const why = notes.all().find(({ severity }) => severity === "error");
      return concerned.length === 0 || why === undefined ? [] : [notKnown(concerned, why)];
    },
  };
}

function notKnown(syncs: readonly SyncConfig[], why: Diagnostic): Diagnostic {
  const names = syncs.map(({ name }) => name).join(", ");
  const place = why.place === null ? "" : ` (${why.place.file}, line ${why.place.line})`;
  return {
    severity: "warning",
    code: "base-not-known",
    summary: "What the base config would do is not known",
    detail: `Changes of ${names} count as caused by this change where it is not known whether the base config would make them, too. The reason: ${why.detail}${place}`,
    place: null,
    ...(why.names === undefined ? {} : { names: why.names }),
  };
}
