import type { Person } from "../model/person.ts";

/** The `mailbox` of expressions: its owner, and the folder that gets the contact. */
export interface MailboxScope {
  readonly person: Person;
  /** Name of the folder; "" for the default Contacts folder. */
  readonly folder: string;
}

/** Variables in scope: `source` (also for syncs to mail contacts) has only `person`, `sync` also `mailbox`. */
export type Scope = "source" | "sync";

/** The required type: boolean, text, or for list fields either a text or a list of texts. */
export type ResultKind = "bool" | "text" | "list";

export interface Problem {
  /** Offset in the expression's text, in UTF-16 code units. */
  readonly offset: number;
  /** What is wrong (a full sentence). */
  readonly message: string;
  /** What to do; "" when there is nothing to add. */
  readonly hint: string;
}

/** A checked expression that can be evaluated any number of times. */
export interface Compiled<Value> {
  /**
   * @param mailbox - null in a source, and in a sync whose expressions do not use it
   * @throws {EvaluationError} when the expression has no value for this person
   */
  evaluate(person: Person, mailbox: MailboxScope | null): Value;
  /** Whether the value depends on the mailbox. */
  readonly usesMailbox: boolean;
}

/** Thrown when an expression has no value for a person: a list is too short, a key is missing, it takes too long. */
export class EvaluationError extends Error {
  override readonly name = "EvaluationError";
  /** Offset in the expression's text, in UTF-16 code units. */
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}
