import type { ASTNode } from "@marcbachmann/cel-js";
import { innerMatches } from "./environment.ts";
import type { Problem } from "./expression.ts";
import { patternProblem } from "./regular-expressions.ts";

/** What a walk over an expression finds before it is type-checked. */
interface Findings {
  readonly problems: readonly Problem[];
  readonly usesMailbox: boolean;
  /** Offsets of the word `matches` where it is called, first to last. */
  readonly matchesAt: readonly number[];
}

const deepestMacros = 2;
const macros: ReadonlySet<string> = new Set(["all", "exists", "exists_one", "filter", "map"]);

/** Looks through an expression: macros nested too deep, patterns that RE2 does not take, whether it asks for `mailbox`. */
export function inspect(text: string, root: ASTNode): Findings {
  const problems: Problem[] = [];
  const matchesAt: number[] = [];
  let usesMailbox = false;
  const visit = (node: ASTNode, depth: number): void => {
    if (node.op === "id" && node.args === "mailbox") usesMailbox = true;
    let inside = depth;
    if (node.op === "rcall") {
      const [name, receiver, args] = node.args;
      if (macros.has(name) && ++inside > deepestMacros) problems.push(tooDeep(node));
      if (name === "matches" || name === innerMatches) {
        const [pattern] = args;
        const at = text.lastIndexOf("matches", pattern?.start ?? node.end);
        if (at >= receiver.start) matchesAt.push(at);
        if (pattern?.op === "value" && typeof pattern.args === "string") {
          const message = patternProblem(pattern.args);
          if (message !== null) problems.push({ offset: pattern.start, message, hint: re2Hint });
        }
      }
    }
    for (const child of childrenOf(node)) visit(child, inside);
  };
  visit(root, 0);
  return { problems, usesMailbox, matchesAt: matchesAt.toSorted((one, other) => one - other) };
}

const re2Hint =
  "See https://github.com/google/re2/wiki/Syntax; look-around and back-references do not exist there.";

function tooDeep(node: ASTNode): Problem {
  return {
    offset: node.start,
    message: `Macros (all, exists, filter, map) are nested deeper than ${deepestMacros}.`,
    hint: "Put the inner question into a source's where, or ask it of the whole list at once.",
  };
}

function childrenOf(node: ASTNode): readonly ASTNode[] {
  const found: ASTNode[] = [];
  collect(node.args, found);
  return found;
}

function collect(value: unknown, into: ASTNode[]): void {
  if (Array.isArray(value)) for (const item of value) collect(item, into);
  else if (typeof value === "object" && value !== null && "op" in value) into.push(value as ASTNode);
}
