import type { LiveContact } from "../model/contact.ts";

/** What a book holds now, as far as a rollback looks at it. */
export interface BookNow {
  readonly owner: string;
  /** Whether an earlier rollback of the run was cut off, so that a picture may be missing where no marker tells. */
  readonly isRetry: boolean;
  byId(id: string): LiveContact | undefined;
  /** Whether the run made the person's contact anew in another folder, and deleted the one before. */
  isMoved(key: string): boolean;
  /** Whether runs take over, or delete, contacts that others made, and can give them back: mail contacts. */
  readonly takesOver: boolean;
  /** Contacts without the owner's marker which no step of the run names. */
  readonly notOwn: readonly LiveContact[];
  /** Contacts of the owner with that key which no step of the run names. */
  othersOf(key: string): readonly LiveContact[];
  /** Contacts with that alias of ours which a run made and was cut off before it marked them. */
  halfMade(alias: string): readonly LiveContact[];
}

/** Why a contact is left as it is, for people. */
export const why = {
  changed: "It was changed after the run, so it is left as it is.",
  gone: "It was deleted after the run, so there is nothing to restore.",
  madeAgain:
    "What the run made was deleted, and another run has made a contact for this person since. It is left as it is; " +
    "roll back the run that made it.",
  again: "There is a contact for this person again, so the deleted one is not made once more.",
  ambiguous: "Several contacts could be the one that the run made, and the journal does not tell which.",
  moved:
    "The run moved it to another folder, since the config named another one. Give `folder` its former value, and " +
    "galops apply moves it back.",
  unmarked: "It carried no marker of this sync before the run, and is left as the run left it.",
} as const;
