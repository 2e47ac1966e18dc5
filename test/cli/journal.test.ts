import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { generateX25519Identity, identityToRecipient } from "age-encryption";
import { expect, test } from "vitest";
import { ownProcess } from "../../src/cli/process/own-process.ts";
import { temporaryFolder } from "../fakes/folder.ts";
import { config, office, tenantFile } from "./office.ts";
import type { Office } from "./office.ts";

const apply = ["apply", "--auto-approve"] as const;

function runsIn(folder: string): string {
  return path.join(folder, ".galops", "runs");
}

function journalsIn(runs: string): readonly string[] {
  if (!existsSync(runs)) return [];
  return readdirSync(runs).map((run) => readFileSync(path.join(runs, run, "journal.ndjson"), "utf8"));
}

async function keyPair(): Promise<{ readonly identity: string; readonly recipient: string }> {
  const identity = await generateX25519Identity();
  return { identity, recipient: await identityToRecipient(identity) };
}

function removePhones({ write }: Office): void {
  write("galops.yaml", config.replace('person.mobilePhone != ""', 'person.displayName != "Jan Kowalski"'));
}

test("an apply that changes something is written down, its owner's only; one that does not is not", async () => {
  const { galops, folder } = await office();
  await galops("plan");
  expect(existsSync(path.join(folder, ".galops"))).toBe(false);
  expect(await galops(...apply)).toMatchObject({ code: 0 });
  const [run = "", ...others] = readdirSync(runsIn(folder));
  expect(others).toEqual([]);
  const file = path.join(runsIn(folder), run, "journal.ndjson");
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const text = readFileSync(file, "utf8");
  expect(text.split("\n")[0]).toContain(`"run":"${run}","command":"apply"`);
  expect(text.split("\n").at(-2)).toContain('"type":"end"');
  await galops(...apply);
  expect(readdirSync(runsIn(folder))).toEqual([run]);
  expect(existsSync(path.join(folder, ".galops", "lock"))).toBe(false);
});

test("the result names the run, and two runs of one second have two journals", async () => {
  const made = await office();
  const { galops, folder } = made;
  const first: unknown = JSON.parse((await galops(...apply, "--format", "json")).stdout);
  removePhones(made);
  const second: unknown = JSON.parse((await galops(...apply, "--format", "json")).stdout);
  const runs = [first, second].map((result) => (result as { readonly run: string }).run);
  expect(readdirSync(runsIn(folder)).toSorted()).toEqual(runs.toSorted());
});

test("--journal names another folder", async () => {
  const { galops, folder } = await office();
  expect(await galops(...apply, "--journal", "kept/journals")).toMatchObject({ code: 0 });
  expect(journalsIn(path.join(folder, "kept", "journals"))).toHaveLength(1);
  expect(existsSync(runsIn(folder))).toBe(false);
  expect((await galops("runs", "--journal", "kept/journals")).stdout).toContain("created");
  expect((await galops("runs")).stdout).toContain("There are no runs");
});

test.each<[string, (folder: string) => void, readonly string[]]>([
  ["is a link", (folder) => symlinkSync(temporaryFolder(), runsIn(folder)), []],
  ["is a file", (folder) => writeFileSync(runsIn(folder), ""), []],
  ["cannot be made", () => {}, ["--journal", "/proc/self/journals"]],
])("where the place of the journal %s nothing is changed", async (_, spoil, options) => {
  const { galops, folder, read } = await office();
  mkdirSync(path.join(folder, ".galops"));
  spoil(folder);
  const before = read(tenantFile);
  const { code, stdout, stderr } = await galops(...apply, ...options);
  expect(code).toBe(1);
  expect(stdout).not.toContain("Apply complete!");
  expect(stderr).toContain("cannot be written");
  expect(stderr).toContain("--journal");
  expect(read(tenantFile)).toBe(before);
  expect(existsSync(path.join(folder, ".galops", "lock"))).toBe(false);
});

test("a second apply is refused while one is at work; plan, show, runs and validate are not", async () => {
  const { galops, folder, read } = await office();
  await galops("plan", "-o", "week.plan");
  mkdirSync(path.join(folder, ".galops"));
  const holder = { ...ownProcess(), command: "apply", since: "2026-11-24T07:00:00.000Z", token: "t" };
  writeFileSync(path.join(folder, ".galops", "lock"), JSON.stringify(holder));
  const before = read(tenantFile);
  for (const argv of [apply, ["apply", "week.plan"], [...apply, "--lock-timeout", "5m"]]) {
    const { code, stderr } = await galops(...argv);
    expect(code).toBe(1);
    expect(stderr).toContain("Another run is in progress");
    expect(stderr).toContain(`process ${process.pid}`);
    expect(stderr).toContain("2026-11-24T07:00:00.000Z");
  }
  expect(read(tenantFile)).toBe(before);
  for (const argv of [["plan"], ["show", "week.plan"], ["runs"], ["validate"]]) {
    expect(await galops(...argv)).toMatchObject({ code: 0 });
  }
});

test("with a recipient neither the plan nor the journal can be read by anybody else", async () => {
  const { galopsIn, folder, read } = await office();
  const { identity, recipient } = await keyPair();
  const to = ["--encrypt-to", recipient];
  expect(await galopsIn({}, "plan", "-o", "week.plan", ...to)).toMatchObject({ code: 0 });
  expect(statSync(path.join(folder, "week.plan")).mode & 0o777).toBe(0o600);
  expect(read("week.plan")).toMatch(/^age-encryption\.org\/v1\n/);
  const env = { GALOPS_PLAN_IDENTITY: identity };
  const shown = await galopsIn({ env }, "show", "week.plan");
  expect(shown.code).toBe(0);
  expect(shown.stdout).toContain("Plan:");
  expect(await galopsIn({ env }, "apply", "week.plan", ...to)).toMatchObject({ code: 0 });
  const [journal = ""] = journalsIn(runsIn(folder));
  for (const kept of [read("week.plan"), journal]) {
    for (const secret of ["Kowalski", "contoso.com", "jobTitle", "Directory"])
      expect(kept).not.toContain(secret);
  }
  // What was done is no secret, so that runs are listed without a key.
  expect((await galopsIn({}, "runs")).stdout).toMatch(/apply +phones +\d+ created\n/);
});

test("without the right key an encrypted plan is refused in words, and nothing is done", async () => {
  const { galopsIn, read } = await office();
  const [mine, other] = [await keyPair(), await keyPair()];
  await galopsIn({}, "plan", "-o", "week.plan", "--encrypt-to", mine.recipient);
  const before = read(tenantFile);
  for (const [env, words] of [
    [{}, "Set GALOPS_PLAN_IDENTITY"],
    [{ GALOPS_PLAN_IDENTITY: other.identity }, "does not match"],
    [{ GALOPS_PLAN_IDENTITY: "key.txt" }, "is not an age identity"],
  ] as const) {
    for (const command of ["show", "apply"]) {
      const { code, stdout, stderr } = await galopsIn({ env }, command, "week.plan");
      expect([code, stdout]).toEqual([1, ""]);
      expect(stderr).toContain(words);
    }
  }
  expect(read(tenantFile)).toBe(before);
});

test("an encrypted plan that was cut short is refused", async () => {
  const { galopsIn, folder, read } = await office();
  const { identity, recipient } = await keyPair();
  await galopsIn({}, "plan", "-o", "week.plan", "--encrypt-to", recipient);
  const file = path.join(folder, "week.plan");
  writeFileSync(file, readFileSync(file).subarray(0, -10));
  const before = read(tenantFile);
  const { code, stderr } = await galopsIn({ env: { GALOPS_PLAN_IDENTITY: identity } }, "apply", "week.plan");
  expect(code).toBe(1);
  expect(stderr).toContain("damaged");
  expect(read(tenantFile)).toBe(before);
});

test("a passphrase in the environment encrypts and reads as well", async () => {
  const { galopsIn, read } = await office();
  const env = { GALOPS_PLAN_PASSPHRASE: "correct horse battery" };
  expect(await galopsIn({ env }, "plan", "-o", "week.plan")).toMatchObject({ code: 0 });
  expect(read("week.plan")).toMatch(/^age-encryption\.org\/v1\n-> scrypt /);
  expect((await galopsIn({ env }, "show", "week.plan")).stdout).toContain("Plan:");
  expect((await galopsIn({}, "show", "week.plan")).stderr).toContain("Set GALOPS_PLAN_PASSPHRASE");
}, 120_000);

test("what is no recipient is refused before anything is read or written", async () => {
  const { galops, folder } = await office();
  for (const argv of [["plan", "-o", "week.plan"], apply]) {
    const { code, stderr } = await galops(...argv, "--encrypt-to", "ann@contoso.com");
    expect(code).toBe(1);
    expect(stderr).toContain("not an age recipient");
  }
  expect(existsSync(path.join(folder, "week.plan"))).toBe(false);
  const { code, stderr } = await galops("plan", "--encrypt-to", (await keyPair()).recipient);
  expect(code).toBe(1);
  expect(stderr).toContain("-o");
});

test("runs lists what was done, the newest first, in text and in JSON", async () => {
  const made = await office();
  const { galops, galopsIn } = made;
  expect((await galops("runs")).stdout).toContain("There are no runs");
  await galops(...apply);
  removePhones(made);
  const clock = { now: () => Date.UTC(2026, 10, 25), sleep: () => Promise.resolve() };
  expect(await galopsIn({ clock }, ...apply, "--allow", "deletes=1")).toMatchObject({ code: 0 });
  const { stdout } = await galops("runs");
  const lines = stdout.split("\n");
  expect(lines[0]).toMatch(/^RUN +COMMAND +SYNCS +WHAT WAS DONE$/);
  expect(lines[1]).toMatch(/^20261125T000000Z-\w{4} {2}apply +phones +\d+ created and \d+ deleted$/);
  expect(lines[2]).toMatch(/^20261124T080000Z-\w{4} {2}apply +phones +\d+ created$/);
  const json: unknown = JSON.parse((await galops("runs", "--format", "json")).stdout);
  expect(json).toMatchObject({
    runs: [
      { command: "apply", state: "complete", syncs: ["phones"], summary: { deleted: 4 }, canRollBack: true },
      { command: "apply", state: "complete", encrypted: false, undoes: null, obstacle: null },
    ],
  });
});

test("runs tells what cannot be rolled back, and why", async () => {
  const { galops, folder, write } = await office();
  await galops(...apply);
  const [run = ""] = readdirSync(runsIn(folder));
  const file = path.join(runsIn(folder), run, "journal.ndjson");
  const whole = readFileSync(file, "utf8");
  writeFileSync(file, whole.slice(0, whole.lastIndexOf('{"type":"end"') - 5));
  expect((await galops("runs")).stdout).toMatch(/\d+ created and 1 in doubt; cut off\n$/);
  writeFileSync(file, "hello\n");
  expect((await galops("runs")).stdout).toMatch(
    /\(not readable\)\n {2}# Cannot be rolled back: .* is not the journal/,
  );
  writeFileSync(file, whole);
  write("galops.yaml", config.replace("0d9f6c3a", "1d9f6c3a"));
  expect((await galops("runs")).stdout).toContain("no longer has a sync with the owner 0d9f6c3a");
});
