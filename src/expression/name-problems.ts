import type { ASTNode } from "@marcbachmann/cel-js";
import type { Problem, Scope } from "./expression.ts";
import { nearestName } from "../text/nearest-name.ts";
import { isPersonProperty, personTypes } from "./properties.ts";

export type NameNode = Extract<ASTNode, { op: "id" }>;

/** Whether a name is `person` or `mailbox`, whose properties can be used. */
export function isPersonOrMailbox(node: ASTNode): node is NameNode & { readonly args: "person" | "mailbox" } {
  return node.op === "id" && (node.args === "person" || node.args === "mailbox");
}

/** Problems with `person.name` or `mailbox.name`. */
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
      message: "mailbox is not available here.",
      hint: "Only `where` and `fields` of a sync to mailboxes can use it.",
    });
  }
  if (isPersonProperty(name) || (ofMailbox && name === "folder")) return problems;
  const known = ofMailbox ? [...personTypes.keys(), "folder"] : [...personTypes.keys()];
  const meant = nearestName(name, known);
  const hint = meant === null ? `Available: ${known.join(", ")}.` : `Did you mean ${of.args}.${meant}?`;
  problems.push({ offset, message: `Unknown property ${of.args}.${name}.`, hint });
  return problems;
}

/** Reports an unknown name, or `person` or `mailbox` without a property; null for a name bound by a macro. */
export function nameProblem(node: NameNode, bound: ReadonlySet<string>): Problem | null {
  const { args: name, start: offset } = node;
  if (bound.has(name)) return null;
  if (isPersonOrMailbox(node)) {
    const hint = `Name one of its properties, for example ${name}.mail.`;
    return { offset, message: `${name} cannot be used as a value.`, hint };
  }
  const message = `Unknown name ${name}.`;
  const variable = nearestName(name, ["person", "mailbox"]);
  if (variable !== null) return { offset, message, hint: `Did you mean ${variable}?` };
  const property = nearestName(name, personTypes.keys());
  if (property !== null) return { offset, message, hint: `Did you mean person.${property}?` };
  return { offset, message, hint: "Put text in quotes, and write properties as person.mail." };
}

/** Reports a name that a macro must not bind; null for others. */
export function boundNameProblem(node: NameNode, bound: ReadonlySet<string>): Problem | null {
  if (!isPersonOrMailbox(node) && !bound.has(node.args)) return null;
  const message = `The name ${node.args} is already in use here.`;
  return { offset: node.start, message, hint: "Choose another name." };
}

/** Reports a kind of literal that galops does not support; null for others. */
export function literalProblem(node: Extract<ASTNode, { op: "value" }>): Problem | null {
  const { args, start: offset } = node;
  if (args === null) {
    return {
      offset,
      message: "null is not supported in expressions.",
      hint: 'Write "" to clear a field. To leave a field alone, write null in place of the whole expression.',
    };
  }
  if (typeof args === "string" || typeof args === "bigint" || typeof args === "boolean") return null;
  return { offset, message: "Only text, whole numbers, true and false are supported.", hint: "" };
}
