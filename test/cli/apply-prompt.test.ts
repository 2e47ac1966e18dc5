import { expect, test } from "vitest";
import { office, plansNothing, tenantFile } from "./office.ts";

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
