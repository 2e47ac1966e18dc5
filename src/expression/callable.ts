import type { Machine } from "./machine.ts";
import type { Value } from "./value.ts";

/** Works a function out; its arguments (of a method, what it is called on comes first) fit one of its signatures. */
export type Run = (args: readonly Value[], machine: Machine) => Value;

/** A function or method that expressions may call. */
export interface Callable {
  /** The signatures that the CEL library does not know by itself, as it wants them declared. */
  readonly declares: readonly string[];
  /** @throws {ValueError} when it has no value for its arguments */
  readonly run: Run;
}
