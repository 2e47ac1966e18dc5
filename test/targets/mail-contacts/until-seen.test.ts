import { expect, test } from "vitest";
import { ExchangeError } from "../../../src/http/exchange/exchange.ts";
import type { ExchangeErrorKind } from "../../../src/http/exchange/exchange.ts";
import { untilSeen } from "../../../src/targets/mail-contacts/until-seen.ts";
import { manualClock } from "../../fakes/manual-clock.ts";

const signal = new AbortController().signal;

/** Work that fails like this so many times. */
function failing(times: number, kind: ExchangeErrorKind, outcome: "refused" | "unknown" = "refused") {
  let left = times;
  return async (): Promise<string> => {
    if (left-- > 0) throw new ExchangeError({ kind, outcome, message: "", cmdlet: "Set-Contact" });
    return await Promise.resolve("done");
  };
}

test("what Exchange does not see yet is tried again, at longer and longer intervals", async () => {
  const clock = manualClock();
  expect(await untilSeen(clock, signal, failing(4, "not-found"))).toBe("done");
  expect(clock.slept).toEqual([1000, 2000, 4000, 8000]);
});

test("after a minute it is not there", async () => {
  const clock = manualClock();
  await expect(untilSeen(clock, signal, failing(99, "not-found"))).rejects.toMatchObject({
    kind: "not-found",
  });
  expect(clock.slept.reduce((sum, milliseconds) => sum + milliseconds, 0)).toBe(60_000);
});

test.each([
  ["busy", "unknown"],
  ["invalid-value", "refused"],
] as const)("another failure is one at once (%s)", async (kind, outcome) => {
  const clock = manualClock();
  await expect(untilSeen(clock, signal, failing(1, kind, outcome))).rejects.toMatchObject({ kind });
  expect(clock.slept).toEqual([]);
});
