import { Environment } from "@marcbachmann/cel-js";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { compileExpression } from "../../src/expression/compile.ts";
import { personTypes } from "../../src/expression/properties.ts";
import { person } from "../fakes/people.ts";

// We check expressions with the CEL library and work them out ourselves. Where the library can be trusted to work
// them out, too (no patterns, no absent attributes, plain characters, no number made of empty text), both must say the same.

const library = new Environment().registerVariable("person", { schema: Object.fromEntries(personTypes) });

const words = ["", "a", "b", "ab", "Ann", "-", "a-b", "12"];

type Source = fc.Arbitrary<string>;

const { text } = fc.letrec<{ text: string; number: string; list: string; truth: string }>((tie) => ({
  text: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constantFrom(...words).map((word) => JSON.stringify(word)),
    fc.constantFrom("person.mail", "person.displayName", "person.city", "person.attributes.costCentre"),
    binary(tie("text"), ["+"], tie("text")),
    ternary(tie("truth"), tie("text")),
    form(`string(`, tie("number"), `)`),
    form(``, tie("list"), `.join("-")`),
    form(``, tie("text"), `.trim()`),
    form(``, tie("text"), `.substring(1)`),
    form(``, tie("list"), `[0]`),
    fc.tuple(tie("list"), tie("number")).map(([list, at]) => `${list}[${at}]`),
    fc.tuple(tie("text"), tie("text")).map(([key, value]) => `{"a": ${value}, "b": "x"}[${key}]`),
  ),
  number: fc.oneof(
    { depthSize: "small" },
    fc.integer({ min: 0, max: 9 }).map(String),
    fc.constant("9223372036854775807"),
    binary(tie("number"), ["+", "-", "*", "/", "%"], tie("number")),
    form(`(-`, tie("number"), `)`),
    form(`size(`, tie("text"), `)`),
    form(``, tie("list"), `.size()`),
    fc.constantFrom('int("12")', 'int("x")'),
    fc.tuple(tie("text"), tie("text")).map(([value, part]) => `${value}.indexOf(${part})`),
  ),
  list: fc.oneof(
    { depthSize: "small" },
    fc.constantFrom("person.otherMails", "person.homePhones"),
    fc.array(tie("text"), { minLength: 1, maxLength: 3 }).map((items) => `[${items.join(", ")}]`),
    binary(tie("list"), ["+"], tie("list")),
    ternary(tie("truth"), tie("list")),
    form(``, tie("text"), `.split("-")`),
    fc.tuple(tie("list"), tie("text")).map(([list, other]) => `${list}.map(m, m + ${other})`),
    fc.tuple(tie("list"), tie("text")).map(([list, other]) => `${list}.filter(m, m != ${other})`),
    fc.tuple(tie("list"), tie("text")).map(([list, other]) => `${list}.map(m, m > ${other}, m)`),
  ),
  truth: fc.oneof(
    { depthSize: "small" },
    fc.constantFrom("true", "false", "person.enabled", "person.licensed"),
    binary(tie("text"), ["==", "!=", "<", "<=", ">", ">="], tie("text")),
    binary(tie("number"), ["==", "!=", "<", "<=", ">", ">="], tie("number")),
    binary(tie("list"), ["==", "!="], tie("list")),
    binary(tie("truth"), ["&&", "||", "==", "<"], tie("truth")),
    binary(tie("text"), ["in"], tie("list")),
    form(`!(`, tie("truth"), `)`),
    fc
      .tuple(tie("text"), fc.constantFrom("startsWith", "endsWith", "contains"), tie("text"))
      .map(([value, method, part]) => `${value}.${method}(${part})`),
    fc
      .tuple(tie("list"), fc.constantFrom("all", "exists", "exists_one"), tie("text"))
      .map(([list, macro, other]) => `${list}.${macro}(m, m == ${other})`),
    fc
      .tuple(tie("list"), tie("text"))
      .map(([list, other]) => `${list}.exists(m, m.substring(2) == ${other})`),
  ),
}));

function binary(left: Source, operators: readonly string[], right: Source): Source {
  return fc
    .tuple(left, fc.constantFrom(...operators), right)
    .map(([one, by, other]) => `(${one} ${by} ${other})`);
}

function ternary(condition: Source, value: Source): Source {
  return fc.tuple(condition, value, value).map(([asked, yes, no]) => `(${asked} ? ${yes} : ${no})`);
}

function form(before: string, inner: Source, after: string): Source {
  return inner.map((value) => `${before}${value}${after}`);
}

test("what we work out is what the CEL library works out", () => {
  const ann = person({
    displayName: "Ann",
    mail: "a-b",
    enabled: true,
    otherMails: ["ab", "12", "a"],
    attributes: { costCentre: "b" },
  });
  let valued = 0;
  fc.assert(
    fc.property(text, (expression) => {
      const ours = compileExpression(expression, "source", "text");
      const theirs = attempt(() => library.parse(expression));
      if (!ours.ok || theirs === failed) return;
      const expected: unknown = attempt(() => theirs({ person: ann }));
      const given = attempt(() => ours.expression.evaluate(ann, null));
      // The library lets whole numbers grow beyond 64 bits, which is an error in CEL.
      if (given === failed && typeof expected === "string" && /\d{19}/.test(expected)) return;
      expect(given).toBe(expected);
      if (given !== failed) valued++;
    }),
    { numRuns: 3_000 },
  );
  // A law that is never asked holds always.
  expect(valued).toBeGreaterThan(1_000);
});

const failed = Symbol("failed");

function attempt<Value>(run: () => Value): Value | typeof failed {
  try {
    return run();
  } catch {
    return failed;
  }
}
