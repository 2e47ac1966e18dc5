import { expect, test } from "vitest";
import { initialsOf } from "../../../src/render/redaction/initials.ts";
import { createKnownNames } from "../../../src/render/redaction/known-names.ts";
import { createRedactors } from "../../../src/render/redaction/redactor.ts";

const redactors = createRedactors((key) => `<${key}>`);
const partial = redactors("partial");
const full = redactors("full");

test.each([
  ["Ann Ek", "A. E."],
  ["dana Müller-Łęcka", "D. M. Ł."],
  ["Jean-Luc van der Berg", "J. L. V."],
  ["李小龙", "•"],
  ["김 민수", "• •"],
  ["Room 101", "R. •"],
  ["  (ext) Ann", "E. A."],
  ["👩‍💻", "?"],
  ["", "?"],
])("%j becomes the initials %j", (name, initials) => {
  expect(initialsOf(name)).toBe(initials);
});

test.each([
  ["Write to ann.ek+x@contoso.com, or not.", "Write to a…@contoso.com, or not."],
  ["(bo@contoso.com)", "(b…@contoso.com)"],
  ["<o'brien@contoso.com>", "<o…@contoso.com>"],
  ["'ann@contoso.com'", "'a…@contoso.com'"],
  ["GET /users/ann%40contoso.com/contacts", "GET /users/a…@contoso.com/contacts"],
  ["ann_fabrikam.com#EXT#@contoso.onmicrosoft.com", "a…@contoso.onmicrosoft.com"],
  ["żółć@büro.example", "ż…@büro.example"],
  ["write @home; 5 @ 6; @media", "write @home; 5 @ 6; @media"],
])("of addresses in %j the first letter and the domain are left", (text, shown) => {
  expect(partial.text(text)).toBe(shown);
});

test("in full, of an address nothing is left but a code, the same in any case and spelling", () => {
  expect(full.text("from Ann@contoso.com to ann%40contoso.com")).toBe(
    "from address-<ann@contoso.com> to address-<ann@contoso.com>",
  );
});

test("an address that was hidden once is not changed again", () => {
  const once = partial.text("ann@contoso.com");
  expect(partial.text(once)).toBe(once);
});

test("ids of directory objects are coded, those of requests stay", () => {
  const id = "6D010770-feac-4771-a48c-a60a7d213b2e";
  expect(partial.text(`/users/${id} failed (request id ${id})`)).toBe(
    `/users/id-<${id.toLowerCase()}> failed (request id ${id})`,
  );
});

test("a name is found in text once it was met, as whole words only, the longest first", () => {
  partial.name("k1", "Ann");
  partial.name("k2", "Ann Ek");
  partial.name("k3", "(Ext) Bo Li");
  expect(partial.text("Ann Ek, Ann, Anna and Annette; of (Ext) Bo Li.")).toBe(
    "A. E., A., Anna and Annette; of E. B. L.",
  );
});

test("redactors of one program know what the others met", () => {
  expect(full.text("Ann Ek was left out")).toBe("person-<k2> was left out");
});

test("names that stand in one text for sure are hidden there and nowhere else", () => {
  expect(partial.text("of Chandra Nair and 2 more", ["Chandra Nair"])).toBe("of C. N. and 2 more");
  expect(full.text("of Chandra Nair and 2 more", ["Chandra Nair"])).toBe("of somebody and 2 more");
  expect(partial.text("of Chandra Nair")).toBe("of Chandra Nair");
});

test("what a service quotes is hidden, apostrophes are no quotes", () => {
  expect(partial.foreignText(`The value '+48 22 100' of "Ann's" isn't the person's.`)).toBe(
    "The value (masked) of (masked) isn't the person's.",
  );
});

test("without codes people are somebody", () => {
  const early = createRedactors(() => null)("full");
  expect(early.name("k", "Ann Ek")).toBe("somebody");
  expect(early.text("ann@contoso.com 6d010770-feac-4771-a48c-a60a7d213b2e")).toBe("(address) (id)");
});

test("without redaction everything stays", () => {
  const none = redactors("none");
  expect([none.name("k", "Ann"), none.key("k"), none.text("a@b.c"), none.foreignText("'x'")]).toEqual([
    "Ann",
    "k",
    "a@b.c",
    "'x'",
  ]);
});

test("many names and a long text without an end are gone over once", () => {
  const names = createKnownNames();
  for (let i = 0; i < 20_000; i++) names.learn(`Person${i} Surname${i}`, `k${i}`);
  const text = `${"a.".repeat(50_000)} Person7 Surname7`;
  expect(names.replaced(text, [], (_, key) => `[${key}]`)).toMatch(/ \[k7\]$/u);
  expect(partial.text(text)).toHaveLength(text.length);
});

test("mailboxes that look alike when hidden are told apart, the same one in any case", () => {
  expect(partial.mailbox("Eve@contoso.com")).toBe("E…@contoso.com (mailbox-<eve@contoso.com>)");
  expect(partial.mailbox("eli@contoso.com")).toBe("e…@contoso.com (mailbox-<eli@contoso.com>)");
  const unsettled = createRedactors(() => null)("partial");
  expect(unsettled.mailbox("eve@contoso.com")).toBe("e…@contoso.com");
});

test("a quotation begins at the last mark that opens one, so that many of them are gone over once", () => {
  const shown = partial.foreignText("““Ann Ek” has left");
  expect(shown).toMatch(/^“[^“A]+ has left$/u);
});
