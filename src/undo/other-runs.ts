import type { JournaledStep } from "../model/journal.ts";
import type { RunHeader } from "../model/run.ts";
import type { History } from "./history.ts";

/** What other runs say of contacts of which the run that is rolled back does not know what it did to them. */
export interface OtherRuns {
  /**
   * Why a contact is theirs (a full sentence); null where no other run names it.
   *
   * @param id - of the contact as it is now; null where there is none
   */
  reasonFor(book: BookOf, history: History, id: string | null): string | null;
}

/** A book, known by its owner and not by the name of a sync, which may change. */
interface BookOf {
  readonly owner: string;
  readonly id: string;
}

export interface GrowingOtherRuns extends OtherRuns {
  add(header: RunHeader, steps: readonly JournaledStep[]): void;
  /** A later run of which nobody can read what it did. @param why - a full sentence */
  addUnreadable(run: string, why: string): void;
}

export const noOtherRuns: OtherRuns = { reasonFor: () => null };

/** @param rolledBack - the run that is rolled back */
export function createOtherRuns(rolledBack: RunHeader): GrowingOtherRuns {
  /** Runs that made a contact, by its id. */
  const madeBy = new Map<string, string>();
  /** Later runs that may have made the contact of a person, and do not know its id, either. */
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
      unreadable = `The journal of ${run}, which may tell that it is its work, cannot be read: ${why}`;
    },
    reasonFor(book, { before, key }, id) {
      const maker =
        (id === null ? undefined : madeBy.get(nameIn(book, id))) ?? perhapsMadeBy.get(nameIn(book, key));
      if (before.kind === "none" && maker !== undefined) {
        return `Another run (${maker}) has made a contact for this person since. It is left as it is; roll back that run.`;
      }
      const writer = id === null ? undefined : writtenBy.get(nameIn(book, id));
      if (writer !== undefined) {
        return `It is not known whether the run did this, and another run (${writer}) has since. It is left as it is; roll back that run.`;
      }
      return unreadable;
    },
  };
}

/** Names of runs tell no more than seconds. */
function isAfter(one: RunHeader, other: RunHeader): boolean {
  return one.started === other.started ? one.run > other.run : one.started > other.started;
}

function nameIn({ owner, id }: BookOf, of: string): string {
  return JSON.stringify([owner, id, of]);
}
