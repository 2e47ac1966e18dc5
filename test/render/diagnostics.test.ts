import { expect, test } from "vitest";
import type { Diagnostic } from "../../src/model/diagnostic.ts";
import { renderDiagnostics } from "../../src/render/diagnostics.ts";

const diagnostics: readonly Diagnostic[] = [
  {
    severity: "error",
    code: "unknown-source",
    summary: "Unknown source",
    detail:
      'The sync phone-directory takes people from "stafff", which no source is named. It would have nobody to deliver. Did you mean "staff"?',
    place: { file: "galops.yaml", line: 12, column: 12 },
    excerpt: "12 │     from: [stafff]\n   │            ^^^^^^",
  },
  {
    severity: "warning",
    code: "mailbox-not-found",
    summary: "Mailboxes were skipped",
    detail: "The sync phone-directory skips 1 mailbox (bo\u001B[2J@contoso.com).",
    place: null,
  },
];

test("diagnostics are boxes with their place, its lines, what is wrong and what to do", async () => {
  await expect(renderDiagnostics(diagnostics, { color: false })).toMatchFileSnapshot(
    "golden/diagnostics.txt",
  );
});

test("errors are red, warnings yellow", () => {
  const [error = "", warning = ""] = diagnostics.map((diagnostic) =>
    renderDiagnostics([diagnostic], { color: true }),
  );
  expect(error).toContain("\u001B[1;31mError:\u001B[0m");
  expect(warning).toContain("\u001B[1;33mWarning:\u001B[0m");
});

test("no diagnostics are no text, and narrow terminals get narrow lines", () => {
  expect(renderDiagnostics([], { color: true })).toBe("");
  const narrow = renderDiagnostics(diagnostics.slice(1), { color: false, columns: 44 });
  expect(Math.max(...narrow.split("\n").map((line) => line.length))).toBeLessThanOrEqual(44);
});
