import type { ASTNode } from "@marcbachmann/cel-js";
import type { Problem, Scope } from "./expression.ts";
import { nearestName } from "../text/nearest-name.ts";
import { isPersonProperty, personTypes } from "./properties.ts";

export type NameNode = Extract<ASTNode, { op: "id" }>;

/** Whether a name stands for somebody whose properties can be asked for. */
export function isSomebody(node: ASTNode): node is NameNode & { readonly args: "person" | "mailbox" } {
  return node.op === "id" && (node.args === "person" || node.args === "mailbox");
}

/** What is wrong with `person.name` or `mailbox.name`. */
export function propertyProblems(
  of: NameNode,
  name: string,
  offset: number,
  scope: Scope,
): readonly Problem[] {
  const ofMailbox = of.args === "mailbox";
  const problems: Problem[] = [];
  if (ofMailbox && scope === "source") {
    problems.push({
      offset: of.start,
      message: "There is no mailbox here.",
      hint: "Only the `where` and `fields` of a sync to mailboxes know for whose mailbox a contact is.",
    });
  }
  if (isPersonProperty(name) || (ofMailbox && name === "folder")) return problems;
  const known = ofMailbox ? [...personTypes.keys(), "folder"] : [...personTypes.keys()];
  const meant = nearestName(name, known);
  const hint = meant === null ? `There are ${known.join(", ")}.` : `Did you mean ${of.args}.${meant}?`;
  problems.push({ offset, message: `There is no property ${of.args}.${name}.`, hint });
  return problems;
}

/** What is wrong with a name that stands by itself; null for one that a macro has bound. */
export function nameProblem(node: NameNode, bound: ReadonlySet<string>): Problem | null {
  const { args: name, start: offset } = node;
  if (bound.has(name)) return null;
  if (isSomebody(node)) {
    const hint = `Name one of its properties, for example ${name}.mail.`;
    return { offset, message: `${name} is no value by itself.`, hint };
  }
  const message = `There is no ${name} here.`;
  const somebody = nearestName(name, ["person", "mailbox"]);
  if (somebody !== null) return { offset, message, hint: `Did you mean ${somebody}?` };
  const property = nearestName(name, personTypes.keys());
  if (property !== null) return { offset, message, hint: `Did you mean person.${property}?` };
  return { offset, message, hint: "Text stands in quotes, and properties are written as person.mail." };
}

/** A name that a macro may not bind; null for others. */
export function boundNameProblem(node: NameNode, bound: ReadonlySet<string>): Problem | null {
  if (!isSomebody(node) && !bound.has(node.args)) return null;
  const message = `${node.args} stands for something else here already.`;
  return { offset: node.start, message, hint: "Give it a name of its own." };
}

/** A literal of a kind that galops leaves out of CEL; null for others. */
export function literalProblem(node: Extract<ASTNode, { op: "value" }>): Problem | null {
  const { args, start: offset } = node;
  if (args === null) {
    return {
      offset,
      message: "There is no null in expressions.",
      hint: 'Write "" to clear a field. To leave a field alone, write null in place of the whole expression.',
    };
  }
  if (typeof args === "string" || typeof args === "bigint" || typeof args === "boolean") return null;
  return { offset, message: "Only text, whole numbers, true and false can be written here.", hint: "" };
}
