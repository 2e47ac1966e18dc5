import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { generateX25519Identity, identityToRecipient } from "age-encryption";
import { expect, test } from "vitest";
import { config, office, plansNothing, tenantFile } from "./office.ts";

test("a saved plan is made as it is, and cannot be made twice", async () => {
  const { galops } = await office();
  const saved = await galops("plan", "-o", "week.plan");
  expect(saved.code).toBe(0);
  expect(saved.stderr).toContain("galops apply week.plan");
  const shown = await galops("show", "week.plan");
  expect(shown.code).toBe(0);
  expect(shown.stdout).toContain(saved.stdout);
  const { id } = JSON.parse((await galops("plan", "--format", "json")).stdout) as { readonly id: string };
  expect(shown.stdout.split("\n").slice(0, 2)).toEqual([
    `Saved plan   ${id}`,
    "Created at   2026-11-24T08:00:00.000Z",
  ]);
  const applied = await galops("apply", "week.plan");
  expect(applied.code).toBe(0);
  expect(applied.stdout).toContain("Apply complete!");
  expect(applied.stderr).toContain("To undo it: galops rollback ");
  // What is done already is found to be done, and counts as nothing that was made.
  const again = await galops("apply", "week.plan");
  expect(again).toMatchObject({ code: 0 });
  expect(again.stdout).toMatch(/^Apply complete! 0 created, 0 updated, 0 deleted, [1-9]\d* done already\.$/m);
  expect(again.stderr).toContain("This run is written down as ");
  expect(again.stderr).not.toContain("To undo it");
  const json = await galops("apply", "week.plan", "--format", "json");
  expect(JSON.parse(json.stdout)).toMatchObject({
    summary: { created: 0, updated: 0, deleted: 0, adopted: 0, failed: 0, skipped: 0 },
    alreadyDone: expect.any(Number) as number,
  });
  expect((await galops("plan")).stdout).toMatch(plansNothing);
});

test("a plan that CI would keep readable is told of, an encrypted one and one at home is not", async () => {
  const { galops, galopsIn } = await office();
  const readable = "It is not encrypted, and it names people.";
  expect((await galops("plan", "-o", "week.plan")).stderr).not.toContain(readable);
  expect((await galopsIn({ env: { CI: "true" } }, "plan", "-o", "week.plan")).stderr).toContain(readable);
  const sealed = [
    "-o",
    "sealed.plan",
    "--encrypt-to",
    await identityToRecipient(await generateX25519Identity()),
  ];
  expect((await galopsIn({ env: { CI: "true" } }, "plan", ...sealed)).stderr).not.toContain(readable);
});

test("a contact that changed since the plan was saved is left alone, and the exit code is 3", async () => {
  const { galops } = await office();
  await galops("apply", "--auto-approve");
  await galops("sandbox", "edit", "set-user", tenantFile, "eve.oconnor@contoso.com", "jobTitle=Chief");
  await galops("plan", "-o", "week.plan");
  await galops(
    "sandbox",
    "edit",
    "edit-contact",
    tenantFile,
    "ann@contoso.com",
    "Ève O'Connor",
    "jobTitle=Boss",
  );
  const applied = await galops("apply", "week.plan");
  expect(applied.code).toBe(3);
  expect(applied.stdout).toContain("1 updated");
  expect(applied.stderr).toContain("changed since the plan");
  const { stdout } = await galops("sandbox", "show", tenantFile, "ann@contoso.com");
  expect(stdout).toContain("Boss");
});

test("a saved plan of another config is refused before anything is done", async () => {
  const { galops, write, read } = await office();
  await galops("plan", "-o", "week.plan");
  write("galops.yaml", config.replace("Directory", "Colleagues"));
  const before = read(tenantFile);
  const { code, stderr } = await galops("apply", "week.plan");
  expect(code).toBe(1);
  expect(stderr).toContain("another config");
  expect(read(tenantFile)).toBe(before);
});

test("a saved plan of one tenant is not made in another that the same config names", async () => {
  const { galops, galopsIn, folder } = await office(config.replace(`./${tenantFile}`, '"${env:TENANT}"'));
  await galops("sandbox", "init", "other.json", "--seed", "2");
  const other = path.join(folder, "other.json");
  const before = readFileSync(other, "utf8");
  await galopsIn({ env: { TENANT: tenantFile } }, "plan", "-o", "week.plan");
  for (const argv of [["week.plan"], ["--approved", "week.plan"]]) {
    const { code, stdout, stderr } = await galopsIn({ env: { TENANT: "other.json" } }, "apply", ...argv);
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toContain("The saved plan was made for another tenant");
  }
  expect(readFileSync(other, "utf8")).toBe(before);
  expect(await galopsIn({ env: { TENANT: tenantFile } }, "apply", "week.plan")).toMatchObject({ code: 0 });
});

test("a saved plan that is too old is refused, unless a longer --max-age is named", async () => {
  const { galops, galopsIn } = await office();
  await galops("plan", "-o", "week.plan");
  const clock = { now: () => Date.UTC(2026, 11, 2), sleep: () => Promise.resolve() };
  const old = await galopsIn({ clock }, "apply", "week.plan");
  expect(old.code).toBe(1);
  expect(old.stderr).toContain("too old");
  expect(old.stderr).toMatch(/week\.plan was made at \S+Z, and the limit is 7 days\./u);
  expect(await galopsIn({ clock }, "apply", "week.plan", "--max-age", "8d")).toMatchObject({ code: 0 });
});

test("a saved plan of the future is refused, however long --max-age is; clocks may differ a little", async () => {
  const { galops, galopsIn } = await office();
  await galops("plan", "-o", "week.plan");
  const before = (minutes: number) => ({
    clock: { now: () => Date.UTC(2026, 10, 24, 8) - minutes * 60_000, sleep: () => Promise.resolve() },
  });
  const early = await galopsIn(before(6), "apply", "week.plan", "--max-age", "900d");
  expect(early.code).toBe(1);
  expect(early.stderr).toContain("dated in the future");
  expect(await galopsIn(before(4), "apply", "week.plan")).toMatchObject({ code: 0 });
});

test.each([
  ["cut short", (text: string) => text.slice(0, text.lastIndexOf("{"))],
  ["of something else", () => "hello\n"],
  ["changed by hand", (text: string) => text.replace('"action":"create"', '"action":"delete"')],
  ["empty", () => ""],
])("a saved plan that is %s is refused", async (_, spoil) => {
  const { galops, read, write } = await office();
  await galops("plan", "-o", "week.plan");
  write("week.plan", spoil(read("week.plan")));
  const before = read(tenantFile);
  for (const command of ["show", "apply"]) {
    const { code, stdout, stderr } = await galops(command, "week.plan");
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toContain("The saved plan cannot be used");
  }
  expect(read(tenantFile)).toBe(before);
});

test("a saved plan cannot be narrowed or allowed more", async () => {
  const { galops } = await office();
  await galops("plan", "-o", "week.plan");
  for (const option of [
    ["--sync", "phones"],
    ["--mailbox", "ann@contoso.com"],
    ["--allow", "deletes=1"],
  ]) {
    const { code, stderr } = await galops("apply", "week.plan", ...option);
    expect(code).toBe(1);
    expect(stderr).toContain("A saved plan cannot be changed");
  }
});

test("a plan that cannot be saved is refused before anything is read", async () => {
  const { galops, folder } = await office();
  const { code, stdout, stderr } = await galops("plan", "-o", "none/week.plan");
  expect([code, stdout]).toEqual([1, ""]);
  expect(stderr).toContain("The plan cannot be saved in none/week.plan: none does not exist");
  expect(existsSync(path.join(folder, "none"))).toBe(false);
});

test.runIf(existsSync("/dev/full"))("a full disk for the saved plan is an error in words", async () => {
  const { galops } = await office();
  const { code, stderr } = await galops("plan", "-o", "/dev/full");
  expect(code).toBe(1);
  expect(stderr).toContain("/dev/full: The disk is full");
});

test.each([
  ["show", "galops.yaml", "galops.yaml: The file is not a saved plan."],
  ["show", ".", ".: A folder is where a file is expected."],
  ["apply", "none.plan", "none.plan: A file or folder does not exist."],
  ["sandbox init", "none/x.json", "its folder does not exist"],
])("%s %s says which file it is that cannot be used", async (command, file, words) => {
  const { galops } = await office();
  const { code, stderr } = await galops(...command.split(" "), file);
  expect(code).toBe(1);
  expect(stderr).toContain(words);
  expect(stderr).toContain(file);
  expect(stderr).not.toContain("ENOENT:");
});

test("of a plan that a limit refuses, apply says how to plan again, with the config that was given", async () => {
  const { galops, write } = await office(config);
  await galops("apply", "--auto-approve");
  write("other.yaml", config.replace('person.mobilePhone != ""', 'person.displayName == "Jan Kowalski"'));
  const given = ["-c", "other.yaml"];
  const saved = await galops("plan", ...given, "-o", "less week.plan");
  expect([saved.code, saved.stderr.includes("run it again with --allow deletes=")]).toEqual([4, true]);
  // Of a limit it is told where its sync is, also when the plan is shown again.
  for (const { stdout, stderr } of [
    { ...saved, stdout: (await galops("plan", ...given, "--format", "json")).stdout },
    {
      ...(await galops("show", "less week.plan")),
      stdout: (await galops("show", "less week.plan", "--format", "json")).stdout,
    },
  ]) {
    expect(stderr).toMatch(/A safety limit refuses the plan\n│\n│ {3}on other\.yaml line 8, column 5:/);
    expect(stdout).toMatch(/"refusals": \[\{.*"file":"other\.yaml","line":8,"column":5\}\]/);
  }
  const { code, stderr } = await galops("apply", "less week.plan", ...given);
  expect(code).toBe(4);
  const [, planAgain = ""] =
    /plan again with galops (.* --allow deletes=\d+), and apply that\./.exec(stderr) ?? [];
  expect(planAgain).toMatch(/^plan -c other\.yaml -o 'less week\.plan' --allow deletes=\d+$/);
  const words = planAgain.replace("'less week.plan'", "less").split(" ");
  const again = await galops(...words);
  expect(again.code).toBe(0);
  expect(again.stderr).toContain("galops apply less -c other.yaml\n");
  expect((await galops("apply", "less", ...given)).code).toBe(0);
});
