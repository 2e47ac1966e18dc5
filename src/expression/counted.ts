import type { Callable, Run } from "./callable.ts";
import type { Machine } from "./machine.ts";
import { isList, sizeOfMap } from "./value.ts";
import type { Value } from "./value.ts";

type Work = (args: readonly Value[], machine: Machine) => Value;

// As many characters take about as long as a step: read as they are, taken apart one by one, or compared with one place
// of another text after the other, as looking for a part does at worst.
const readAStep = 64;
const takenApartAStep = 4;
const comparedAStep = 256;

/** What goes over its arguments once. */
export function reading(run: Work, declares: readonly string[] = []): Callable {
  return { declares, run: counted(run, (args) => readingSteps(lengthOf(args)) + itemsOf(args)) };
}

/** What takes text apart into its characters. */
export function rewriting(run: Work, declares: readonly string[] = []): Callable {
  return { declares, run: counted(run, rewritingSteps) };
}

/** What looks for its second argument in its first. */
export function searching(run: Work, declares: readonly string[] = []): Callable {
  return { declares, run: counted(run, searchingSteps) };
}

/** Steps for reading so many characters. */
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

/** What is made is counted, too: what an evaluation keeps must not grow faster than its steps. */
function counted(run: Work, cost: (args: readonly Value[]) => number): Run {
  return (args, machine) => {
    machine.spend(1 + cost(args));
    const value = run(args, machine);
    machine.spend(readingSteps(lengthOf([value])) + itemsOf([value]));
    return value;
  };
}

/** Characters of texts, and of texts in lists. */
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
