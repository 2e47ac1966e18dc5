import type { ASTNode, BinaryOperator } from "@marcbachmann/cel-js";
import { EvaluationError } from "./expression.ts";
import { functions, methods } from "./functions.ts";
import { inRange, operations } from "./operators.ts";
import { isPersonProperty } from "./properties.ts";
import { located } from "./step.ts";
import type { Frame, Names, Step } from "./step.ts";
import { macroOf } from "./syntax.ts";
import type { MethodCall } from "./syntax.ts";
import { translateMacro } from "./translate-macro.ts";
import { isList, isMap, sizeOfMap, text, truth, ValueError, whole } from "./value.ts";
import type { Value } from "./value.ts";

/**
 * Translates a checked expression into steps. The library that parsed and checked it could evaluate it, too, but its
 * `matches` backtracks, and it does not limit the time of an evaluation (docs/decisions/0003-cel-library.md).
 */
export function translate(node: ASTNode, names: Names): Step {
  if (isBinary(node)) return binary(node, names);
  switch (node.op) {
    case "value": {
      const value = node.args as Value; // the check refuses other literals
      return () => value;
    }
    case "id": {
      const slot = names.get(node.args);
      if (slot === undefined) throw new Error(`unchecked name ${node.args}`);
      return ({ locals }) => locals[slot] ?? "";
    }
    case ".":
      return selection(node.args[0], node.args[1], node.pos, names);
    case "[]":
      return index(translate(node.args[0], names), translate(node.args[1], names), node.args[1].start);
    case "call":
      return call(node, names);
    case "rcall":
      return methodCall(node, names);
    case "list": {
      const items = node.args.map((item) => translate(item, names));
      return (frame) => items.map((item) => item(frame));
    }
    case "map": {
      const entries = node.args.map(
        ([key, value]) => [translate(key, names), translate(value, names)] as const,
      );
      return (frame) => new Map(entries.map(([key, value]) => [key(frame), value(frame)]));
    }
    case "?:": {
      const [condition, yes, no] = node.args.map((part) => translate(part, names)) as [Step, Step, Step]; // always three
      return located(node.start, (frame) => (truth(condition(frame)) ? yes(frame) : no(frame)));
    }
    case "||":
    case "&&":
      return logical(
        node.op === "||",
        translate(node.args[0], names),
        translate(node.args[1], names),
        node.start,
      );
    case "!_": {
      const operand = translate(node.args, names);
      return located(node.start, (frame) => !truth(operand(frame)));
    }
    case "-_": {
      const operand = translate(node.args, names);
      return located(node.start, (frame) => inRange(-whole(operand(frame))));
    }
    case ".?":
    case "[?]":
      throw new Error("optional types are disabled");
  }
}

type Binary = Extract<ASTNode, { op: BinaryOperator }>;

function isBinary(node: ASTNode): node is Binary {
  return Object.hasOwn(operations, node.op);
}

function binary(node: Binary, names: Names): Step {
  const left = translate(node.args[0], names);
  const right = translate(node.args[1], names);
  const operation = operations[node.op];
  return located(node.start, (frame) => operation(left(frame), right(frame), frame.machine));
}

function call(node: Extract<ASTNode, { op: "call" }>, names: Names): Step {
  const [name, args] = node.args;
  const [first] = args;
  if (name === "has" && first?.op === ".")
    return presence(selection(first.args[0], first.args[1], first.pos, names));
  const known = functions.get(`${name}/${args.length}`);
  if (known === undefined) throw new Error(`unchecked function ${name}`);
  const steps = args.map((arg) => translate(arg, names));
  return located(node.start, (frame) =>
    known.run(
      steps.map((step) => step(frame)),
      frame.machine,
    ),
  );
}

function methodCall(node: MethodCall, names: Names): Step {
  const macro = macroOf(node);
  if (macro !== null) return located(node.start, translateMacro(macro, names, translate));
  const [name, receiver, args] = node.args;
  const known = methods.get(`${name}/${args.length}`);
  if (known === undefined) throw new Error(`unchecked method ${name}`);
  const steps = [receiver, ...args].map((arg) => translate(arg, names));
  return located(node.start, (frame) =>
    known.run(
      steps.map((step) => step(frame)),
      frame.machine,
    ),
  );
}

/** Translates `of.name`: a property of the person or the mailbox, or an entry of a map. */
function selection(of: ASTNode, name: string, offset: number, names: Names): Step {
  if (of.op === "id" && !names.has(of.args)) return property(of.args === "mailbox", name);
  const map = translate(of, names);
  return located(offset, (frame) => entry(map(frame), name));
}

function property(ofMailbox: boolean, name: string): Step {
  if (ofMailbox && name === "folder") return (frame) => mailboxOf(frame).folder;
  if (!isPersonProperty(name)) throw new Error(`unchecked property ${name}`);
  return ofMailbox ? (frame) => mailboxOf(frame).person[name] : ({ person }) => person[name];
}

function mailboxOf({ mailbox }: Frame): NonNullable<Frame["mailbox"]> {
  if (mailbox === null) throw new Error("an expression that uses the mailbox was evaluated without one");
  return mailbox;
}

function entry(map: Value, key: Value): Value {
  if (isMap(map)) {
    const value = map.get(key);
    if (value !== undefined) return value;
    throw new ValueError(`The map has no entry for ${typeof key === "object" ? "that" : `"${key}"`}.`);
  }
  if (typeof map !== "object" || isList(map)) throw new ValueError("Only maps have entries.");
  const name = text(key);
  return (Object.hasOwn(map, name) ? map[name] : undefined) ?? "";
}

function index(of: Step, at: Step, offset: number): Step {
  return located(offset, (frame) => {
    const value = of(frame);
    const key = at(frame);
    if (!isList(value)) return entry(value, key);
    const item = value[Number(whole(key))];
    if (item !== undefined) return item;
    throw new ValueError(
      `The list has ${value.length} items and none at index ${whole(key)}; the first index is 0.`,
    );
  });
}

/** Implements `has(…)`: true for a value that exists and is not empty. */
function presence(selected: Step): Step {
  return (frame) => {
    const value = valueOrFailure(selected, frame);
    if (value instanceof EvaluationError) return false;
    if (typeof value === "boolean") return value;
    if (typeof value === "bigint") return true;
    if (typeof value === "string" || isList(value)) return value.length > 0;
    const size = sizeOfMap(value);
    frame.machine.spend(size);
    return size > 0;
  };
}

/** As CEL requires, an operand that fails matters only when the other one does not decide. */
function logical(deciding: boolean, left: Step, right: Step, offset: number): Step {
  return located(offset, (frame) => {
    const first = valueOrFailure(left, frame);
    if (first === deciding) return deciding;
    const second = truth(right(frame));
    if (second === deciding) return deciding;
    if (first instanceof EvaluationError) throw first;
    return truth(first);
  });
}

function valueOrFailure(step: Step, frame: Frame): Value | EvaluationError {
  try {
    return step(frame);
  } catch (error) {
    if (!(error instanceof EvaluationError)) throw error;
    frame.machine.forgive();
    return error;
  }
}
