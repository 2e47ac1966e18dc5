import type { Callable, Run } from "./callable.ts";
import type { Machine } from "./machine.ts";
import { isList, sizeOfMap } from "./value.ts";
import type { Value } from "./value.ts";

type Work = (args: readonly Value[], machine: Machine) => Value;

// Numbers of characters that take about as long as one step: when read as a whole, split into characters, or compared
// with every position of another text, as a search does in the worst case.
const readAStep = 64;
const takenApartAStep = 4;
const comparedAStep = 256;

/** Counts the steps of a function that reads its arguments once. */
export function reading(run: Work, declares: readonly string[] = []): Callable {
  return { declares, run: counted(run, (args) => readingSteps(lengthOf(args)) + itemsOf(args)) };
}

/** Counts the steps of a function that splits text into characters. */
export function rewriting(run: Work, declares: readonly string[] = []): Callable {
  return { declares, run: counted(run, rewritingSteps) };
}

/** Counts the steps of a function that searches its first argument for its second. */
export function searching(run: Work, declares: readonly string[] = []): Callable {
  return { declares, run: counted(run, searchingSteps) };
}

/** Number of steps for reading this many characters. */
export function readingSteps(characters: number): number {
  return Math.ceil(characters / readAStep);
}

function rewritingSteps(args: readonly Value[]): number {
  return Math.ceil(lengthOf(args) / takenApartAStep) + itemsOf(args);
}

function searchingSteps(args: readonly Value[]): number {
  const [within = "", part = ""] = args;
  return rewritingSteps(args) + Math.ceil((lengthOf([within]) * lengthOf([part])) / comparedAStep);
}

/** Counts the result, too, so that the memory of an evaluation does not grow faster than its steps. */
function counted(run: Work, cost: (args: readonly Value[]) => number): Run {
  return (args, machine) => {
    machine.spend(1 + cost(args));
    const value = run(args, machine);
    machine.spend(readingSteps(lengthOf([value])) + itemsOf([value]));
    return value;
  };
}

/** Number of characters in texts, and in the texts of lists. */
function lengthOf(values: readonly Value[]): number {
  let length = 0;
  for (const value of values) {
    if (typeof value === "string") length += value.length;
    else if (isList(value)) for (const item of value) length += typeof item === "string" ? item.length : 0;
  }
  return length;
}

function itemsOf(values: readonly Value[]): number {
  let items = 0;
  for (const value of values) {
    if (typeof value === "object") items += isList(value) ? value.length : sizeOfMap(value);
  }
  return items;
}
