import { expect, test } from "vitest";
import { runId } from "../../src/apply/run-id.ts";

test("a run is named by its time in UTC and four hex digits", () => {
  const now = Date.UTC(2026, 10, 24, 8, 49, 39, 123);
  expect(runId(now, () => 0)).toBe("20261124T084939Z-0000");
  expect(runId(now, () => 0.999999)).toBe("20261124T084939Z-ffff");
});
