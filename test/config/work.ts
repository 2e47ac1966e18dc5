import { vi } from "vitest";

/** What regular expressions had to do while something ran. */
interface Work {
  readonly calls: number;
  /** Length of the longest text that one was given. */
  readonly longest: number;
  /** Characters that they matched, all together. */
  readonly matched: number;
}

/** Runs something, and counts what it asks of regular expressions; what an engine does inside of one is not seen. */
export function workOf(run: () => unknown): Work {
  const exec = vi.spyOn(RegExp.prototype, "exec");
  try {
    run();
    const texts = exec.mock.calls.map(([text]) => text.length);
    const matches = exec.mock.results.map(({ value }) => (value as RegExpExecArray | null)?.[0].length ?? 0);
    return {
      calls: texts.length,
      longest: Math.max(0, ...texts),
      matched: matches.reduce((sum, length) => sum + length, 0),
    };
  } finally {
    exec.mockRestore();
  }
}
