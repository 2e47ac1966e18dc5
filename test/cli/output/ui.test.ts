import { expect, test } from "vitest";
import { createUi } from "../../../src/cli/output/ui.ts";
import type { Diagnostic } from "../../../src/model/diagnostic.ts";
import { fakeContext } from "../../fakes/context.ts";

const problem = (severity: Diagnostic["severity"], at: number): Diagnostic => ({
  severity,
  code: "x",
  summary: `${severity} ${at}.`,
  detail: "It is so.",
  place: null,
});

test("of very many problems a thousand are told, errors before warnings, and how many are left", async () => {
  const { context, stderr } = fakeContext({ cwd: "/" });
  const all = Array.from({ length: 1_200 }, (_, at) => problem(at % 2 === 0 ? "warning" : "error", at));
  await createUi({ color: false }, context).report(all);
  expect(stderr().match(/^╷$/gmu)).toHaveLength(1_000);
  expect(stderr()).toContain("Error: error 1199.");
  expect(stderr().match(/^│ Warning: /gmu)).toHaveLength(400);
  expect(stderr()).toContain("\n200 more are not shown; --format json has all of them.\n");
});

test("a thousand problems are all told", async () => {
  const { context, stderr } = fakeContext({ cwd: "/" });
  await createUi({ color: false }, context).report(
    Array.from({ length: 1_000 }, (_, at) => problem("warning", at)),
  );
  expect(stderr()).toContain("Warning: warning 999.");
  expect(stderr()).not.toContain("not shown");
});
