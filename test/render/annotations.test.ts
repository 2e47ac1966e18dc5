import { expect, test } from "vitest";
import type { Diagnostic } from "../../src/model/diagnostic.ts";
import { renderAnnotations } from "../../src/render/annotations.ts";

const hostile = "100%\n::set-output name=x::1\r\n::error::\u001b[31m##[error]\u2028::add-mask::x";

const problem = (more: Partial<Diagnostic> = {}): Diagnostic => ({
  severity: "error",
  code: "unknown-field",
  summary: "Unknown field",
  detail: "It is not known.",
  place: { file: "galops.yaml", line: 12, column: 5 },
  ...more,
});

test("a diagnostic is a command about its line", () => {
  expect(renderAnnotations([problem()], (file) => `people/${file}`)).toEqual([
    "::error file=people/galops.yaml,line=12,col=5,title=Unknown field::It is not known.\n",
  ]);
  expect(renderAnnotations([problem({ severity: "warning", place: null, detail: "" })])).toEqual([
    "::warning title=Unknown field::Unknown field\n",
  ]);
});

test("no text can end its command or begin another one", () => {
  const place = { file: `a,line=1::${hostile}`, line: 1, column: 1 };
  const [line = "", ...more] = renderAnnotations([problem({ summary: hostile, detail: hostile, place })]);
  expect(more).toEqual([]);
  for (const end of ["\n", "\r", "\u001b", "\u2028"]) expect(line.trimEnd()).not.toContain(end);
  // A command ends at the first `::` behind its properties, which are divided by commas.
  const [, properties = ""] = /^::error (.*?)::/u.exec(line) ?? [];
  expect(properties.split(",").map((one) => one.split("=")[0])).toEqual(["file", "line", "col", "title"]);
  expect(line).toContain("100%25%0A");
  expect(line).not.toContain("##[");
});

test("errors come first, and what GitHub would drop is counted", () => {
  const many = Array.from({ length: 12 }, () => problem({ severity: "warning" }));
  const lines = renderAnnotations([...many, problem()]);
  expect(lines).toHaveLength(12);
  expect(lines[0]).toMatch(/^::error /u);
  expect(lines.at(-1)).toBe("2 more warnings without an annotation.\n");
});
