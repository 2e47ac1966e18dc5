import * as fc from "fast-check";
import { expect, test } from "vitest";
import { retryAfterMs } from "../../src/http/retry-after.ts";

const now = Date.UTC(2026, 10, 24, 8, 0, 0);

test.each([
  ["5", 5000],
  [" 0 ", 0],
  ["2.128", 2128],
  ["Tue, 24 Nov 2026 08:00:30 GMT", 30_000],
  ["Tue, 24 Nov 2026 07:59:00 GMT", 0],
  ["", null],
  [null, null],
  ["-3", null],
  ["soon", null],
  ["2026-11-24", null],
  ["1e9", null],
  ["Tue, never", null],
])("Retry-After %j asks to wait %j ms", (value, milliseconds) => {
  expect(retryAfterMs(value, now)).toBe(milliseconds);
});

test("no Retry-After asks for a time in the past, or for no number", () => {
  fc.assert(
    fc.property(fc.string(), (value) => {
      const wait = retryAfterMs(value, now);
      expect(wait === null || wait >= 0).toBe(true);
    }),
  );
});
