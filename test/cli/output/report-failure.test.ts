import { expect, test } from "vitest";
import { bugReport } from "../../../src/cli/output/report-failure.ts";

test("what a bug says of a contact is harmless where it is read", () => {
  const report = bugReport(new Error("\u001B[2J\u202E##[error] has no mailbox"), true);
  expect(report).toContain(String.raw`Error: \u{1b}[2J\u{202e}#\u{23}[error] has no mailbox`);
  expect(report).toContain("\n    at ");
});
