import * as fc from "fast-check";
import { expect, test } from "vitest";
import { Document, isScalar, parseDocument, Scalar } from "yaml";
import { valueOffsets } from "../../src/config/expression-offsets.ts";
import { config, configFolder } from "./world.ts";

/** Each character of a value with the one that stands in the file at its offset. */
function pairs(source: string): readonly (readonly [string, string])[] {
  const node = parseDocument(source).getIn(["where"], true);
  if (!isScalar(node)) throw new Error("no scalar");
  const offsets = valueOffsets(source, node);
  const value = String(node.value);
  expect(offsets).toHaveLength(value.length + 1);
  return value.split("").map((unit, index) => [unit, source[offsets[index] ?? -1] ?? "none"]);
}

test.for([
  ["plain", "where: person.city == x"],
  ["plain over lines", "where: person.city\n  ==\n\n  x\n"],
  ["plain with an anchor and a comment", "where: &w person.city == x # note\n"],
  ["single quotes", "where: 'a b  c'\n"],
  ["single quotes over lines", "where: 'a\n  b\n\n\n  c'\n"],
  ["double quotes over lines", 'where: "a\n  b\n\n  c"\n'],
  ["literal", "where: |\n  a\n   b\n\n  c\n"],
  ["literal with an indicator", "where: |2-\n    a\n  b\n"],
  ["literal that keeps its end", "where: |+\n  a\n\n\n"],
  ["literal with blanks at the ends of lines", "where: |\n  a  \n  b\t\n"],
  ["folded", "where: >-\n  a\n  b\n\n  c\n"],
  ["folded with a part that is indented further", "where: >\n  a\n    b\n    c\n\n  d\n"],
  ["folded behind empty lines", "where: >-\n\n\n  a\n  b\n"],
  ["lines that end as on Windows", "where: >-\r\n  a\r\n  b\r\n"],
] as const)("each character of an expression has its place: %s", ([, source]) => {
  const letters = pairs(source).filter(([unit]) => !/\s/.test(unit));
  expect(letters.map(([, written]) => written)).toEqual(letters.map(([unit]) => unit));
  // What is folded, or ends a line, stands at the end of a line, or at the header.
  const blanks = pairs(source).filter(([unit]) => /\s/.test(unit));
  for (const [, written] of blanks) expect(written).toMatch(/[\s>|]/);
});

test.for([
  ["single quotes", "where: 'it''s'\n", [0, 1, 2, 4]],
  ["a named escape", 'where: "a\\tb"\n', [0, 1, 3]],
  ["a quotation mark", 'where: "\\"b"\n', [0, 2]],
  ["a byte", 'where: "\\x41b"\n', [0, 4]],
  ["a unit", 'where: "\\u00e9b"\n', [0, 6]],
  ["a character of two units", 'where: "\\U0001F600b"\n', [0, 0, 10]],
  ["a line break that is escaped", 'where: "a\\\n  b"\n', [0, 5]],
] as const)("an escape stands where it begins: %s", ([, source, wanted]) => {
  const node = parseDocument(source).getIn(["where"], true);
  if (!isScalar(node)) throw new Error("no scalar");
  const start = source.search(/['"]/) + 1;
  const offsets = valueOffsets(source, node);
  expect(offsets.slice(0, -1).map((offset) => offset - start)).toEqual(wanted);
});

test("whatever the text and the style, letters stand where the offsets say, in order", () => {
  const styles = ["PLAIN", "QUOTE_SINGLE", "QUOTE_DOUBLE", "BLOCK_LITERAL", "BLOCK_FOLDED"] as const;
  const text = fc
    .array(
      fc.constantFrom("a", "b", "==", " ", "  ", "\n", "\n\n", '"', "'", "\\", "#", ": ", "\t", "é", "😀"),
      {
        maxLength: 40,
      },
    )
    .map((parts) => parts.join(""));
  fc.assert(
    fc.property(text, fc.constantFrom(...styles), fc.constantFrom(20, 80), (value, style, lineWidth) => {
      const scalar = new Scalar(value);
      scalar.type = style;
      const source = new Document({ where: scalar }).toString({ lineWidth });
      const node = parseDocument(source).getIn(["where"], true);
      if (!isScalar(node) || node.value !== value) return;
      const offsets = valueOffsets(source, node);
      expect(offsets).toHaveLength(value.length + 1);
      expect(offsets).toEqual(offsets.toSorted((one, other) => one - other));
      const units = value.split("");
      const written = units.map((unit, index) => (/[ab=]/.test(unit) ? source[offsets[index] ?? -1] : unit));
      expect(written).toEqual(units);
    }),
    { numRuns: 2_000 },
  );
});

test("an expression that an alias or a merged map brings in stands where it is written", async () => {
  using folder = configFolder();
  const { config: loaded } = await folder.load(
    config({
      source: "&staff { kind: users, tenant: practice, where: &w 'person.enabled' }",
      sync: "where: *w\nfields: { jobTitle: { <<: &job { value: person.jobTitle } }, profession: *job }",
    }),
  );
  const [sync] = loaded?.syncs ?? [];
  expect(sync?.where?.locate(0)).toEqual(loaded?.sources.get("staff")?.where?.locate(0));
  expect(sync?.where?.excerpt(7)).toContain("5 |   staff: &staff");
  const job = sync?.fields.get("jobTitle")?.value;
  expect(job?.text).toBe("person.jobTitle");
  expect(job?.locate(7)).toEqual(sync?.fields.get("profession")?.value?.locate(7));
  expect(job?.locate(7).line).toBe(12);
});

test("an offset behind the end of an expression is its end, one before it its beginning", async () => {
  using folder = configFolder();
  const { config: loaded } = await folder.load(config({ sync: "where: person.enabled\nphotos: true" }));
  const where = loaded?.syncs[0]?.where;
  expect(where?.locate(-5)).toMatchObject({ line: 11, column: 12 });
  expect(where?.locate(10_000)).toMatchObject({ line: 11, column: 26 });
});
