import { expect, test } from "vitest";
import { compileExpression } from "../../src/expression/compile.ts";
import type { Problem } from "../../src/expression/expression.ts";
import { person } from "../fakes/people.ts";

const ann = person({
  displayName: "Ann Ek",
  mail: "Ann@Contoso.com",
  mobilePhone: "070-123 45 01",
  otherMails: ["a@x.example", "b@y.example"],
  licensed: true,
  attributes: { costCentre: "4711" },
});
const bo = person({ city: "Oslo", displayName: "Bo Li" });

function text(expression: string, of = ann): string {
  const result = compileExpression(expression, "sync", "text");
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.expression.evaluate(of, { person: bo, folder: "Colleagues" });
}

function list(expression: string): readonly string[] {
  const result = compileExpression(expression, "source", "list");
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.expression.evaluate(ann, null);
}

function holds(expression: string, of = ann): boolean {
  const result = compileExpression(expression, "source", "bool");
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.expression.evaluate(of, null);
}

function problems(expression: string, scope: "source" | "sync" = "source"): readonly Problem[] {
  const result = compileExpression(expression, scope, "bool");
  return result.ok ? [] : result.problems;
}

function messages(expression: string): readonly string[] {
  return problems(expression).map(({ message }) => message);
}

function hint(expression: string): string | undefined {
  return problems(expression)[0]?.hint;
}

/** What an evaluation throws: where and why. */
function failure(run: () => unknown): unknown {
  try {
    return run();
  } catch (error) {
    return error;
  }
}

test("attributes that somebody lacks are empty text, and `in` tells whether they are there", () => {
  expect(
    holds('person.attributes.costCenter == "" && person.extensionAttributes["extensionAttribute7"] == ""'),
  ).toBe(true);
  expect(holds('"costCentre" in person.attributes && !("x" in person.attributes)')).toBe(true);
  expect(holds('person.attributes.toString == "" && !("toString" in person.attributes)')).toBe(true);
});

test("has is true for what is there and not empty", () => {
  expect(holds("has(person.mail) && has(person.otherMails) && has(person.licensed)")).toBe(true);
  expect(holds("has(person.surname) || has(person.homePhones) || has(person.enabled)")).toBe(false);
  expect(holds("has(person.attributes.costCentre) && !has(person.attributes.costCenter)")).toBe(true);
  expect(holds('cel.bind(m, {"a": "x", "b": ""}, has(m.a) && !has(m.b) && !has(m.c))')).toBe(true);
  expect(messages("has(person.mail.trim())")).toEqual(["has takes a property or an attribute."]);
});

test("everything misspelt is told at once, each with its place and what was meant", () => {
  expect(problems('person.displyName == "x" && persn.mail == lowerASCII(city)')).toEqual([
    {
      offset: 7,
      message: "Unknown property person.displyName.",
      hint: "Did you mean person.displayName?",
    },
    { offset: 28, message: "Unknown name persn.", hint: "Did you mean person?" },
    {
      offset: 42,
      message: "Unknown function lowerASCII.",
      hint: "Available: size, string, int, dyn, matches, glob, e164, domain, ascii, firstNonEmpty, has.",
    },
    { offset: 53, message: "Unknown name city.", hint: "Did you mean person.city?" },
  ]);
  expect(hint("person.isActive")).toMatch(/^Available: id, tenant, .* attributes\.$/);
});

test("places count UTF-16 code units and lines", () => {
  expect(problems('"\u{1F600}" == person.mial')[0]?.offset).toBe(15);
  expect(problems('person.mail == "" &&\n  person.mial == ""')[0]?.offset).toBe(30);
});

test("what is written in the wrong way is told with the right one", () => {
  expect(hint('lowerAscii(person.mail) == ""')).toBe("It is a method: write value.lowerAscii(…).");
  expect(hint('person.mail.domain() == ""')).toBe("It is a function: write domain(…).");
  expect(hint('person.mail.trimm() == ""')).toBe("Did you mean trim?");
  expect(messages("person.mail.trim(1)")).toEqual(["trim takes 0 arguments."]);
  expect(messages("person.mail.split() == []")).toEqual(["split takes 1 or 2 arguments."]);
  expect(hint("person.otherMails.exists(m)")).toContain("person.otherMails.filter(mail,");
  expect(messages("person == mailbox")).toEqual([
    "person cannot be used as a value.",
    "mailbox cannot be used as a value.",
  ]);
  expect(messages('person["mail"] == ""')).toEqual(["person cannot be used as a value."]);
  expect(messages("person.otherMails.exists(person, true)")).toEqual([
    "The name person is already in use here.",
  ]);
  expect(messages("person.mail == null")).toEqual(["null is not supported in expressions."]);
  expect(messages("1.5 < 2u")).toEqual([
    "Only text, whole numbers, true and false are supported.",
    "Only text, whole numbers, true and false are supported.",
  ]);
});

test("an expression of the wrong kind is refused", () => {
  expect(problems("person.displayName")[0]?.message).toBe(
    "The expression gives text, but true or false is required here.",
  );
  expect(messages("person.enabled + 1")).toEqual(["The operator does not apply to these types: bool + int."]);
  expect(hint('person.mail + 1 == ""')).toBe("Use string(…) to convert a number to text.");
  expect(hint("!person.mail")).toContain("Compare");
  expect(messages("person.mail.startsWith(1)")).toHaveLength(1);
  expect(messages("person.enabled &&")).toEqual(["Unexpected token: the end."]);
  expect(messages("(person.enabled")).toEqual(['Expected ")", got the end.']);
  expect(messages(" ")).toEqual(["The expression is empty."]);
  const asText = compileExpression("person.otherMails", "sync", "text");
  expect(asText).toMatchObject({
    ok: false,
    problems: [{ hint: expect.stringContaining(".join(") as string }],
  });
});

test("what only shows when it is there is asked for then", () => {
  expect(text("dyn(person.mail)")).toBe("Ann@Contoso.com");
  expect(failure(() => text("dyn(1)"))).toMatchObject({ name: "EvaluationError", offset: 0 });
  expect(failure(() => holds('dyn(1) == 1 && dyn("a") > 1'))).toMatchObject({ offset: 15 });
});

test("a source does not know the mailbox, a sync does", () => {
  expect(messages('mailbox.folder == "x"')).toEqual(["mailbox is not available here."]);
  expect(problems('mailbox.folder == "x" && person.city == mailbox.city', "sync")).toEqual([]);
  expect(text('mailbox.folder + " of " + mailbox.displayName')).toBe("Colleagues of Bo Li");
  const uses = (expression: string): boolean | null => {
    const result = compileExpression(expression, "sync", "text");
    return result.ok ? result.expression.usesMailbox : null;
  };
  expect(uses('person.otherMails.exists(m, m == mailbox.mail) ? "" : "x"')).toBe(true);
  expect(uses("person.city")).toBe(false);
});

test("where a list is wanted, text is a list of one, and empty text is none", () => {
  expect(list("person.mail")).toEqual(["Ann@Contoso.com"]);
  expect(list("person.surname")).toEqual([]);
  expect(list('[person.mail, ""] + person.otherMails')).toEqual([
    "Ann@Contoso.com",
    "a@x.example",
    "b@y.example",
  ]);
  expect(list("[]")).toEqual([]);
  expect(list("dyn(person.otherMails)")).toEqual(ann.otherMails);
});

test("what has no value for somebody throws and says where, so that nobody is lost silently", () => {
  expect(failure(() => text('"x" + person.otherMails[5]'))).toMatchObject({
    name: "EvaluationError",
    offset: 24,
    message: "The list has 2 items and none at index 5; the first index is 0.",
  });
  expect(failure(() => text('{"SE": "Sweden"}[person.country]'))).toMatchObject({
    offset: 17,
    message: 'The map has no entry for "".',
  });
  expect(failure(() => text("person.mail.substring(99)"))).toMatchObject({
    name: "EvaluationError",
    offset: 0,
  });
  expect(failure(() => text("string(1 / person.homePhones.size())"))).toMatchObject({ offset: 7 });
  expect(failure(() => text("string(int(person.mail))"))).toMatchObject({ offset: 7 });
  expect(failure(() => text("string(9223372036854775807 + 1)"))).toMatchObject({ offset: 7 });
});

test("a side that fails matters only when the other does not decide", () => {
  expect(holds('person.homePhones[0] == "" || person.licensed')).toBe(true);
  expect(holds('person.licensed || person.homePhones[0] == ""')).toBe(true);
  expect(holds('person.homePhones[0] == "" && person.enabled')).toBe(false);
  expect(() => holds('person.homePhones[0] == "" || person.enabled')).toThrow("none at index 0");
  expect(holds('["", "7"].exists(n, int(n) == 7)')).toBe(true);
  expect(() => holds('["", "7"].exists(n, int(n) == 8)')).toThrow("whole number");
});

test("exists_one is true for exactly one", () => {
  const ones = (values: string): boolean => holds(`[${values}].exists_one(n, n == "a")`);
  expect([ones('"a", "b"'), ones('"a", "a"'), ones('"b", "c"')]).toEqual([true, false, false]);
});

test("a name can be bound to a value", () => {
  expect(text('cel.bind(phone, e164(person.mobilePhone, "SE"), phone + phone)')).toBe(
    "+46701234501+46701234501",
  );
  expect(holds("cel.bind(m, person.mail, person.otherMails.all(o, cel.bind(x, o + m, x != m)))")).toBe(true);
});
