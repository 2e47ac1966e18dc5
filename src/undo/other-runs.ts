import type { JournaledStep } from "../model/journal.ts";
import type { RunHeader } from "../model/run.ts";
import type { History } from "./history.ts";

/** What other runs did to contacts for which it is unknown what the run to roll back did. */
export interface OtherRuns {
  /**
   * Why a contact may be another run's work (a full sentence); null when it is in no other run.
   *
   * @param id - id of the current contact; null when there is none
   */
  reasonFor(book: BookOf, history: History, id: string | null): string | null;
}

/** A book, identified by owner rather than by the name of the sync, which may change. */
interface BookOf {
  readonly owner: string;
  readonly id: string;
}

export interface GrowingOtherRuns extends OtherRuns {
  add(header: RunHeader, steps: readonly JournaledStep[]): void;
  /** Adds a later run whose journal cannot be read. @param why - a full sentence */
  addUnreadable(run: string, why: string): void;
}

export const noOtherRuns: OtherRuns = { reasonFor: () => null };

/** @param rolledBack - the run to roll back */
export function createOtherRuns(rolledBack: RunHeader): GrowingOtherRuns {
  /** Runs that created a contact, by its id. */
  const madeBy = new Map<string, string>();
  /** Later runs that may have created the contact of a person but do not know its id either. */
  const perhapsMadeBy = new Map<string, string>();
  /** Later runs that changed or deleted a contact, by its id. */
  const writtenBy = new Map<string, string>();
  let unreadable: string | null = null;

  return {
    add(header, steps) {
      const isLater = isAfter(header, rolledBack);
      const owners = new Map(header.syncs.map(({ name, owner }) => [name, owner]));
      for (const { sync, book, did, result } of steps) {
        if (did.action === "folder" || result?.status === "failed") continue;
        const place = { owner: owners.get(sync) ?? "", id: book.id };
        if (did.action === "create") {
          const id = result?.after?.id;
          if (id !== undefined) madeBy.set(nameIn(place, id), header.run);
          else if (isLater) perhapsMadeBy.set(nameIn(place, did.key), header.run);
        } else if (isLater && header.undoes !== rolledBack.run) {
          writtenBy.set(nameIn(place, did.action === "photo" ? did.id : did.before.id), header.run);
        }
      }
    },
    addUnreadable(run, why) {
      unreadable = `It may be the work of ${run}, whose journal cannot be read: ${why}`;
    },
    reasonFor(book, { before, key }, id) {
      const maker =
        (id === null ? undefined : madeBy.get(nameIn(book, id))) ?? perhapsMadeBy.get(nameIn(book, key));
      if (before.kind === "none" && maker !== undefined) {
        return `Another run (${maker}) has created a contact for this person since. It is kept; roll back that run.`;
      }
      const writer = id === null ? undefined : writtenBy.get(nameIn(book, id));
      if (writer !== undefined) {
        return `It is unknown whether the run changed it, but another run (${writer}) has since. It is kept; roll back that run.`;
      }
      return unreadable;
    },
  };
}

/** Compares start times first, because the names of runs contain no fractions of seconds. */
function isAfter(one: RunHeader, other: RunHeader): boolean {
  return one.started === other.started ? one.run > other.run : one.started > other.started;
}

function nameIn({ owner, id }: BookOf, of: string): string {
  return JSON.stringify([owner, id, of]);
}
