import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
const color = process.stdout.isTTY && !process.env["NO_COLOR"];
const linesShown = 100;

/** What comes next, for people. */
export function say(text: string): void {
  console.log(color ? `\n\u001B[1m▌ ${text}\u001B[0m` : `\n▌ ${text}`);
}

/** Runs a command as a user would, shows it, and throws when it does not end as expected. */
function galops(folder: string, expected: number, ...args: readonly string[]): void {
  console.log(`\n$ galops ${args.map((arg) => (/[^\w./@:=+-]/.test(arg) ? `"${arg}"` : arg)).join(" ")}`);
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [path.join(root, "src/cli/bin.ts"), ...args],
    {
      cwd: folder,
      encoding: "utf8",
      // So many short runs spend most of their time on starting.
      env: {
        ...process.env,
        NODE_COMPILE_CACHE: path.join(folder, ".cache"),
        ...(color ? { FORCE_COLOR: "1" } : {}),
      },
    },
  );
  process.stdout.write(shortened(stdout));
  process.stdout.write(stderr);
  if (status !== expected)
    throw new Error(`Exit code ${expected} was expected, and it was ${String(status)}.`);
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
export type Run = (expected: number, ...args: readonly string[]) => void;

/** Plays a demo in a copy of an example, which is gone afterwards. */
export function runDemo(example: string, demo: (run: Run) => void): void {
  const folder = mkdtempSync(path.join(tmpdir(), "galops-demo-"));
  try {
    cpSync(path.join(root, "examples", example), folder, { recursive: true });
    demo((expected, ...args) => galops(folder, expected, ...args));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
