import { expect, test } from "vitest";
import type { Office } from "./office.ts";
import { partners } from "./mail-contacts/partners.ts";
import type { Partners } from "./mail-contacts/partners.ts";

function mailsIn({ tenant }: Partners): readonly string[] {
  return tenant("fabrikam")
    .orgContacts.map(({ mail }) => mail)
    .toSorted();
}

/** Names of all runs, the newest first. */
async function runsOf({ galops }: Pick<Office, "galops">): Promise<readonly string[]> {
  const { stdout } = await galops("runs", "--format", "json");
  const { runs } = JSON.parse(stdout) as { readonly runs: readonly { readonly run: string }[] };
  return runs.map(({ run }) => run);
}

test("a saved plan that is made again has made nothing, and nothing is rolled back with it", async () => {
  const world = await partners();
  await world.apply();
  await world.edit("add-user", "contoso", "new@contoso.com", "New Comer");
  await world.galops("plan", "-o", "once.plan");
  world.on(1);
  await world.galops("apply", "once.plan");
  world.on(2);
  const again = await world.galops("apply", "once.plan", "--format", "json");
  expect(JSON.parse(again.stdout)).toMatchObject({ alreadyDone: 1, summary: { created: 0 } });
  const before = mailsIn(world);
  expect(before).toContain("new@contoso.com");
  const [run = "", maker = ""] = await runsOf(world);
  for (const name of ["last", run]) {
    const refused = await world.galops("rollback", name, "--auto-approve");
    expect(refused).toMatchObject({ code: 1, stdout: "" });
    expect(refused.stderr).toContain(`The run ${run} changed nothing`);
    expect(refused.stderr).toContain(`galops rollback ${maker}`);
  }
  expect(mailsIn(world)).toEqual(before);
});

test("a run of which everything was refused has nothing to undo, and does not say so either", async () => {
  const world = await partners();
  await world.apply();
  await world.edit("add-user", "contoso", "new@contoso.com", "New Comer");
  await world.galops("plan", "-o", "late.plan");
  await world.edit("add-user", "fabrikam", "mate@fabrikam.com", "Mate");
  world.rewrite("fabrikam", ({ users }) => {
    users.find(({ mail }) => mail === "mate@fabrikam.com")?.proxyAddresses?.push("smtp:new@contoso.com");
  });
  world.on(1);
  const { code, stderr } = await world.galops("apply", "late.plan");
  expect(code).toBe(3);
  expect(stderr).toContain("This run is written down as");
  expect(stderr).not.toContain("To undo it");
  expect((await world.galops("runs")).stdout).toMatch(
    / 1 failed\n {2}# Cannot be rolled back: It changed nothing\./,
  );
});
