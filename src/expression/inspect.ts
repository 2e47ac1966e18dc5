import type { ASTNode } from "@marcbachmann/cel-js";
import { callableProblem, patternOf, regionProblem } from "./call-problems.ts";
import type { Problem, Scope } from "./expression.ts";
import {
  boundNameProblem,
  isPersonOrMailbox,
  literalProblem,
  nameProblem,
  propertyProblems,
} from "./name-problems.ts";
import { compilePattern } from "./pattern.ts";
import type { Pattern } from "./pattern.ts";
import { childrenOf, macroOf } from "./syntax.ts";
import type { Macro, MethodCall } from "./syntax.ts";

/** Findings about an expression before its types are checked. */
interface Inspection {
  /** All problems, in the order of the text. */
  readonly problems: readonly Problem[];
  readonly usesMailbox: boolean;
  /** Patterns that are literals, by source. */
  readonly patterns: ReadonlyMap<string, Pattern>;
}

/** Context of a part of an expression. */
interface Around {
  readonly bound: ReadonlySet<string>;
  /** Number of nested macros that loop over a list. */
  readonly depth: number;
}

const deepestMacros = 2;

/**
 * Finds what the library's type check does not: all unknown names at once, with suggestions; parts of CEL that galops
 * does not support; patterns that RE2 does not accept; deeply nested loops.
 */
export function inspect(text: string, root: ASTNode, scope: Scope): Inspection {
  const problems: Problem[] = [];
  const patterns = new Map<string, Pattern>();
  let usesMailbox = false;

  const report = (...found: readonly (Problem | null)[]): void => {
    for (const problem of found) if (problem !== null) problems.push(problem);
  };

  const inspectCall = (name: string, args: readonly ASTNode[], isMethod: boolean, offset: number): void => {
    report(callableProblem(name, args.length, isMethod, offset), regionProblem(name, args));
    const literal = patternOf(name, args);
    if (literal === null) return;
    const compiled = compilePattern(literal.source);
    if (compiled.ok) patterns.set(literal.source, compiled.pattern);
    else report({ offset: literal.offset, message: compiled.message, hint: re2Hint });
  };

  const visitMacro = (macro: Macro, at: number, around: Around): void => {
    const depth = around.depth + (macro.kind === "bind" ? 0 : 1);
    if (depth > deepestMacros && around.depth <= deepestMacros) report(tooDeep(at));
    report(boundNameProblem(macro.name, around.bound));
    visit(macro.over, around);
    const inside = { bound: new Set([...around.bound, macro.name.args]), depth };
    if (macro.filter !== null) visit(macro.filter, inside);
    visit(macro.body, inside);
  };

  const visitMethod = (node: MethodCall, around: Around): void => {
    const [name, receiver, args] = node.args;
    const macro = macroOf(node);
    if (macro !== null) {
      visitMacro(macro, node.start, around);
      return;
    }
    visit(receiver, around);
    inspectCall(name, args, true, Math.max(text.indexOf(name, receiver.end), node.start));
    for (const arg of args) visit(arg, around);
  };

  const visit = (node: ASTNode, around: Around): void => {
    if (node.op === "rcall") {
      visitMethod(node, around);
      return;
    }
    if (node.op === "." && isPersonOrMailbox(node.args[0])) {
      const [of, name] = node.args;
      if (of.args === "mailbox") usesMailbox = true;
      report(...propertyProblems(of, name, node.pos, scope));
      return;
    }
    if (node.op === "id") report(nameProblem(node, around.bound));
    if (node.op === "value") report(literalProblem(node));
    if (node.op === "call") inspectCall(node.args[0], node.args[1], false, node.start);
    for (const child of childrenOf(node)) visit(child, around);
  };

  visit(root, { bound: new Set(), depth: 0 });
  return { problems: problems.toSorted((one, other) => one.offset - other.offset), usesMailbox, patterns };
}

const re2Hint =
  "See https://github.com/google/re2/wiki/Syntax; look-around and back-references are not supported.";

function tooDeep(offset: number): Problem {
  return {
    offset,
    message: `Loops (all, exists, filter, map) are nested more than ${deepestMacros} deep.`,
    hint: "Loop over one list at a time, or move a condition into a source's `where`.",
  };
}
