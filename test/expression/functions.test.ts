import { expect, test } from "vitest";
import { compileExpression } from "../../src/expression/compile.ts";
import { person } from "../fakes/people.ts";

const ann = person({ displayName: "Ann Ek", mail: "Ann@Contoso.com", usageLocation: "SE" });

function value(expression: string): unknown {
  for (const kind of ["list", "bool"] as const) {
    const result = compileExpression(expression, "source", kind as "bool");
    if (!result.ok) continue;
    const given: unknown = result.expression.evaluate(ann, null);
    return Array.isArray(given) && given.length === 1 ? (given[0] as unknown) : given;
  }
  throw new Error(JSON.stringify(compileExpression(expression, "source", "list")));
}

test.for([
  ['e164("070-123 45 01", "SE")', "+46701234501"],
  ['e164("070-123 45 01", person.usageLocation)', "+46701234501"],
  ['e164("(0)70-123 45 01 ext. 12", "SE")', "+46701234501 x12"],
  ['e164("+48 600 100 200", "SE")', "+48600100200"],
  ['e164("+48 600 100 200", "")', "+48600100200"],
])("a phone number becomes one of E.164: %s", ([expression, expected]) => {
  expect(value(expression ?? "")).toBe(expected);
});

test.for([
  ['e164(" ext 12 ", "SE")', "ext 12"],
  ['e164("112", "SE")', "112"],
  ['e164("070-123 45 01", "")', "070-123 45 01"],
  ['e164("070-123 45 01", "" + "XX")', "070-123 45 01"],
  ['e164("ask Bo: 070-123 45 01", "SE")', "ask Bo: 070-123 45 01"],
  ['e164("", "SE")', []],
])("what is no phone number comes back as it was, trimmed: %s", ([expression, expected]) => {
  expect(value(String(expression))).toEqual(expected);
});

test("a region that is none is found before anybody is asked", () => {
  const result = compileExpression('e164(person.mobilePhone, "UK")', "source", "text");
  expect(result).toMatchObject({
    ok: false,
    problems: [{ offset: 25, message: expect.stringContaining('"UK"') as string }],
  });
});

test.for([
  ["domain(person.mail)", "contoso.com"],
  ['domain("a@b@C.example ")', "c.example"],
  ['domain("nobody")', []],
  ['ascii("Żółć Ærø Straße Đorđe Þór Œuvre Ann-Marie")', "Zolc Aero Strasse Dorde Thor Oeuvre Ann-Marie"],
  ['ascii("e\\u0301")', "e"],
  ['ascii("\\u30AB\\u3099") == ascii("\\u30AC") ? "same" : "not"', "same"],
  ['firstNonEmpty(["", " ", person.surname, "x"])', "x"],
  ['firstNonEmpty([""])', []],
])("%s", ([expression, expected]) => {
  expect(value(String(expression))).toEqual(expected);
});

test.for([
  ["ANN@*.com", true],
  ["?nn@contoso.com", true],
  ["*", true],
  ["**n**", true],
  ["?nn@contoso", false],
  ["ann", false],
  ["*.*.*", false],
  ["", false],
])("glob takes the whole text, whatever its case: %s", ([pattern, expected]) => {
  expect(value(`glob(person.mail, "${String(pattern)}")`)).toBe(expected);
});

test("characters that mean something in regular expressions mean nothing to glob, but * and ?", () => {
  expect(value('glob("a.c(x)[y]^$|\\\\", "A.C(X)[Y]^$|\\\\")')).toBe(true);
  expect(value('glob("abc", "a.c")')).toBe(false);
  expect(value('glob("a\\nc", "a?c") && glob("\\U0001F600", "?")')).toBe(true);
});

test.for([
  ['"Ann Ek".replace("n", "$&")', "A$&$& Ek"],
  ['"nnn".replace("n", "m", 2)', "mmn"],
  ['"nnn".replace("n", "m", 0)', "nnn"],
  ['"ab".replace("", "-")', "-a-b-"],
  ['"ab".replace("", "-", 1)', "-ab"],
  ['"a-b-c".split("-", 2).join("|")', "a|b-c"],
  ['"a-b-c".split("-", 0)', []],
  ['"a😀b".split("").join("|")', "a|😀|b"],
  ['"a😀b".substring(1, 2)', "😀"],
  ['"a😀b".charAt(2)', "b"],
  ['"a".charAt(1)', []],
  ['string("a😀b".indexOf("b"))', "2"],
  ['string("abab".indexOf("b", 2))', "3"],
  ['string("abab".lastIndexOf("a"))', "2"],
  ['string("ab".indexOf("x"))', "-1"],
  ['string(size("a😀b"))', "3"],
  ['"ÅSA Ek".lowerAscii()', "Åsa ek"],
  ['"åsa Ek".upperAscii()', "åSA EK"],
  ['" a ".trim()', "a"],
  ['["a", "b"].join()', "ab"],
  ['string(int("-7") + 2)', "-5"],
  ["string(-7 / 2) + string(-7 % 2)", "-3-1"],
  ["string(true)", "true"],
])("%s", ([expression, expected]) => {
  expect(value(String(expression))).toEqual(expected);
});

test("matches finds its pattern anywhere, with RE2", () => {
  expect(value('("" + person.displayName + "x").matches("E.x$") && !person.mail.matches("^b")')).toBe(true);
  expect(value('matches(person.mail, "(?i)^ann@")')).toBe(true);
  expect(value('person.mail.matches("^" + "Ann")')).toBe(true);
});
