import { expect, test } from "vitest";
import { checkField, checkLoose, checkSources, checkWhere } from "../../src/desired/check-expression.ts";
import { expression } from "../fakes/people.ts";
import { csvSource } from "./world.ts";

test("an expression that ends early before a comment is told what YAML does with #", async () => {
  const ends = { ...expression("person.enabled && person.city =="), comment: "follows" as const };
  const [problem] = (await checkWhere(ends, "source")).diagnostics;
  expect(problem?.detail).toContain("YAML treats text after a space and # as a comment");
  const misspelt = { ...expression("person.sity == person.city"), comment: "follows" as const };
  const [other] = (await checkWhere(misspelt, "source")).diagnostics;
  expect(other?.detail).not.toContain("#");
  const [without] = (await checkWhere(expression("person.city =="), "source")).diagnostics;
  expect(without?.detail).not.toContain("#");
});

test("an expression that a comment cuts off was told of, and is neither right nor told again", async () => {
  const cut = { ...expression('person.city == "a'), comment: "cuts" as const };
  expect(await checkWhere(cut, "source")).toEqual({ compiled: null, diagnostics: [] });
  expect(await checkField(cut, "source", "jobTitle")).toEqual({ compiled: null, diagnostics: [] });
});

test("loose expressions are checked for what they give and for what they may ask", async () => {
  const where = expression("person.enabled && mailbox.enabled");
  const checked = [
    { expression: where, of: "source", gives: "where" },
    { expression: where, of: "mail-contacts", gives: "where" },
    { expression: where, of: "mailbox-contacts", gives: "where" },
    { expression: where, of: "mailbox-contacts", gives: "jobTitle" },
    { expression: where, of: "mail-contacts", gives: "hidden" },
    { expression: expression("person.otherMails"), of: "mailbox-contacts", gives: "emailAddresses" },
  ] as const;
  const found = await Promise.all(checked.map((one) => checkLoose([one])));
  expect(found.map((diagnostics) => diagnostics.length)).toEqual([1, 1, 0, 1, 1, 0]);
});

test("a source that nobody reads is checked all the same", async () => {
  expect(await checkSources([csvSource("a", "person.x"), csvSource("b", null)])).toMatchObject([
    { code: "invalid-expression", place: { column: 8 } },
  ]);
});
