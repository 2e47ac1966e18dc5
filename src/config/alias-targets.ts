import { visit } from "yaml";
import type { Alias, Document, Node } from "yaml";

/**
 * What each alias stands for: the anchor of its name that comes last before it; aliases of nothing are not there. The
 * library goes through the whole document to find one.
 */
export function targetsOf(document: Document.Parsed): ReadonlyMap<Alias, Node> {
  const targets = new Map<Alias, Node>();
  const anchors = new Map<string, Node>();
  visit(document, {
    Alias(_, alias) {
      const target = anchors.get(alias.source);
      if (target !== undefined) targets.set(alias, target);
    },
    Value(_, node) {
      if (node.anchor !== undefined) anchors.set(node.anchor, node);
    },
  });
  return targets;
}
