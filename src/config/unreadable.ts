import { Scalar, visit } from "yaml";
import type { Node, Pair } from "yaml";
import type { ConfigFile } from "./config-file.ts";

/** Stands in the place of a value that YAML took for something else, so that the rest can be looked at. */
export const unreadable: unique symbol = Symbol("unreadable");

/** @param lost - pairs, which are taken out, and values, which are made unreadable, as aliases of nothing are */
export function setAside({ document }: ConfigFile, lost: ReadonlySet<Node | Pair>): void {
  visit(document, {
    Pair: (_, pair) => (lost.has(pair) ? visit.REMOVE : undefined),
    Scalar(_, scalar) {
      if (lost.has(scalar)) scalar.value = unreadable;
    },
  });
  visit(document, {
    Alias(_, alias) {
      if (alias.resolve(document) !== undefined) return undefined;
      const scalar = new Scalar<unknown>(unreadable);
      if (alias.range) scalar.range = alias.range;
      return scalar;
    },
  });
}
