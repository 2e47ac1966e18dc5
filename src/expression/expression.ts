import type { Person } from "../model/person.ts";

/** Whose mailbox a contact is for, as expressions see it. */
export interface MailboxScope {
  readonly person: Person;
  /** Name of the folder; "" for the default Contacts folder. */
  readonly folder: string;
}

/** Where an expression stands: a source (and a sync to mail contacts) knows `person` only, a sync also `mailbox`. */
export type Scope = "source" | "sync";

/** What an expression must give: a yes or no, or the value of a field (text, or where a list is wanted text or list of text). */
export type ResultKind = "bool" | "text" | "list";

export interface Problem {
  /** Offset into the expression's text, UTF-16 code units. */
  readonly offset: number;
  /** What is wrong, a full sentence. */
  readonly message: string;
  /** What to do; "" when there is nothing to add. */
  readonly hint: string;
}

/** An expression that was checked and can be evaluated any number of times. */
export interface Compiled<Value> {
  /**
   * @param mailbox - null in a source, and in a sync whose expressions do not use it
   * @throws {EvaluationError} when it has no value for this person
   */
  evaluate(person: Person, mailbox: MailboxScope | null): Value;
  /** Whether the value may differ from mailbox to mailbox. */
  readonly usesMailbox: boolean;
}

/** An expression has no value for this person: a list too short, a key that is not there, too much to work out. */
export class EvaluationError extends Error {
  override readonly name = "EvaluationError";
  /** Where in the expression's text, UTF-16 code units. */
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}
