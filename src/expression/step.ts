import type { ASTNode } from "@marcbachmann/cel-js";
import type { Person } from "../model/person.ts";
import { EvaluationError } from "./expression.ts";
import type { MailboxScope } from "./expression.ts";
import type { Machine } from "./machine.ts";
import { ValueError } from "./value.ts";
import type { Value } from "./value.ts";

/** State of an evaluation. */
export interface Frame {
  readonly person: Person;
  readonly mailbox: MailboxScope | null;
  readonly machine: Machine;
  /** Values currently bound by macros, by slot. */
  readonly locals: Value[];
}

/** A compiled part of an expression. @throws {EvaluationError} when it has no value */
export type Step = (frame: Frame) => Value;

/** Slots of the names that are bound by enclosing macros. */
export type Names = ReadonlyMap<string, number>;

export type Translate = (node: ASTNode, names: Names) => Step;

/** Adds the offset to failures of a step. */
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
