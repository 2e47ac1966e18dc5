import { expect, test } from "vitest";
import { compileExpression } from "../../src/expression/compile.ts";
import { person } from "../fakes/people.ts";

const many = person({
  displayName: "a".repeat(60_000),
  mail: "(a*)*$",
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
    "inside each other",
  );
  // What is gone over is not inside: a chain is no nest.
  expect(
    problem('person.otherMails.filter(a, a != "").map(a, a).filter(a, a != "").exists(a, a == "")'),
  ).toBe("");
});

test("an expression may be neither endless nor bottomless", () => {
  const or = (times: number): string => Array.from({ length: times }, () => "person.enabled").join("||");
  expect(problem(or(150))).toBe("");
  expect(problem(or(240))).toBe("The expression is too large or nested too deep.");
  expect(problem(or(300))).toBe("The expression is longer than 4000 characters.");
  expect(problem(`${"(".repeat(100)}true${")".repeat(100)}`)).toBe(
    "The expression is too large or nested too deep.",
  );
  expect(problem(`${"!".repeat(3_900)}true`)).toBe("The expression is too large or nested too deep.");
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
