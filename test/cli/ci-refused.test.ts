import { expect, test } from "vitest";
import { actionsWorld, githubJob, headSha, mergeSha } from "../github/actions-world.ts";
import type { ActionsWorld } from "../github/actions-world.ts";
import { canary, canaryOffice } from "./canaries.ts";
import { config, edit } from "./office.ts";
import type { Ended } from "./office.ts";

// What is told of an approved plan that was not made.

/** Runs the apply of a merge, and tells of it. */
async function applied(world: ActionsWorld, visibility = "private"): Promise<Ended> {
  world.event({ repository: { visibility, private: visibility === "private" } });
  world.github.pulls.push({ number: 7, headSha, mergeSha });
  const { stdout } = await world.galops("apply", "--approved", "week.plan", "--format", "json");
  world.there.write("result.json", stdout);
  return await world.galops("ci", "github", "--plan", "week.plan", "--result", "result.json");
}

const joins = (world: ActionsWorld, mail: string, name: string): Promise<void> =>
  edit(world.there, "add-user", mail, name, "mobilePhone=1");

test("whom a warning names is hidden, also where nothing else of a refused apply has the name", async () => {
  const world = githubJob(await canaryOffice());
  expect(await world.galops("plan", "-o", "week.plan")).toMatchObject({ code: 0 });
  await joins(world, "zelda.ash@contoso.com", "Zelda Ash");
  const told = await applied(world, "public");
  expect(world.there.read("result.json")).toContain("affects the field emailAddresses of Xanadu Quetzal");
  expect(told.stdout).toMatch(/::warning [^\n]*affects the field emailAddresses of/u);
  for (const text of [told.stdout, told.stderr, world.summary(), ...bodies(world)]) {
    expect(text).not.toMatch(canary);
    expect(text).not.toContain("Zelda");
  }
});

test("a refused apply shows what was not approved, deletes first, and how to go on after the merge", async () => {
  const world = await actionsWorld(config);
  await world.galops("apply", "--auto-approve");
  await world.galops("plan", "-o", "week.plan");
  await joins(world, "zelda.ash@contoso.com", "Zelda Ash");
  await edit(world.there, "remove-user", "eve.oconnor@contoso.com");
  const told = await applied(world);
  expect(told.code).toBe(0);
  for (const text of [world.summary(), ...bodies(world)]) {
    expect(text).toContain("### galops apply: refused");
    expect(text).toContain("Not approved: 2 to create, 6 to update, 2 to delete.");
    expect(text).toMatch(/^- È\. O\..*^\+ Z\. A\./msu);
    expect(text).toContain("open a pull request that plans again");
    expect(text).not.toMatch(/Zelda|O'Connor/u);
  }
  expect(world.outputs()["refused"]).toBe("true");
});

test("what a limit refuses is let through in the workflow file, not on a command line", async () => {
  const world = await actionsWorld(`${config}    limits: { creates: 1 }\n`);
  await world.galops("plan", "-o", "week.plan");
  const { stdout } = await world.galops("ci", "github", "--plan", "week.plan");
  for (const text of bodies(world)) {
    expect(text.replaceAll(/\n│ /gu, " ")).toContain(
      "put allow: creates=11 into the inputs (with:) of galops-plan",
    );
    expect(text).toContain("    with:\n      allow: creates=11\n");
    expect(text).not.toContain("--allow");
  }
  expect(stdout).toContain("put allow: creates=11 into the inputs");
});

test("what was planned of another config is not told of this one", async () => {
  const world = await actionsWorld(config);
  await world.galops("plan", "-o", "week.plan");
  world.there.write("two.yaml", config.replace("Directory", "Colleagues"));
  await world.galops("plan", "two.yaml", "-o", "two.plan");
  await world.galops("ci", "github", "--plan", "week.plan");
  const [before] = bodies(world);
  const told = await world.galops("ci", "github", "-c", "galops.yaml", "--plan", "two.plan");
  expect(told.code).toBe(1);
  expect(told.stderr).toMatch(/two\.plan was made from .*sha256:\w+.*galops\.yaml has sha256:\w+/su);
  expect(bodies(world)).toEqual([before]);
});

test("why an approved plan was not made at all stands in the comment and in annotations", async () => {
  const world = await actionsWorld(config);
  await world.galops("plan", "-o", "week.plan");
  world.there.write("galops.yaml", config.replace("Directory", "Colleagues"));
  const another = await applied(world);
  expect(another.stdout).toMatch(
    /^::error title=The saved plan was made from another config::week\.plan was made/mu,
  );
  expect(proseOf(world)).toMatch(
    /week\.plan was made from a config with the digest sha256:\w+, and .* has sha256:\w+/u,
  );
  expect(proseOf(world)).toContain("open a pull request that plans again");

  world.there.write("galops.yaml", config.replace("kind: users", "kind: persons"));
  const invalid = await applied(world);
  expect(invalid.stdout).toMatch(/^::error file=galops\.yaml,line=5,/mu);
  expect(proseOf(world)).toContain("fix the problems above");
});

/** Of the comment, as if nothing were wrapped. */
const proseOf = (world: ActionsWorld): string => bodies(world).join("").replaceAll(/\n│ /gu, " ");

function bodies(world: ActionsWorld): readonly string[] {
  expect(world.github.comments).toHaveLength(1);
  return world.github.comments.map(({ body }) => body);
}
