import * as fc from "fast-check";
import { expect, test } from "vitest";
import { compileExpression } from "../../src/expression/compile.ts";
import type { CompileResult } from "../../src/expression/compile.ts";
import { person } from "../fakes/people.ts";

const ann = person({ displayName: "Ann Ek", mail: "ann@contoso.com", otherMails: ["a@x.example", ""] });

// Divided by "¦", which CEL does not know.
const words = [
  '(¦)¦[¦]¦{¦}¦.¦,¦:¦?¦!¦+¦-¦*¦/¦%¦<¦>¦=¦\n¦"¦\'¦\\¦ ¦&&¦||¦==¦!=¦<=¦ in ¦//¦""¦\'\'¦"""¦r"¦b"¦\\u12¦😀¦',
  'person¦mailbox¦person.¦person.mail¦person.otherMails¦person.attributes¦person.enabled¦m¦cel¦.mail¦[0]¦["x"]¦',
  ".map(m, ¦.filter(m, ¦.exists(m, ¦.all(m, ¦.exists_one(m, ¦cel.bind(m, ¦has(¦size(¦matches¦.matches(¦glob(¦",
  "e164(¦ascii(¦domain(¦firstNonEmpty(¦string(¦int(¦dyn(¦timestamp(¦type(¦.split(¦.join(¦.replace(¦.substring(¦",
  ".indexOf(¦.charAt(¦.size()¦.trim()¦true¦false¦null¦1¦-1¦1.5¦2u¦0xFF¦99999999999999999999¦int¦__proto__¦",
  'constructor¦toString¦this¦for¦google¦"(a+)+$"',
]
  .join("")
  .split("¦");

const anyText = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.array(fc.constantFrom(...words), { maxLength: 25 }).map((parts) => parts.join("")),
  // Almost right: one that is right, with a piece gone or put in.
  fc
    .tuple(
      fc.constantFrom(
        'person.otherMails.filter(m, m.matches("^a")).map(m, domain(m)).join(", ")',
        'has(person.attributes.x) ? person.attributes["x"] : cel.bind(p, e164(person.mobilePhone, "PL"), p)',
        '{"a": [1, 2], "b": []}["a"][0] == size(person.mail) || "x" in person.groups',
      ),
      fc.nat(),
      fc.nat(5),
      fc.constantFrom("", ...words),
    )
    .map(([text, at, gone, word]) => {
      const start = at % text.length;
      return text.slice(0, start) + word + text.slice(start + gone);
    }),
);

/** The name of what an evaluation throws; null when it has a value. */
function failureOf({ expression }: Extract<CompileResult<unknown>, { ok: true }>): string | null {
  try {
    expression.evaluate(ann, { person: ann, folder: "" });
    return null;
  } catch (error) {
    return error instanceof Error ? error.name : String(error);
  }
}

test("whatever is written, it is refused at a place in the text or it can be asked", () => {
  let refused = 0;
  let asked = 0;
  fc.assert(
    fc.property(anyText, fc.constantFrom("source", "sync"), (text, scope) => {
      for (const kind of ["bool", "text", "list"] as const) {
        // Each kind in its turn; the overloads want it one by one.
        const result: CompileResult<unknown> = compileExpression(text, scope, kind as "bool");
        const problems = result.ok ? [] : result.problems;
        const thrown = result.ok ? failureOf(result) : null;
        if (result.ok) asked++;
        else refused++;
        expect(result.ok).toBe(problems.length === 0);
        expect(thrown).toBeOneOf([null, "EvaluationError"]);
        for (const { offset, message } of problems) {
          expect(offset).toBeGreaterThanOrEqual(0);
          expect(offset).toBeLessThanOrEqual(text.length);
          expect(message).toMatch(/\.$/);
        }
      }
    }),
    { numRuns: 3_000 },
  );
  expect(refused).toBeGreaterThan(1_000);
  expect(asked).toBeGreaterThan(25);
});
