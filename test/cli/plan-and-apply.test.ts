import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { config, office, owner, tenantFile } from "./office.ts";

const plansNothing = /^No changes\. The tenants match the configuration\.$/m;

test("plan, apply, plan: what is planned is made, and then there is nothing left", async () => {
  const { galops } = await office();
  const planned = await galops("plan", "--detailed-exitcode");
  expect(planned.code).toBe(2);
  const [, created] = /^Plan: (\d+) to create, 0 to update, 0 to delete\.$/m.exec(planned.stdout) ?? [];
  expect(Number(created)).toBeGreaterThan(4);
  const applied = await galops("apply", "--auto-approve");
  expect(applied.code).toBe(0);
  expect(applied.stdout).toContain(`Apply complete! ${created} created, 0 updated, 0 deleted.`);
  const again = await galops("plan", "--detailed-exitcode");
  expect(again.code).toBe(0);
  expect(again.stdout).toMatch(plansNothing);
});

test("plan changes nothing: neither the tenant nor anything beside it", async () => {
  const { galops, read } = await office();
  const before = read(tenantFile);
  await galops("plan");
  expect(read(tenantFile)).toBe(before);
});

test("without --detailed-exitcode a plan with changes is exit code 0", async () => {
  const { galops } = await office();
  expect(await galops("plan")).toMatchObject({ code: 0 });
});

test("equal plans are equal byte for byte, in text and in JSON, whatever the parallelism", async () => {
  const { galops } = await office();
  for (const format of ["text", "json"]) {
    const one = await galops("plan", "--format", format, "--parallelism", "1");
    const other = await galops("plan", "--format", format, "--parallelism", "8");
    expect(other.stdout).toBe(one.stdout);
  }
});

test("JSON goes to stdout alone", async () => {
  const { galops } = await office();
  const plan: unknown = JSON.parse((await galops("plan", "--format", "json")).stdout);
  expect(plan).toMatchObject({
    formatVersion: 1,
    id: expect.stringMatching(/^sha256:/),
    syncs: [{ name: "phones", books: [{ mailbox: "ann@contoso.com" }, { mailbox: "bo@contoso.com" }] }],
  });
  const result: unknown = JSON.parse((await galops("apply", "--auto-approve", "--format", "json")).stdout);
  expect(result).toMatchObject({
    run: "20261124T080000Z-4624",
    summary: { updated: 0, deleted: 0, adopted: 0, failed: 0, skipped: 0 },
    failures: [],
    interrupted: false,
  });
  const nothing: unknown = JSON.parse((await galops("apply", "--auto-approve", "--format", "json")).stdout);
  expect(nothing).toMatchObject({ summary: { created: 0, skipped: 0 } });
});

test("apply asks, and goes on only with yes", async () => {
  const { galops, galopsIn } = await office();
  for (const answer of ["no", "y", "YES", ""]) {
    const { code, stdout, stderr } = await galopsIn({ answers: [answer] }, "apply");
    expect(code).toBe(1);
    expect(stdout).toContain("Plan:");
    expect(stdout).not.toContain("Apply complete!");
    expect(stderr).toContain("Nothing was changed.");
  }
  const yes = await galopsIn({ answers: ["yes"] }, "apply");
  expect(yes.code).toBe(0);
  expect(yes.stdout).toContain("Apply complete!");
  expect((await galops("plan")).stdout).toMatch(plansNothing);
});

test("also with --quiet it is said that nothing was changed, which is why the exit code is 1", async () => {
  const { galopsIn } = await office();
  const { code, stderr } = await galopsIn({ answers: ["y"] }, "apply", "--quiet");
  expect([code, stderr]).toEqual([1, "Nothing was changed.\n"]);
});

test("apply does not ask when there is nothing to do", async () => {
  const { galops, galopsIn } = await office();
  await galops("apply", "--auto-approve");
  const { code, stdout } = await galopsIn({ answers: ["no"] }, "apply");
  expect(code).toBe(0);
  expect(stdout).toMatch(plansNothing);
});

test("apply without a terminal shows the plan, changes nothing and says what to do", async () => {
  const { galops, read } = await office();
  const before = read(tenantFile);
  const { code, stdout, stderr } = await galops("apply");
  expect(code).toBe(1);
  expect(stdout).toContain("Plan:");
  expect(stderr).toContain("--auto-approve");
  expect(read(tenantFile)).toBe(before);
});

test("with JSON and a terminal the plan that is asked about goes to stderr", async () => {
  const { galopsIn } = await office();
  const { code, stdout, stderr } = await galopsIn({ answers: ["yes"] }, "apply", "--format", "json");
  expect(code).toBe(0);
  expect(stderr).toContain("Plan:");
  expect(JSON.parse(stdout)).toMatchObject({ summary: { failed: 0 } });
});

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
    "Made at      2026-11-24T08:00:00.000Z",
  ]);
  const applied = await galops("apply", "week.plan");
  expect(applied.code).toBe(0);
  expect(applied.stdout).toContain("Apply complete!");
  // What is done already is found to be done, and counts as nothing that was made.
  const again = await galops("apply", "week.plan");
  expect(again).toMatchObject({ code: 0 });
  expect(again.stdout).toMatch(/^Apply complete! 0 created, 0 updated, 0 deleted, [1-9]\d* done already\.$/m);
  const json = await galops("apply", "week.plan", "--format", "json");
  expect(JSON.parse(json.stdout)).toMatchObject({
    summary: { created: 0, updated: 0, deleted: 0, adopted: 0, failed: 0, skipped: 0 },
    alreadyDone: expect.any(Number) as number,
  });
  expect((await galops("plan")).stdout).toMatch(plansNothing);
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
  expect(early.stderr).toContain("of the future");
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
    expect(stderr).toContain("A saved plan is made as it is");
  }
});

test("a plan that cannot be saved is refused before anything is read", async () => {
  const { galops, folder } = await office();
  const { code, stdout, stderr } = await galops("plan", "-o", "none/week.plan");
  expect([code, stdout]).toEqual([1, ""]);
  expect(stderr).toContain("The plan cannot be saved in none/week.plan: none does not exist");
  expect(existsSync(path.join(folder, "none"))).toBe(false);
});

test("--mailbox and --sync narrow the run; an unknown name is an error with what was meant", async () => {
  const { galops } = await office();
  const { stdout } = await galops("plan", "--mailbox", "Bo@contoso.com", "--format", "json");
  expect(JSON.parse(stdout)).toMatchObject({ syncs: [{ books: [{ mailbox: "bo@contoso.com" }] }] });
  const mailbox = await galops("apply", "--auto-approve", "--mailbox", "boo@contoso.com");
  expect(mailbox.code).toBe(1);
  expect(mailbox.stderr).toContain("Did you mean bo@contoso.com?");
  const sync = await galops("plan", "--sync", "phone");
  expect(sync.code).toBe(1);
  expect(sync.stderr).toContain("Did you mean phones?");
});

test("a limit refuses: exit code 4, the plan is shown and saved, and nothing will make it", async () => {
  const { galops, read, write } = await office();
  await galops("apply", "--auto-approve");
  const before = read(tenantFile);
  write("galops.yaml", config.replace('person.mobilePhone != ""', 'person.displayName == "Ann Ek"'));
  const planned = await galops("plan", "--detailed-exitcode", "-o", "week.plan");
  expect(planned.code).toBe(4);
  expect(planned.stdout).toContain("Refused: phones goes beyond a safety limit (shrink); see the error.");
  const [allow = ""] = /--allow deletes=\d+/.exec(planned.stderr) ?? [];
  expect(await galops("apply", "week.plan")).toMatchObject({ code: 4 });
  expect(await galops("apply", "--auto-approve")).toMatchObject({ code: 4 });
  expect(read(tenantFile)).toBe(before);
  expect(await galops("apply", "--auto-approve", ...allow.split(" "))).toMatchObject({ code: 0 });
});

test("a group that does not exist is an error, and nothing is done", async () => {
  const { galops, read } = await office(
    config.replace("users: [ann@contoso.com, bo@contoso.com]", "groups: [nobody@contoso.com]"),
  );
  const before = read(tenantFile);
  for (const command of [["plan"], ["apply", "--auto-approve"]]) {
    const { code, stdout, stderr } = await galops(...command);
    expect(code).toBe(1);
    expect(stdout).not.toContain("No changes.");
    expect(stderr).toContain("galops.yaml line");
    expect(stderr).toContain("nobody@contoso.com");
  }
  expect(read(tenantFile)).toBe(before);
});

test("also where a source names it, and also for syncs that do not read that source", async () => {
  const { galops, read } = await office(
    config.replace(
      "staff: {",
      "some: { kind: users, tenant: practice, groups: { include: [nobody] } }\n  staff: {",
    ) +
      config
        .slice(config.indexOf("  phones:"))
        .replace("phones", "others")
        .replace("0d9f", "1d9f")
        .replace("staff", "some")
        .replace("Directory", "Others"),
  );
  const before = read(tenantFile);
  const { code, stdout, stderr } = await galops("apply", "--auto-approve");
  expect([code, stdout]).toEqual([1, "\nThere is no plan: no mailbox could be compared. See the errors.\n"]);
  expect(stderr).toContain('"nobody"');
  expect(read(tenantFile)).toBe(before);
});

test.runIf(existsSync("/dev/full"))("a full disk for the saved plan is an error in words", async () => {
  const { galops } = await office();
  const { code, stderr } = await galops("plan", "-o", "/dev/full");
  expect(code).toBe(1);
  expect(stderr).toContain("/dev/full: The disk is full");
});

test.each([
  ["show", "galops.yaml", "galops.yaml: The file is not a saved plan."],
  ["show", ".", ".: A folder stands where a file is wanted."],
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

test("a mailbox that does not exist is a warning, and the rest goes on", async () => {
  const { galops } = await office(config.replace("bo@contoso.com", "gone@contoso.com"));
  const { code, stderr } = await galops("apply", "--auto-approve");
  expect(code).toBe(0);
  expect(stderr).toContain("Warning:");
  expect(stderr).toContain("gone@contoso.com");
});

const twoSyncs = `${config.replace("staff: {", "rows: { kind: csv, path: rows.csv, id: no, columns: { mail: mail } }\n  staff: {")}  rows:
    owner: 1d9f6c3a-5a39-4a53-9b1a-6f8f0d1f3c11
    from: [rows]
    to: { kind: mailbox-contacts, tenant: practice, mailboxes: { users: [ann@contoso.com] }, folder: Rows }
`;

test("a source that fails stops its sync; the rest is planned with exit code 1 and made with 3", async () => {
  const { galops } = await office(twoSyncs);
  const planned = await galops("plan", "--detailed-exitcode");
  expect(planned.code).toBe(1);
  expect(planned.stderr).toContain("rows.csv");
  expect(planned.stderr).toContain("change nothing: rows.");
  expect(planned.stdout).toContain(
    "rows: mailbox-contacts in practice, not planned: not everything could be read",
  );
  const json = await galops("plan", "--format", "json");
  expect(JSON.parse(json.stdout)).toMatchObject({ incomplete: ["rows"] });
  const applied = await galops("apply", "--auto-approve");
  expect(applied.code).toBe(3);
  expect(applied.stdout).toContain("Nothing was made of rows: not everything could be read.");
  expect(applied.stdout).toMatch(/^Apply incomplete\. [1-9]\d* created, 0 updated, 0 deleted\.$/m);
  // There is nothing to do any more, and yet it is not complete.
  const again = await galops("apply", "--auto-approve");
  expect([again.code, again.stdout.split("\n").at(-2)]).toEqual([
    3,
    "Apply incomplete. 0 created, 0 updated, 0 deleted.",
  ]);
  expect((await galops("plan", "--sync", "phones")).stdout).toMatch(plansNothing);
});

test("a signal while somebody is asked changes nothing, whatever the answer", async () => {
  const { start, galops, folder } = await office();
  const { fakeContext } = await import("../fakes/context.ts");
  for (const [name, code] of [
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const) {
    const fake = fakeContext({ cwd: folder, answers: ["yes"] });
    const { ask } = fake.context;
    const context = {
      ...fake.context,
      // The signal comes while the answer is on its way, so that nothing is begun any more.
      ask: async (...given: Parameters<typeof ask>) => {
        const answer = await ask(...given);
        fake.interrupt(name);
        return answer;
      },
    };
    const ended = await start({ ...fake, context }, "apply");
    expect(ended.code).toBe(code);
    expect(ended.stderr).toContain("Nothing was changed.");
  }
  expect((await galops("apply", "--auto-approve")).code).toBe(0);
});

test("a signal while the plan is made ends it with the exit code of the signal", async () => {
  const { start, folder } = await office();
  const { fakeContext } = await import("../fakes/context.ts");
  const fake = fakeContext({ cwd: folder });
  fake.interrupt("SIGTERM");
  const { code, stdout } = await start(fake, "plan");
  expect([code, stdout]).toEqual([143, ""]);
});

test("--quiet leaves out warnings, but no error", async () => {
  const { galops } = await office(config.replace("bo@contoso.com", "gone@contoso.com"));
  expect((await galops("plan", "--quiet")).stderr).toBe("");
  expect((await galops("plan", "--quiet", "--sync", "none")).stderr).toContain("Error:");
});

test("colours are for terminals, unless NO_COLOR or --no-color says otherwise", async () => {
  const { galops, galopsIn } = await office();
  const escape = "\u001B[";
  expect((await galops("plan")).stdout).not.toContain(escape);
  expect((await galopsIn({ isTTY: true }, "plan")).stdout).toContain(escape);
  expect((await galopsIn({ isTTY: true }, "plan", "--no-color")).stdout).not.toContain(escape);
  expect((await galopsIn({ isTTY: true, env: { NO_COLOR: "1" } }, "plan")).stdout).not.toContain(escape);
  expect((await galopsIn({ env: { FORCE_COLOR: "1" } }, "plan")).stdout).toContain(escape);
});

test("what the users have themselves is never touched", async () => {
  const { galops } = await office(config.replace("      folder: Directory\n", ""));
  const own = async (): Promise<readonly string[]> => {
    const { stdout } = await galops("sandbox", "show", tenantFile, "bo@contoso.com");
    const lines = stdout.split("\n").filter((line) => !line.includes(owner));
    return lines.map((line) => line.replaceAll(/ +/g, " "));
  };
  const before = await own();
  await galops("apply", "--auto-approve");
  expect(await own()).toEqual(before);
});

test("validate names every problem with its place, and asks no tenant", async () => {
  const { galops, write } = await office();
  expect(await galops("validate")).toMatchObject({ code: 0 });
  write(
    "galops.yaml",
    config.replace("person.mobilePhone", "person.mobile").replace("from: [staff]", "from: [stafff]"),
  );
  const { code, stdout, stderr } = await galops("validate");
  expect(code).toBe(1);
  expect(stdout).toContain("The configuration is not valid");
  expect(stderr).toContain('Did you mean "staff"?');
  expect(stderr).toContain("Invalid expression");
  const json = await galops("validate", "--format", "json");
  expect([json.code, json.stderr]).toEqual([1, ""]);
  expect(JSON.parse(json.stdout)).toMatchObject({
    diagnostics: [
      { severity: "warning", code: "unused", line: 5 },
      { severity: "error", code: "unknown-source", file: "galops.yaml", line: 9 },
      { severity: "error", code: "invalid-expression", line: 10 },
      { severity: "warning", code: "folder-not-on-phones", line: 15 },
    ],
  });
});
