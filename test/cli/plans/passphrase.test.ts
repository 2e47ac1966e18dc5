import { expect, test } from "vitest";
import { actionsWorld } from "../../github/actions-world.ts";
import { office } from "../office.ts";

const title = "The passphrase is too short";

test.each([
  ["only-eleven", true],
  ["twelve-chars", false],
])("a plan is encrypted with the passphrase %s, and it is warned of it: %s", async (passphrase, isWarned) => {
  const there = await office();
  const env = { GALOPS_PLAN_PASSPHRASE: passphrase };
  const { code, stderr } = await there.galopsIn({ env }, "plan", "-o", "week.plan");
  expect(code).toBe(0);
  expect(stderr.includes(title)).toBe(isWarned);
  expect(stderr).not.toContain("only-eleven");
});

test("a passphrase that encrypts nothing is not warned of; one of a workflow is, where its log is looked at", async () => {
  const world = await actionsWorld();
  const { stderr } = await world.there.galopsIn({ env: { GALOPS_PLAN_PASSPHRASE: "x" } }, "plan");
  expect(stderr).not.toContain("passphrase");
  await world.galops("plan", "-o", "week.plan");
  world.env = { ...world.env, GALOPS_PLAN_PASSPHRASE: "x" };
  const { stdout } = await world.galops("ci", "github", "--plan", "week.plan");
  expect(stdout).toContain(`::warning title=${title}::`);
});
