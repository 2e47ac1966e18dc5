/**
 * The main job on a practice tenant, without account and network: plan, apply, plan again, then a week in which
 * somebody joins, marries and leaves and a user edits a contact by hand, and once more plan, apply, plan.
 */
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const folder = mkdtempSync(path.join(tmpdir(), "galops-demo-"));
const tenant = "practice.tenant.json";

function say(text: string): void {
  console.log(`\n\u001B[1m▌ ${text}\u001B[0m`);
}

/** Runs one command as a user would, shows it, and stops the demo when it does not end as expected. */
function galops(expected: number, ...args: string[]): void {
  console.log(`\n$ galops ${args.map((arg) => (/[\s"]/.test(arg) ? `"${arg}"` : arg)).join(" ")}`);
  const { status } = spawnSync(process.execPath, [path.join(root, "src/cli/bin.ts"), ...args], {
    cwd: folder,
    stdio: ["ignore", "inherit", "inherit"],
  });
  if (status === expected) return;
  console.error(`The demo expected exit code ${expected}, but got ${String(status)}.`);
  process.exit(1);
}

try {
  cpSync(path.join(root, "examples/quickstart"), folder, { recursive: true });
  say("A practice tenant: people, groups and mailboxes in a file.");
  galops(0, "sandbox", "init", tenant);
  galops(0, "validate");

  say("What would change? Nothing is written.");
  galops(2, "plan", "--detailed-exitcode", "--quiet");

  say("Make it so.");
  galops(0, "apply", "--auto-approve", "--quiet", "--format", "json");
  galops(0, "plan", "--detailed-exitcode", "--quiet");

  say("A week later: Nina joins, Bo marries, Chandra leaves, and Ève edits a contact on her phone.");
  galops(0, "sandbox", "edit", "add-user", tenant, "nina@contoso.com", "Nina Ny");
  galops(
    0,
    "sandbox",
    "edit",
    "set-user",
    tenant,
    "nina@contoso.com",
    "mobilePhone=070-123 45 99",
    "jobTitle=Engineer",
  );
  galops(0, "sandbox", "edit", "set-user", tenant, "bo@contoso.com", "surname=Li-Ek", "displayName=Bo Li-Ek");
  galops(0, "sandbox", "edit", "remove-user", tenant, "chandra@contoso.com");
  galops(
    0,
    "sandbox",
    "edit",
    "edit-contact",
    tenant,
    "eve.oconnor@contoso.com",
    "Dana Müller-Łęcka",
    "jobTitle=Boss",
  );

  say("galops shows who, what and why; what is the users' own is not touched.");
  galops(2, "plan", "--detailed-exitcode", "--quiet", "--out", "week.plan");
  galops(0, "apply", "week.plan", "--auto-approve", "--quiet");
  galops(0, "plan", "--detailed-exitcode", "--quiet");
  galops(0, "sandbox", "show", tenant, "eve.oconnor@contoso.com");
} finally {
  rmSync(folder, { recursive: true, force: true });
}
