import { expect, test } from "vitest";
import { exitCodeOf, worstOf } from "../../../src/cli/interface/exit-code.ts";

test("of several exit codes the one that matters most is taken", () => {
  expect(worstOf([])).toBe(0);
  expect(worstOf([2, 3])).toBe(3);
  expect(worstOf([2, 3, 1])).toBe(1);
  expect(worstOf([1, 4, 3])).toBe(4);
  expect(worstOf([4, 130, 1])).toBe(130);
  expect(worstOf([143, 4])).toBe(143);
});

test("a signal has its own exit code", () => {
  expect(exitCodeOf(AbortSignal.abort("SIGINT"))).toBe(130);
  expect(exitCodeOf(AbortSignal.abort("SIGTERM"))).toBe(143);
});
