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

/** The base config, prepared to plan books. */
export interface BaseView {
  readonly books: BaseBooks;
  /** Records that it is unknown what the base config would do in a book. */
  addProblem(sync: SyncConfig, plan: BookPlan): void;
  /**
   * At most one warning, which names the syncs for which the base config's changes are unknown, and why.
   *
   * @param isAffected - whether the plan changes anything in a sync of the base config
   */
  warnings(isAffected: (sync: SyncConfig) => boolean): readonly Diagnostic[];
}

/** Reads the sources of the base config and lists its books: all of them, even if the plan is limited to some. */
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
    warnings(isAffected) {
      const affected = base.syncs
        .map(({ sync }) => sync)
        .filter((sync) => unknown.has(sync.owner) && isAffected(sync));
      const why = notes.all().find(({ severity }) => severity === "error");
      return affected.length === 0 || why === undefined ? [] : [notKnown(affected, why)];
    },
  };
}

function notKnown(syncs: readonly SyncConfig[], why: Diagnostic): Diagnostic {
  const names = syncs.map(({ name }) => name).join(", ");
  const place = why.place === null ? "" : ` (${why.place.file}, line ${why.place.line})`;
  return {
    severity: "warning",
    code: "base-not-known",
    summary: "The changes of the base config are unknown",
    detail:
      `It is unknown which changes the base config would make in ${names}, so all changes there may count as caused ` +
      `by this change. The reason: ${why.detail}${place}`,
    place: null,
    ...(why.names === undefined ? {} : { names: why.names }),
  };
}
