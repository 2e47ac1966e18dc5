import { expect, test } from "vitest";
import type { Change, PlanRecord } from "../../src/model/plan.ts";
import { journalGuard, uncovered } from "../fakes/journal-guard.ts";
import { dyingFetch, pictures, undoWorld } from "./world.ts";
import type { UndoWorld } from "./world.ts";

function changesIn(records: readonly PlanRecord[]): readonly Change[] {
  return records.flatMap((record) => (record.type === "book" ? record.changes : []));
}

function said(changes: readonly Change[]): readonly string[] {
  return changes.map(
    ({ action, displayName, withheld }) =>
      `${action} ${displayName}${withheld === null ? "" : `: ${withheld}`}`,
  );
}

/** Four people with pictures and with what their user added, and what the next run wants of them. */
async function aWeek(folder?: string | null) {
  const world = await undoWorld(folder);
  const { person } = world;
  const before = [
    person("Ann Ek", { photo: "etag-1", mobilePhone: "1" }),
    person("Bo Lee", { businessPhones: ["1", "2"], businessCity: "Lund", businessStreet: "Gatan 1\nHus B" }),
    person("Cai Oh", { photo: "etag-1", birthday: "1974-07-22" }),
    person("Dee Ray"),
    person("Eve Moss", {}, "eve-1"),
  ];
  const after = [
    person("Ann Ek", { photo: "etag-2", jobTitle: "Lead" }),
    person("Bo Lee", { businessPhones: [], businessCity: "Malmö", businessStreet: "" }),
    person("Eve Moss-Li", { emailAddresses: ["eve@contoso.com"] }, "eve-2"),
    person("Fay Ng", { photo: "etag-1" }),
    person("Gil Po"),
  ];
  await world.run(before);
  world.edit("Bo Lee", { nickName: "Bosse", homePhones: "9", personalNotes: "my friend" });
  world.edit("Dee Ray", { spouseName: "Ola", categories: "Friends" });
  world.setPicture("Dee Ray", pictures["own"] ?? null);
  return { world, after };
}

for (const folder of ["Directory", null]) {
  test(`a run and its rollback give back every contact as it was, in ${folder ?? "the default folder"}`, async () => {
    const { world, after } = await aWeek(folder);
    const before = world.contacts();
    const { run, result } = await world.run(after);
    expect(result.summary).toMatchObject({ created: 2, updated: 3, deleted: 2, failed: 0 });
    const afterwards = world.contacts();
    const undone = await world.rollback(run);
    expect(undone.result.summary).toMatchObject({
      created: 2,
      updated: 3,
      deleted: 2,
      failed: 0,
      skipped: 0,
    });
    expect(world.contacts()).toEqual(before);

    // A rollback is a run like any other, and does nothing twice.
    const again = await world.rollback(run);
    expect(again.result.summary).toMatchObject({ created: 0, updated: 0, deleted: 0, skipped: 0 });
    await world.rollback(undone.run);
    expect(world.contacts()).toEqual(afterwards);
  });
}

test("the plan of a rollback is an ordinary plan that says what it restores, and why", async () => {
  const { world, after } = await aWeek();
  const { run } = await world.run(after);
  const records = await world.plan(run);
  const changes = changesIn(records);
  expect(said(changes).toSorted()).toEqual([
    "create Cai Oh",
    "create Dee Ray",
    "delete Fay Ng",
    "delete Gil Po",
    "update Ann Ek",
    "update Bo Lee",
    "update Eve Moss",
  ]);
  expect(new Set(changes.map(({ reason }) => reason))).toEqual(new Set(["rolled-back"]));
  const bo = changes.find(({ displayName }) => displayName === "Bo Lee");
  // What the user added is not among them.
  expect(bo?.fields).toEqual([
    { field: "businessPhones", before: [], after: ["1", "2"] },
    { field: "businessStreet", before: "", after: "Gatan 1\nHus B" },
    { field: "businessCity", before: "Malmö", after: "Lund" },
  ]);
  expect(records.at(-1)).toMatchObject({
    summary: { create: 2, update: 3, delete: 2, unchanged: 0 },
    diagnostics: [],
  });
});

/** What somebody does after the run, and what is said of it; everything else is rolled back. */
const since: Readonly<Record<string, readonly [act: (world: UndoWorld) => void, left: readonly string[]]>> = {
  "a field that the run wrote": [
    (world) => world.edit("Ann Ek", { jobTitle: "Boss" }),
    ["update Ann Ek: It was changed after the run, so it is not rolled back."],
  ],
  "a field that the run did not write": [
    (world) => world.edit("Ann Ek", { nickName: "Annie" }),
    ["update Ann Ek: It was changed after the run, so it is not rolled back."],
  ],
  "a contact that the run made": [
    (world) => world.edit("Fay Ng", { mobilePhone: "1" }),
    ["delete Fay Ng: It was changed after the run, so it is not rolled back."],
  ],
  "a contact that it deletes": [
    (world) => world.remove("Ann Ek"),
    ["update Ann Ek: It was deleted after the run, so there is nothing to restore."],
  ],
};

test.each(Object.entries(since))("whoever edits %s keeps it", async (_, [act, left]) => {
  const { world, after } = await aWeek();
  const { run } = await world.run(after);
  act(world);
  const edited = new Set(left.map((line) => /\w+ (.*):/.exec(line)?.[1]));
  const isEdited = (contact: unknown): boolean =>
    edited.has((contact as { displayName: string }).displayName);
  const kept = world.contacts().filter(isEdited);
  const changes = changesIn(await world.plan(run));
  expect(said(changes.filter(({ withheld }) => withheld !== null))).toEqual(left);
  const { result } = await world.rollback(run);
  expect(result.summary).toMatchObject({ failed: 0, skipped: 0 });
  expect(world.contacts().filter(isEdited)).toEqual(kept);
  expect(changesIn(await world.plan(run)).filter(({ withheld }) => withheld === null)).toEqual([]);
});

test("nothing is written to a tenant that is not in the journal on disk by then", async () => {
  const { world, after } = await aWeek();
  const onDisk = async () => (await world.read(world.lastRun())).steps;
  const guard = journalGuard(world.fetch, onDisk);
  const { run } = await world.run(after, guard.fetch);
  const ofRun = [...guard.writes];
  await world.rollback(run, guard.fetch);
  expect(guard.unwritten).toEqual([]);
  const kinds = guard.writes.map(
    ({ method, path }) => `${method} ${path.endsWith("$value") ? "photo" : "contact"}`,
  );
  expect(new Set(kinds)).toEqual(new Set(["POST contact", "PATCH contact", "PUT photo", "DELETE contact"]));
  // A journal that lacks any step lacks a write.
  const { steps } = await world.read(run);
  expect(uncovered(ofRun, steps)).toEqual([]);
  const missed = steps.map((_, at) => uncovered(ofRun, steps.toSpliced(at, 1)).length > 0);
  expect(missed).toEqual(steps.map(() => true));
});

test("a contact that is edited after the rollback was planned is stale, and the rest is rolled back", async () => {
  const { world, after } = await aWeek();
  const { run } = await world.run(after);
  let requests = 0;
  // The plan has read the folder and its contacts; the writer comes to read them again.
  const { result } = await world.rollback(run, async (url, init) => {
    if (++requests === 3) world.edit("Ann Ek", { nickName: "Annie" });
    return await world.fetch(url, init);
  });
  expect(result.summary).toMatchObject({ created: 2, updated: 2, deleted: 2, skipped: 1, failed: 0 });
  expect(result.failures).toMatchObject([{ status: "stale", displayName: "Ann Ek" }]);
});

test("what somebody deletes himself needs no undoing, and what was made again is not made twice", async () => {
  const { world, after } = await aWeek();
  const { person, run, plan, rollback, remove, contacts } = world;
  const { run: name } = await run(after);
  remove("Fay Ng");
  await run([
    ...after.filter(({ displayName }) => displayName !== "Fay Ng"),
    person("Dee Ray", { jobTitle: "New" }),
  ]);
  const changes = said(changesIn(await plan(name)));
  expect(changes).not.toContain("delete Fay Ng");
  expect(changes).toContain(
    "create Dee Ray: This person has a contact again, so the deleted one is not restored.",
  );
  await rollback(name);
  const dees = contacts().filter((contact) => (contact as { displayName: string }).displayName === "Dee Ray");
  expect(dees).toMatchObject([{ jobTitle: "New" }]);
});

test("housekeeping of the service, which gives a contact a new version, is no edit", async () => {
  const { world, after } = await aWeek();
  const before = world.contacts();
  const { run } = await world.run(after);
  for (const name of ["Ann Ek", "Fay Ng"]) world.edit(name, {});
  await world.rollback(run);
  expect(world.contacts()).toEqual(before);
});

test("a copy that the run deleted is not made again while the original is there", async () => {
  const world = await undoWorld();
  const desired = [world.person("Bo Lee"), world.person("Cai Oh")];
  await world.run(desired);
  world.copy("Bo Lee");
  const { run, result } = await world.run(desired);
  expect(result.summary.deleted).toBe(1);
  expect(said(changesIn(await world.plan(run))).filter((line) => !line.includes(":"))).toEqual([]);
});

test("a picture that a contact got without having had one stays, and that is said", async () => {
  const world = await undoWorld();
  const { person } = world;
  await world.run([person("Ann Ek"), person("Bo Lee")]);
  const before = world.contacts();
  const { run } = await world.run([
    person("Ann Ek", { photo: "etag-1", jobTitle: "Lead" }),
    person("Bo Lee"),
  ]);
  const records = await world.plan(run);
  expect(records.at(-1)).toMatchObject({ diagnostics: [{ code: "pictures-stay" }] });
  await world.rollback(run);
  const [ann] = world.contacts() as readonly { jobTitle?: string; photo?: object }[];
  expect([ann?.jobTitle, typeof ann?.photo]).toEqual([undefined, "object"]);
  expect(before).toHaveLength(world.contacts().length);
});

test("what the journal does not name is never touched", async () => {
  const { world, after } = await aWeek();
  const { run } = await world.run(after);
  await world.run([...after, world.person("Hal Yu")]);
  world.copy("Gil Po");
  const others = (): readonly unknown[] =>
    world.contacts().filter((contact) => /Hal|Gil/.test((contact as { displayName: string }).displayName));
  expect(others()).toHaveLength(3);
  await world.rollback(run);
  // Of the two that are alike, the one that the run made.
  expect(others()).toHaveLength(2);
});

test("limits hold for a rollback as for any plan", async () => {
  const world = await undoWorld();
  const { run } = await world.run(Array.from({ length: 10 }, (_, at) => world.person(`P${at} Ek`)));
  const end = (await world.plan(run)).at(-1);
  expect(end).toMatchObject({
    refusals: [{ limit: "removes-everything", found: 10, allow: "--allow deletes=10" }],
  });
});

// Every request that a run sends, and every part of a batch, may be the last one.
for (const lastAnswer of ["given", "lost"] as const) {
  test(`a run that is killed after any request whose answer was ${lastAnswer} can be rolled back`, async () => {
    let ended = false;
    let points = 0;
    for (let lives = 1; !ended; lives++) {
      const { world, after } = await aWeek();
      const before = world.contacts();
      const { fetch, died } = dyingFetch(world.fetch, lives, lastAnswer);
      ended = await Promise.race([world.run(after, fetch).then(() => true), died.then(() => false)]);
      const { result } = await world.rollback(world.lastRun());
      expect(result.summary, `after ${lives} requests`).toMatchObject({ failed: 0, skipped: 0 });
      expect(world.contacts(), `after ${lives} requests`).toEqual(before);
      points++;
    }
    expect(points).toBeGreaterThan(20);
  }, 120_000);

  test(`a rollback that is killed after any request whose answer was ${lastAnswer} is finished by another one`, async () => {
    let ended = false;
    for (let lives = 1; !ended; lives++) {
      const { world, after } = await aWeek();
      const before = world.contacts();
      const { run } = await world.run(after);
      const { fetch, died } = dyingFetch(world.fetch, lives, lastAnswer);
      ended = await Promise.race([world.rollback(run, fetch).then(() => true), died.then(() => false)]);
      await world.rollback(run);
      expect(world.contacts(), `after ${lives} requests`).toEqual(before);
    }
  }, 120_000);
}
