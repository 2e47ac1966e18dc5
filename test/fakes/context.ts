import type { Context, Output } from "../../src/model/context.ts";
import { manualClock } from "./manual-clock.ts";

export interface FakeContext {
  readonly context: Context;
  readonly stdout: () => string;
  readonly stderr: () => string;
  /** As the first signal to the process does. */
  readonly interrupt: (name: "SIGINT" | "SIGTERM") => void;
  /** Questions asked on the terminal. */
  readonly questions: readonly string[];
}

/** A process without a process: streams in memory, a clock that is set by hand, no network. */
export function fakeContext(given: {
  readonly cwd: string;
  readonly env?: Context["env"];
  /** What is typed on the terminal, line by line; absent: there is no terminal. */
  readonly answers?: readonly string[];
  /** Whether stdout and stderr are terminals. */
  readonly isTTY?: boolean;
  readonly clock?: Context["clock"];
  readonly fetch?: Context["fetch"];
}): FakeContext {
  const { cwd, env = {}, answers, isTTY = false, clock = manualClock() } = given;
  const stdout = memoryOutput(isTTY);
  const stderr = memoryOutput(isTTY);
  const controller = new AbortController();
  const questions: string[] = [];
  let random = 0;
  return {
    stdout: stdout.text,
    stderr: stderr.text,
    questions,
    interrupt: (name) => controller.abort(name),
    context: {
      cwd,
      env,
      stdout: stdout.output,
      stderr: stderr.output,
      async ask(question) {
        questions.push(question);
        return answers?.[questions.length - 1] ?? null;
      },
      clock,
      // Each number once, so that what is named by it is not named alike.
      random: () => (random = (random + 0.137) % 1),
      fetch: given.fetch ?? (() => Promise.reject(new Error("There is no network in this test."))),
      signal: controller.signal,
      begun() {},
    },
  };
}

function memoryOutput(isTTY: boolean): { readonly output: Output; readonly text: () => string } {
  const parts: string[] = [];
  return {
    text: () => parts.join(""),
    output: {
      isTTY,
      columns: 80,
      async write(text) {
        parts.push(text);
      },
    },
  };
}
