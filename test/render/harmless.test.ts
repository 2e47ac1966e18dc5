import * as fc from "fast-check";
import { expect, test } from "vitest";
import { harmless, harmlessLines, quoted } from "../../src/render/harmless.ts";
import { harmlessJson } from "../../src/text/harmless-json.ts";

test.each([
  ["Ann Ek", "Ann Ek"],
  ["Łódź Ørsted 李 नमस्ते مرحبا", "Łódź Ørsted 李 नमस्ते مرحبا"],
  ["a\nb\r\tc", String.raw`a\nb\r\tc`],
  ["\u001B[31mred", String.raw`\u{1b}[31mred`],
  ["\u009B31m", String.raw`\u{9b}31m`],
  ["gpj.\u202Eexe", String.raw`gpj.\u{202e}exe`],
  ["\u2067x\u2069", String.raw`\u{2067}x\u{2069}`],
  ["a\u200Bb\u00ADc\uFEFF", String.raw`a\u{200b}b\u{ad}c\u{feff}`],
  ["half \uD83D", String.raw`half \u{d83d}`],
  ["tag \u{E0041}", String.raw`tag \u{e0041}`],
  ["blank \u3164", String.raw`blank \u{3164}`],
  ["نسرین\u200Cها 👩\u200D💻", "نسرین\u200Cها 👩\u200D💻"],
  ["B\u200Do \u200C", String.raw`B\u{200d}o \u{200c}`],
])("%j is shown as %s", (text, shown) => {
  expect(harmless(text)).toBe(shown);
});

test("what CI systems take for commands anywhere in a line is broken up, and JSON says the same", () => {
  expect(harmless("a ##[add-mask]b ##vso[task.complete] ## c")).toBe(
    String.raw`a #\u{23}[add-mask]b #\u{23}vso[task.complete] ## c`,
  );
  const json = harmlessJson("##[error]");
  expect(json).not.toContain("##[");
  expect(JSON.parse(json)).toBe("##[error]");
});

test("a value cannot end its own quotes", () => {
  expect(quoted(String.raw`x" -> "y\ `)).toBe(String.raw`"x\" -> \"y\\ "`);
});

test("lines of an excerpt stay lines", () => {
  expect(harmlessLines("1 | a\u001B\r\n  | ^\tx")).toBe(String.raw`1 | a\u{1b}` + "\n  | ^  x");
});

test("whatever the text, it stays in one line, and JSON reads back the same", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      const shown = harmless(text);
      expect(shown).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\p{Cs}]/u);
      expect(harmless(shown)).toBe(shown);
      const json = harmlessJson({ [text]: text });
      expect(json).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\p{Cf}]/u);
      expect(JSON.parse(json)).toEqual({ [text]: text });
    }),
    { numRuns: 1000 },
  );
});
