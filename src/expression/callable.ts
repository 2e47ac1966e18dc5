import type { Machine } from "./machine.ts";
import type { Value } from "./value.ts";

/** Evaluates a function. The arguments match one of its signatures; a method's receiver comes first. */
export type Run = (args: readonly Value[], machine: Machine) => Value;

/** A function or method that expressions may call. */
export interface Callable {
  /** Signatures to declare to the CEL library, except for those that it has built in. */
  readonly declares: readonly string[];
  /** @throws {ValueError} when the function has no value for these arguments */
  readonly run: Run;
}
