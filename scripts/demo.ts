/**
 * The main job on a sandbox tenant, without account and network: plan, apply, plan again, then a week in which
 * somebody joins, marries and leaves and a user edits a contact by hand, and once more plan, apply, plan.
 */
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const tenant = "practice.tenant.json";
const color = process.stdout.isTTY && !process.env["NO_COLOR"];
const linesShown = 100;

function say(text: string): void {
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

function demo(folder: string): void {
  const run = (expected: number, ...args: readonly string[]): void => galops(folder, expected, ...args);
  const edit = (...args: readonly string[]): void => run(0, "sandbox", "edit", ...args);

  say("A sandbox tenant: people, groups and mailboxes in a file. The config is examples/quickstart.");
  run(0, "sandbox", "init", tenant);
  run(0, "validate");

  say("What would change? Nothing is written yet.");
  run(2, "plan", "--detailed-exitcode", "--quiet", "--out", "first.plan");

  say("Make exactly that. Afterwards there is nothing left to do.");
  run(0, "apply", "first.plan", "--quiet");
  run(0, "plan", "--detailed-exitcode", "--quiet");

  say("A week later: Nina joins, Bo marries, Chandra leaves, and Ève edits a contact on her phone.");
  edit("add-user", tenant, "nina@contoso.com", "Nina Ny", "mobilePhone=070-123 45 99", "jobTitle=Engineer");
  edit("set-user", tenant, "bo@contoso.com", "surname=Li-Ek", "displayName=Bo Li-Ek");
  edit("remove-user", tenant, "chandra@contoso.com");
  edit("edit-contact", tenant, "eve.oconnor@contoso.com", "Dana Müller-Łęcka", "jobTitle=Boss");

  say("galops shows who, what and why.");
  run(2, "plan", "--detailed-exitcode", "--quiet", "--out", "week.plan");
  run(0, "apply", "week.plan", "--quiet");
  run(0, "plan", "--detailed-exitcode", "--quiet");

  say("What Ève has now. Her own contacts were never touched.");
  run(0, "sandbox", "show", tenant, "eve.oconnor@contoso.com");
}

const folder = mkdtempSync(path.join(tmpdir(), "galops-demo-"));
try {
  cpSync(path.join(root, "examples/quickstart"), folder, { recursive: true });
  demo(folder);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
