import { expect, test } from "vitest";
import { compileExpression } from "../../src/expression/compile.ts";
import { person } from "../fakes/people.ts";

const ann = person({
  displayName: "Ann Ek",
  mail: "Ann@Contoso.com",
  mobilePhone: "070-123 45 01",
  otherMails: ["a@x.example", "b@y.example"],
});

function text(expression: string): string {
  const result = compileExpression(expression, "source", "text");
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.expression.evaluate(ann, null);
}

function holds(expression: string): boolean {
  const result = compileExpression(expression, "source", "bool");
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.expression.evaluate(ann, null);
}

function problems(
  expression: string,
  scope: "source" | "sync" = "source",
): readonly { offset: number; message: string; hint: string }[] {
  const result = compileExpression(expression, scope, "bool");
  return result.ok ? [] : result.problems;
}

test("our own functions give what people expect of them", () => {
  expect(text('e164(person.mobilePhone, "SE")')).toBe("+46701234501");
  expect(text('e164(" ext 12 ", "SE")')).toBe("ext 12");
  expect(text("domain(person.mail)")).toBe("contoso.com");
  expect(text('ascii("Żółć Ærø")')).toBe("Zolc Aero");
  expect(text('firstNonEmpty(["", " ", person.surname, "x"])')).toBe("x");
  expect(holds('glob(person.mail, "ANN@*.com")')).toBe(true);
  expect(holds('glob(person.mail, "?nn@contoso")')).toBe(false);
  expect(text('person.displayName.replace("n", "$&")')).toBe("A$&$& Ek");
});

test("attributes that somebody lacks are empty text", () => {
  expect(
    holds('person.attributes.costCentre == "" && person.extensionAttributes["extensionAttribute7"] == ""'),
  ).toBe(true);
});

test("a typo in a property is told with its place and what was meant", () => {
  expect(problems('person.displyName == "x"')).toEqual([
    { offset: 7, message: 'There is no property "displyName".', hint: 'Did you mean "displayName"?' },
  ]);
});

test("an expression of the wrong kind is refused", () => {
  expect(problems("person.displayName")[0]?.message).toContain("true or false is wanted");
  expect(problems("person.enabled + 1")[0]?.message).toContain("No such overload");
  expect(problems("person.enabled &&")).toHaveLength(1);
  expect(problems(" ")[0]?.message).toBe("The expression is empty.");
});

test("a source does not know the mailbox, a sync does", () => {
  expect(problems('mailbox.folder == "x"')).toHaveLength(1);
  expect(problems('mailbox.folder == "x" && person.city == mailbox.city', "sync")).toEqual([]);
});

test("regular expressions are RE2: linear in time, and without look-around", () => {
  const hostile = compileExpression('person.displayName.matches("^(a+)+$")', "source", "bool");
  if (!hostile.ok) throw new Error("RE2 takes it");
  const long = person({ displayName: `${"a".repeat(50_000)}!` });
  expect(hostile.expression.evaluate(long, null)).toBe(false);
  expect(holds('(person.displayName + "x").matches("E.x$") && !person.mail.matches("^b")')).toBe(true);
  expect(problems('person.mail.matches("(?=x)")')[0]).toMatchObject({ offset: 20 });
});

test("macros may be nested twice, not deeper", () => {
  const inner = "person.otherMails.exists(c, c == b)";
  expect(problems(`person.otherMails.exists(b, ${inner})`)).toEqual([]);
  expect(
    problems(`person.otherMails.exists(a, person.otherMails.exists(b, ${inner}))`)[0]?.message,
  ).toContain("nested deeper");
});

test("where a list is wanted, text is a list of one and empty text an empty list", () => {
  const one = compileExpression("person.mail", "source", "list");
  const none = compileExpression("person.surname", "source", "list");
  const many = compileExpression("[person.mail] + person.otherMails", "source", "list");
  if (!one.ok || !none.ok || !many.ok) throw new Error("all of them are lists");
  expect(one.expression.evaluate(ann, null)).toEqual(["Ann@Contoso.com"]);
  expect(none.expression.evaluate(ann, null)).toEqual([]);
  expect(many.expression.evaluate(ann, null)).toEqual(["Ann@Contoso.com", "a@x.example", "b@y.example"]);
});

test("what has no value for somebody throws, so that nobody is lost silently", () => {
  expect(() => text("person.otherMails[5]")).toThrow(expect.objectContaining({ name: "EvaluationError" }));
  expect(() => text('e164(person.mobilePhone, "XX")')).toThrow(
    expect.objectContaining({ name: "EvaluationError" }),
  );
});
