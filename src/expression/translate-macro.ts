import { EvaluationError } from "./expression.ts";
import type { Machine } from "./machine.ts";
import type { Names, Step, Translate } from "./step.ts";
import { sizeOf } from "./syntax.ts";
import type { Macro } from "./syntax.ts";
import { entriesOf, isList, truth, ValueError } from "./value.ts";
import type { Value } from "./value.ts";

type ForItem = (item: Value) => Value;

/** Combines the items of a macro; the filter of `map` was already applied. */
const gather: Readonly<
  Record<Exclude<Macro["kind"], "bind">, (items: readonly Value[], body: ForItem, machine: Machine) => Value>
> = {
  map: (items, body) => items.map((item) => body(item)),
  filter: (items, body) => items.filter((item) => truth(body(item))),
  exists_one: (items, body) => items.filter((item) => truth(body(item))).length === 1,
  exists: (items, body, machine) => decide(items, body, machine, true),
  all: (items, body, machine) => decide(items, body, machine, false),
};

/** Translates a macro, which evaluates `over` once and its body for every item. */
export function translateMacro(macro: Macro, names: Names, translate: Translate): Step {
  const slot = names.size; // names are never bound twice, so each has its own slot
  const inside = new Map([...names, [macro.name.args, slot]]);
  const over = translate(macro.over, names);
  const body = translate(macro.body, inside);
  if (macro.kind === "bind") {
    return (frame) => {
      frame.locals[slot] = over(frame);
      return body(frame);
    };
  }
  const filter = macro.filter === null ? null : translate(macro.filter, inside);
  const cost = 1 + sizeOf(macro.body) + (macro.filter === null ? 0 : sizeOf(macro.filter));
  const gathered = gather[macro.kind];
  return (frame) => {
    const forItem =
      (part: Step): ForItem =>
      (item) => {
        frame.machine.spend(cost);
        frame.locals[slot] = item;
        return part(frame);
      };
    const { machine } = frame;
    const items = itemsOf(over(frame), machine);
    const kept =
      filter === null ? items : (gather.filter(items, forItem(filter), machine) as readonly Value[]);
    return gathered(kept, forItem(body), machine);
  };
}

/** Items of a list, or keys of a map. */
function itemsOf(value: Value, machine: Machine): readonly Value[] {
  if (isList(value)) return value;
  if (typeof value !== "object") throw new ValueError("Only lists and maps can be looped over.");
  const items = [...entriesOf(value).keys()];
  machine.spend(items.length);
  return items;
}

/**
 * Whether the body gives `sought` for any item, which decides the result. As CEL requires, an item that fails matters
 * only when no other item decides.
 */
function decide(
  items: readonly Value[],
  body: ForItem,
  { forgive }: Pick<Machine, "forgive">,
  sought: boolean,
): boolean {
  let failure: unknown = null;
  for (const item of items) {
    try {
      if (truth(body(item)) === sought) return sought;
    } catch (error) {
      if (!(error instanceof EvaluationError || error instanceof ValueError)) throw error;
      forgive();
      failure ??= error;
    }
  }
  if (failure !== null) throw failure as Error; // only errors are caught above
  return !sought;
}
