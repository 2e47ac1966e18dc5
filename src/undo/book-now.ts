import type { LiveContact } from "../model/contact.ts";

/** The current content of a book, as far as a rollback needs it. */
export interface BookNow {
  readonly owner: string;
  /** Whether an earlier rollback of the run was interrupted, so that pictures may be missing without a sign of it. */
  readonly isRetry: boolean;
  byId(id: string): LiveContact | undefined;
  /** Whether the run created the person's contact in another folder and deleted the previous one. */
  isMoved(key: string): boolean;
  /** Whether runs can take over or delete contacts that others created, and give them back (mail contacts only). */
  readonly takesOver: boolean;
  /** Contacts without the owner's marker that are in no step of the run. */
  readonly notOwn: readonly LiveContact[];
  /** Contacts of the owner with that key that are in no step of the run. */
  othersOf(key: string): readonly LiveContact[];
  /** Contacts with our alias that a run created but did not mark before it was interrupted. */
  halfMade(alias: string): readonly LiveContact[];
}

/** Reasons why a contact is not rolled back, as full sentences. */
export const why = {
  changed: "It was changed after the run, so it is not rolled back.",
  gone: "It was deleted after the run, so there is nothing to restore.",
  madeAgain:
    "The contact that the run created was deleted, and another run has created one for this person since. " +
    "It is kept; roll back the run that created it.",
  again: "This person has a contact again, so the deleted one is not restored.",
  ambiguous: "Several contacts could be the one that the run created, and the journal does not identify it.",
  moved:
    "The run moved it to another folder because the config named another one. Restore the previous value of " +
    "`folder`; galops apply then moves it back.",
  unmarked: "It had no marker of this sync before the run, so it stays as the run left it.",
} as const;
