import { expect, test } from "vitest";
import { config, office, owner, plansNothing, tenantFile } from "./office.ts";

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

test("--mailbox and --sync narrow the run; an unknown name is an error with what was meant", async () => {
  const { galops } = await office();
  const { stdout } = await galops("plan", "--mailbox", "Bo@contoso.com", "--format", "json");
  expect(JSON.parse(stdout)).toMatchObject({ syncs: [{ books: [{ mailbox: "bo@contoso.com" }] }] });
  const mailbox = await galops("apply", "--auto-approve", "--mailbox", "boo@contoso.com");
  expect(mailbox.code).toBe(1);
  expect(mailbox.stderr).toContain("Did you mean bo@contoso.com?");
  const zoe = await galops("plan", "--mailbox", "zoe@contoso.com");
  expect(zoe.stderr).toContain("--mailbox zoe@contoso.com does not match any mailbox");
  expect(zoe.stderr).not.toContain("Did you mean");
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
  expect(planned.stdout).toContain("Refused: phones exceeds a safety limit (shrink); see the error.");
  const [allow = ""] = /--allow deletes=\d+/.exec(planned.stderr) ?? [];
  expect(planned.stderr).not.toContain("phones: ");
  const misfit = await galops("plan", "--allow", "deletes=9", "--allow", "creates=7");
  expect(misfit.stdout).toContain("Does not fit this plan: --allow deletes=9\n");
  expect(misfit.stdout).toContain("Allowed: --allow creates=7\n");
  const comment = await galops("plan", "--allow", "deletes=9", "--format", "markdown");
  expect(comment.stdout).toContain("Does not fit this plan: `--allow deletes=9`");
  expect(comment.stdout).not.toContain("Allowed:");
  expect(await galops("apply", "week.plan")).toMatchObject({ code: 4 });
  expect(await galops("apply", "--auto-approve")).toMatchObject({ code: 4 });
  expect(read(tenantFile)).toBe(before);
  expect(await galops("apply", "--auto-approve", ...allow.split(" "))).toMatchObject({ code: 0 });
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

test("another owner for a sync that ran before is told of, with how to go back", async () => {
  const { galops, write } = await office();
  await galops("apply", "--auto-approve");
  expect((await galops("plan")).stderr).not.toContain("another owner");
  write("galops.yaml", config.replace("1f3c11", "1f3c12"));
  const planned = await galops("plan");
  expect(planned.stderr).toContain("The owner of a sync has changed");
  expect(planned.stderr).toContain("its owner was 0d9f6c3a-5a39-4a53-9b1a-6f8f0d1f3c11");
  write("galops.yaml", config.replace("1f3c11", "1f3c12").replace("phones:", "others:"));
  expect((await galops("plan")).stderr).not.toContain("another owner");
});

test("a sync without a mailbox to deliver to is told of", async () => {
  const { galops } = await office(
    config.replace("ann@contoso.com, bo@contoso.com", "gone@contoso.com, away@contoso.com"),
  );
  const planned = await galops("plan");
  expect(planned.code).toBe(0);
  expect(planned.stderr).toContain("A sync has no mailbox");
  expect(planned.stderr).toContain("All 2 that it names are skipped.");
});

test("mailboxes that earlier runs wrote to, and that are no targets any more, are told of by their number", async () => {
  const { galops, write } = await office();
  await galops("apply", "--auto-approve");
  const told = "wrote to 1 mailbox that is no longer a target";
  expect((await galops("plan")).stderr).not.toContain("no targets any more");
  write("galops.yaml", config.replace("ann@contoso.com, bo@contoso.com", "ann@contoso.com"));
  expect((await galops("plan")).stderr).toContain(told);
  expect((await galops("plan", "--mailbox", "ann@contoso.com")).stderr).not.toContain(told);
});
