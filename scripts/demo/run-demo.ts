import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { createProcessContext } from "../../src/cli/process/process-context.ts";
import { run } from "../../src/cli/program.ts";
import type { Context, Output } from "../../src/model/context.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const color = process.stdout.isTTY && !process.env["NO_COLOR"];
const linesShown = 100;
const own = createProcessContext();

/** What comes next, for people. */
export function say(text: string): void {
  console.log(color ? `\n\u001B[1m▌ ${text}\u001B[0m` : `\n▌ ${text}`);
}

/**
 * Runs a command as a user would, shows it, and throws when it does not end as expected. All of them in this process:
 * most of so many short runs would be spent on starting.
 */
async function galops(folder: string, expected: number, ...args: readonly string[]): Promise<void> {
  console.log(`\n$ galops ${args.map((arg) => (/[^\w./@:=+-]/.test(arg) ? `"${arg}"` : arg)).join(" ")}`);
  const said = { stdout: "", stderr: "" };
  const context: Context = {
    ...own,
    cwd: folder,
    env: { ...own.env, ...(color ? { FORCE_COLOR: "1" } : {}) },
    stdout: heard(own.stdout, (text) => (said.stdout += text)),
    stderr: heard(own.stderr, (text) => (said.stderr += text)),
    ask: () => Promise.resolve(null),
  };
  const code = await run(args, context);
  process.stdout.write(shortened(said.stdout));
  process.stdout.write(said.stderr);
  if (code !== expected) throw new Error(`Exit code ${expected} was expected, and it was ${code}.`);
}

/** A stream that is no terminal, of which each text is heard. */
function heard({ columns }: Output, hear: (text: string) => void): Output {
  return { isTTY: false, columns, write: async (text) => hear(text) };
}

/** The beginning and the last line of what is long; everybody's contact is more than one wants to read here. */
function shortened(text: string): string {
  const lines = text.split("\n");
  if (lines.length <= linesShown) return text;
  const [first, last] = [lines.slice(0, lines.lastIndexOf("", 28) + 1), lines.slice(-3)];
  const left = lines.length - first.length - last.length;
  return [...first, `  … ${left} more lines, left out by this demo …`, ...last].join("\n");
}

/** Runs a command as a user would. @param expected - its exit code */
export type Run = (expected: number, ...args: readonly string[]) => Promise<void>;

/** Plays a demo in a copy of an example, which is gone afterwards. */
export async function runDemo(example: string, demo: (run: Run) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), "galops-demo-"));
  try {
    cpSync(path.join(root, "examples", example), folder, { recursive: true });
    await demo((expected, ...args) => galops(folder, expected, ...args));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
