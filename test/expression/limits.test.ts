import { expect, test } from "vitest";
import { compileExpression } from "../../src/expression/compile.ts";
import { person } from "../fakes/people.ts";

const many = person({
  displayName: "a".repeat(60_000),
  mail: "(a*)*$",
  attributes: Object.fromEntries(Array.from({ length: 1_000 }, (_, at) => [`column ${at}`, ""])),
  proxyAddresses: Array.from({ length: 400 }, (_, at) => `p${at}@contoso.com`),
});

function problem(expression: string): string {
  const result = compileExpression(expression, "source", "bool");
  return result.ok ? "" : (result.problems[0]?.message ?? "");
}

/** The message of what evaluating throws; "" when nothing is thrown. */
function failure(expression: string): string {
  const result = compileExpression(expression, "source", "bool");
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  try {
    result.expression.evaluate(many, null);
    return "";
  } catch (error) {
    if (error instanceof Error && error.name === "EvaluationError") return error.message;
    throw error;
  }
}

test("lists may be gone over inside each other twice, not deeper", () => {
  const inner = "person.otherMails.exists(c, c == b)";
  expect(problem(`person.otherMails.exists(b, ${inner})`)).toBe("");
  expect(problem(`person.otherMails.exists(a, person.otherMails.exists(b, ${inner}))`)).toContain(
    "nested more than 2 deep",
  );
  // What is gone over is not inside: a chain is no nest.
  expect(
    problem('person.otherMails.filter(a, a != "").map(a, a).filter(a, a != "").exists(a, a == "")'),
  ).toBe("");
});

test("an expression may be neither endless nor bottomless", () => {
  const or = (times: number): string => Array.from({ length: times }, () => "person.enabled").join("||");
  expect(problem(or(150))).toBe("");
  expect(problem(or(240))).toBe("The expression is too large or too deeply nested.");
  expect(problem(or(300))).toBe("The expression is longer than 4000 characters.");
  expect(problem(`${"(".repeat(100)}true${")".repeat(100)}`)).toBe(
    "The expression is too large or too deeply nested.",
  );
  expect(problem(`${"!".repeat(3_900)}true`)).toBe("The expression is too large or too deeply nested.");
});

test("patterns that RE2 does not take, or that multiply, are refused at their place", () => {
  const problems = (expression: string): unknown => compileExpression(expression, "source", "bool");
  expect(problems('person.mail.matches("(?=x)")')).toMatchObject({ problems: [{ offset: 20 }] });
  expect(problem(String.raw`person.mail.matches("(a)\\1")`)).toContain("RE2");
  expect(problem('person.mail.matches("a{900}b{900}c{900}")')).toContain("too large");
  expect(problem(`person.mail.matches("${"a".repeat(1_001)}")`)).toContain("longer than 1000");
});

test("a pattern that would backtrack for ever is answered at once", () => {
  expect(failure('person.displayName.matches("^(a+)+b$")')).toBe("");
  expect(failure("person.displayName.matches(person.mail)")).toBe("");
});

test("what takes too long is given up, and nothing in the expression can hide it", () => {
  const slow = 'person.proxyAddresses.exists(a, person.proxyAddresses.exists(b, a + b + a + b == ""))';
  expect(failure(slow)).toContain("takes too long");
  expect(failure(`${slow} || true`)).toContain("takes too long");
  expect(failure(`${slow} && false`)).toContain("takes too long");
  expect(
    failure('person.displayName.split("").exists(a, person.proxyAddresses.exists(b, a == b))'),
  ).toContain("takes too long");
  expect(failure("person.proxyAddresses.exists(a, person.displayName.matches(a))")).toContain(
    "takes too long",
  );
  expect(failure('person.displayName.matches("(a|b|c|d){100}e{100}")')).toContain("takes too long");
});

/** Lists of one list each, twenty times and so on: few values, and 20 ** depth pairs to compare. */
function lists(name: string, depth: number, body: string): string {
  const list = (at: number): string => `[${Array.from({ length: 20 }, () => `${name}${at}`).join()}]`;
  const bound = Array.from({ length: depth }, (_, at) => `cel.bind(${name}${at + 1}, ${list(at)}, `);
  return `cel.bind(${name}0, "x", ${bound.join("")}${body}${")".repeat(depth + 1)}`;
}

test.each(["a5 == b5", "a5 != b5", "a5 in [b5]", '{"k": a5} == {"k": b5}'])(
  "equality is counted to the bottom of lists: %s",
  (question) => {
    expect(failure(lists("a", 5, lists("b", 5, question)))).toContain("takes too long");
    expect(failure(lists("a", 2, lists("b", 2, question.replaceAll("5", "2"))))).toBe("");
  },
);

const long = "person.displayName";

test.each([
  `${long} + a == ""`,
  `${long} == ${long}`,
  `${long} <= ${long}`,
  `${long} in [${long}]`,
  `${long} in person.attributes`,
  `size(${long}) == 0`,
  `${long}.size() == 0`,
  `domain(${long}) == ""`,
  `ascii(${long}) == ""`,
  `firstNonEmpty([${long}]) == ""`,
  `e164(${long}, "PL") == ""`,
  `glob(a, ${long})`,
  `[${long}].join() == ""`,
  `"".replace("", ${long}) == ""`,
  `a.matches(a + "(")`,
  "person.attributes.exists(c, true)",
  "size(person.attributes) == 0",
  "has(person.attributes)",
])("text, attributes and patterns that do not fit are counted: %s", (question) => {
  // Four turns are let through; eight hundred are not, and cost little where only the turns are counted.
  const turns = "(person.proxyAddresses + person.proxyAddresses)";
  expect(failure(`[1, 2, 3, 4].all(b, cel.bind(a, "x", (${question}) || true))`)).toBe("");
  expect(failure(`${turns}.all(a, (${question}) || true)`)).toContain("takes too long");
});

test("looking for a part costs what it takes at worst", () => {
  const part = (length: number): string => `${long}.substring(0, ${length}) + "b" + ${long}.substring(0, 10)`;
  const questions = ["contains(p)", "indexOf(p) == 0", "lastIndexOf(p) == 0", "split(p) == []"];
  for (const question of [...questions, 'replace(p, "") == ""']) {
    expect(failure(`cel.bind(p, ${part(20)}, ${long}.${question} || true)`)).toBe("");
    expect(failure(`cel.bind(p, ${part(3_000)}, ${long}.${question})`)).toContain("takes too long");
  }
});

test("a failure that the expression goes on after is not free", () => {
  const turns = Array.from({ length: 14 }, (_, at) => at).join();
  expect(failure(`person.proxyAddresses.all(a, [${turns}].all(b, {"k": true}[a] || true))`)).toContain(
    "takes too long",
  );
});

test("patterns made from data may be many, but not without end", () => {
  const each = 'person.proxyAddresses.all(a, !"x".matches(a))';
  expect(failure(each)).toBe("");
  expect(failure([each, each, each].join(" && "))).toContain("takes too long");
});

test("an ordinary question about 400 addresses is answered", () => {
  expect(failure('person.proxyAddresses.exists(a, glob(a, "*@fabrikam.com"))')).toBe("");
  expect(failure("person.proxyAddresses.all(a, a in person.proxyAddresses)")).toBe("");
});

test("text does not grow without end", () => {
  const doubled = 'cel.bind(a, person.displayName + person.displayName, a == "")';
  expect(failure(doubled)).toContain("longer than 65536");
  expect(failure('person.displayName.replace("a", "aa") == ""')).toContain("longer than 65536");
  expect(failure('person.displayName.replace("", "aa") == ""')).toContain("longer than 65536");
  expect(failure('[person.displayName, person.displayName].join() == ""')).toContain("longer than 65536");
  expect(failure('person.displayName.split("").join("--") == ""')).toContain("longer than 65536");
});

test("what one evaluation may cost does not depend on the one before it", () => {
  const result = compileExpression("person.proxyAddresses.exists(a, a.matches(a))", "source", "bool");
  if (!result.ok) throw new Error("it is fine");
  const { evaluate } = result.expression;
  expect([evaluate(many, null), evaluate(many, null)]).toEqual([true, true]);
  const all = compileExpression('person.proxyAddresses.all(a, "x".matches(a) == false)', "source", "bool");
  if (!all.ok) throw new Error("it is fine");
  const [one, other] = [1, 2].map(() => {
    try {
      return all.expression.evaluate(many, null);
    } catch (error) {
      return String(error);
    }
  });
  expect(one).toEqual(other);
});
