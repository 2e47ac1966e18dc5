import type { ASTNode } from "@marcbachmann/cel-js";
import type { Person } from "../model/person.ts";
import { EvaluationError } from "./expression.ts";
import type { MailboxScope } from "./expression.ts";
import type { Machine } from "./machine.ts";
import { ValueError } from "./value.ts";
import type { Value } from "./value.ts";

/** What an evaluation knows. */
export interface Frame {
  readonly person: Person;
  readonly mailbox: MailboxScope | null;
  readonly machine: Machine;
  /** What macros have bound just now, by slot. */
  readonly locals: Value[];
}

/** A part of an expression, ready to be worked out. @throws {EvaluationError} when it has no value */
export type Step = (frame: Frame) => Value;

/** Slots of the names that the macros around a part have bound. */
export type Names = ReadonlyMap<string, number>;

export type Translate = (node: ASTNode, names: Names) => Step;

/** A step whose failures tell where it stands. */
export function located(offset: number, step: Step): Step {
  return (frame) => {
    try {
      return step(frame);
    } catch (error) {
      if (error instanceof ValueError) throw new EvaluationError(error.message, offset);
      throw error;
    }
  };
}
