import { Scalar, visit } from "yaml";
import type { Node, Pair } from "yaml";
import { targetsOf } from "./alias-targets.ts";
import type { ConfigFile } from "./config-file.ts";

/** Stands in the place of a value that YAML took for something else, so that the rest can be looked at. */
export const unreadable: unique symbol = Symbol("unreadable");

/** @param lost - pairs, which are taken out, and values, which are made unreadable, as aliases of nothing are */
export function setAside({ document }: ConfigFile, lost: ReadonlySet<Node | Pair>): void {
  visit(document, {
    Map(_, map) {
      // All at once: to take one after the other out of a large map takes time with the square of its size.
      if (map.items.some((pair) => lost.has(pair))) map.items = map.items.filter((pair) => !lost.has(pair));
    },
    Scalar(_, scalar) {
      if (lost.has(scalar)) scalar.value = unreadable;
    },
  });
  const targets = targetsOf(document);
  visit(document, {
    Alias(_, alias) {
      if (targets.has(alias)) return undefined;
      const scalar = new Scalar<unknown>(unreadable);
      if (alias.range) scalar.range = alias.range;
      return scalar;
    },
  });
}
