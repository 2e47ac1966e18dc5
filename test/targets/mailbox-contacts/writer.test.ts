import { expect, test } from "vitest";
import type { GraphClient, GraphGet } from "../../../src/http/graph/graph.ts";
import { mailboxContactsWriter } from "../../../src/targets/mailbox-contacts/write/writer.ts";
import { applyTo, desiredIn, planBook, settle } from "../../contract/target.ts";
import type { TargetWorld } from "../../contract/target.ts";
import type { AnyRequest } from "../../fakes/faulty-graph.ts";
import { manualClock } from "../../fakes/manual-clock.ts";
import { refusal } from "../../fakes/scripted-graph.ts";
import { otherOwner, syncConfig, targetConfig, tenantId } from "./world.ts";
import {
  person,
  faultyMailbox,
  times,
  ends,
  ownNames,
  isCreate,
  isPatch,
  names,
  writerOver,
} from "./faulty-mailbox.ts";

const isDelete = ({ method }: AnyRequest) => method === "DELETE";

const isReadById = ({ method, url }: AnyRequest) => method === "GET" && url.includes("/contacts/");

const isWrite = (request: AnyRequest) => request.method !== "GET";

/** A plan to create one, update one and delete one. */
async function mixedPlan(world: TargetWorld) {
  await settle(world, [person(world, "Ann Ek"), person(world, "Bo Li")]);
  const desired = [person(world, "Ann Ek", "Lead"), person(world, "Cai Oh")];
  return { desired, changes: await planBook(world, desired) };
}

for (const fault of ["lost", "dropped"] as const) {
  test(`writes whose answers are ${fault} are looked up and end as planned, each contact once`, async () => {
    const { world, fail } = await faultyMailbox();
    const { desired, changes } = await mixedPlan(world);
    fail(times(changes.length, isWrite, fault));
    expect(ends(await applyTo(world, changes))).toEqual(["done", "done", "done"]);
    expect(await ownNames(world)).toEqual(["Ann Ek", "Cai Oh"]);
    expect(await planBook(world, desired)).toEqual([]);
  });
}

test("a create that was made at the second try, and lost again, is done", async () => {
  const { world, fail } = await faultyMailbox();
  const desired = [person(world, "Bo Li")];
  let tries = 0;
  fail((request) => {
    if (!isCreate(request)) return null;
    return tries++ === 0 ? "dropped" : "lost";
  });
  expect(ends(await applyTo(world, await planBook(world, desired)))).toEqual(["done"]);
  expect(await ownNames(world)).toEqual(["Bo Li"]);
});

test("a write that never arrives fails after the second try", async () => {
  const { world, graph, fail } = await faultyMailbox();
  const changes = await planBook(world, [person(world, "Bo Li")]);
  fail((request) => (isCreate(request) ? "dropped" : null));
  expect(ends(await applyTo(world, changes))).toEqual(["failed: network"]);
  expect(graph.asked.filter(isCreate)).toHaveLength(2);
});

test("a write that another one came between is tried once more", async () => {
  const { world, fail } = await faultyMailbox();
  const { desired, changes } = await mixedPlan(world);
  fail(times(1, isPatch, refusal(412, "ErrorIrresolvableConflict")));
  expect(ends(await applyTo(world, changes))).toEqual(["done", "done", "done"]);
  expect(await planBook(world, desired)).toEqual([]);
});

test("a conflict that stays is a failure of that contact alone", async () => {
  const { world, fail } = await faultyMailbox();
  const { changes } = await mixedPlan(world);
  fail((request) => (isPatch(request) ? refusal(412, "ErrorIrresolvableConflict") : null));
  expect(ends(await applyTo(world, changes)).toSorted()).toEqual([
    "done",
    "done",
    "failed: ErrorIrresolvableConflict",
  ]);
});

test("a contact that Exchange refuses fails alone", async () => {
  const { world, fail } = await faultyMailbox();
  const { changes } = await mixedPlan(world);
  fail(times(1, isCreate, refusal(400, "ErrorInvalidProperty")));
  expect(ends(await applyTo(world, changes)).toSorted()).toEqual([
    "done",
    "done",
    "failed: ErrorInvalidProperty",
  ]);
});

test.each([
  ["a contact that Exchange refuses", refusal(400, "ErrorInvalidProperty"), false],
  ["a mailbox that is closed to us", refusal(403, "ErrorAccessDenied"), true],
] as const)("it is told whether it is the whole mailbox that fails: %s", async (_, answer, isOfBook) => {
  const { world, fail } = await faultyMailbox();
  const changes = await planBook(world, [person(world, "Ann Ek")]);
  fail((request) => (isCreate(request) ? answer : null));
  const [outcome] = await applyTo(world, changes);
  expect([outcome?.status, outcome?.isOfBook ?? false]).toEqual(["failed", isOfBook]);
});

test("a contact that goes away while it is written is gone, deleted or not", async () => {
  const { world, fail } = await faultyMailbox();
  const { changes } = await mixedPlan(world);
  const gone = refusal(404, "ErrorItemNotFound");
  fail((request) => (isPatch(request) || isDelete(request) ? gone : null));
  const byAction = new Map(
    (await applyTo(world, changes)).map((outcome) => [outcome.change.action, outcome]),
  );
  expect(byAction.get("delete")?.status).toBe("already-done");
  expect(byAction.get("update")).toMatchObject({ status: "stale", problem: { code: "contact-gone" } });
});

test("a mailbox that refuses is given up: what was sent fails, the rest is not begun", async () => {
  const { world, graph, fail } = await faultyMailbox();
  const many = Array.from({ length: 45 }, (_, at) => person(world, `P${at} Ek`));
  const changes = await planBook(world, many);
  fail((request) => (isCreate(request) ? refusal(403, "ErrorAccessDenied") : null));
  const ended = ends(await applyTo(world, changes));
  expect(ended.filter((end) => end === "failed: ErrorAccessDenied")).toHaveLength(20);
  expect(ended.filter((end) => end === "skipped: mailbox-access-denied")).toHaveLength(25);
  expect(graph.asked.filter(isCreate)).toHaveLength(20);
});

test("a mailbox that cannot be read again is not written", async () => {
  const { world, graph, fail } = await faultyMailbox();
  const { changes } = await mixedPlan(world);
  const before = graph.asked.filter(isWrite).length;
  fail(({ method }) => (method === "GET" ? refusal(403, "ErrorAccessDenied") : null));
  expect(ends(await applyTo(world, changes))).toEqual([
    "failed: mailbox-access-denied",
    "skipped: mailbox-access-denied",
    "skipped: mailbox-access-denied",
  ]);
  expect(graph.asked.filter(isWrite)).toHaveLength(before);
});

test("a contact that cannot be read again is not written, and the others are", async () => {
  const { world, fail } = await faultyMailbox();
  const { changes } = await mixedPlan(world);
  fail(times(1, isReadById, refusal(500, "ErrorInternalServerError")));
  const ended = ends(await applyTo(world, changes)).toSorted();
  expect(ended).toEqual(["done", "done", "failed: ErrorInternalServerError"]);
});

test("where the network goes down, nothing is claimed to be done", async () => {
  const { world, fail } = await faultyMailbox();
  const { changes } = await mixedPlan(world);
  let down = false;
  fail((request) => {
    down ||= isWrite(request);
    return down ? "dropped" : null;
  });
  expect(ends(await applyTo(world, changes))).toEqual([
    "failed: network",
    "failed: network",
    "failed: network",
  ]);
});

test("a key that differs from another in case only is another person", async () => {
  const { world } = await faultyMailbox();
  const [small, capital] = [
    desiredIn(world, "a", { displayName: "Ann" }),
    desiredIn(world, "A", { displayName: "Åsa" }),
  ];
  await settle(world, [small]);
  await settle(world, [small, capital]);
  expect(await ownNames(world)).toEqual(["Ann", "Åsa"]);
});

test("two syncs with the same people in one folder do not take each other's contacts for their own", async () => {
  const { world, graph } = await faultyMailbox({ folder: null });
  const sync = { ...syncConfig(targetConfig({}, null)), owner: otherOwner };
  const writer = mailboxContactsWriter(sync, {
    graph,
    tenantId,
    clock: manualClock(),
    photo: () => Promise.resolve(null),
  });
  const other = { ...world, owner: otherOwner, writer };
  const desired = [person(world, "Bo Li")];
  await settle(world, desired);
  expect((await settle(other, desired)).map(({ action }) => action)).toEqual(["create"]);
  expect(await planBook(world, desired)).toEqual([]);
});

const unsigned = refusal(401, "client-secret-expired");

test("where signing in fails, the mailbox is given up and nobody is told that it is a bug", async () => {
  const { world, fail } = await faultyMailbox();
  const changes = await planBook(
    world,
    names.map((name) => person(world, name)),
  );
  fail(({ method }) => (method === "POST" ? unsigned : null));
  expect(ends(await applyTo(world, changes))).toEqual([
    "failed: graph-sign-in-refused",
    "skipped: graph-sign-in-refused",
    "skipped: graph-sign-in-refused",
  ]);
  fail((request) => (isCreate(request) ? unsigned : null));
  expect(new Set(ends(await applyTo(world, changes)))).toEqual(new Set(["failed: client-secret-expired"]));
});

test("a book of several pages is not trusted: a key that was not found in it is looked up", async () => {
  const { world, graph } = await faultyMailbox();
  const many = Array.from({ length: 600 }, (_, at) => person(world, `P${at} Ek`));
  await settle(world, many);
  // Pages shift while they are read: the first contacts of each are missed.
  const shifting: GraphClient = {
    ...graph,
    async *pages<Item>(request: GraphGet, signal: AbortSignal) {
      for await (const page of graph.pages<Item>(request, signal))
        yield page.slice(page.length > 50 ? 15 : 0);
    },
  };
  const shifted = { ...world, writer: writerOver(shifting) };
  const changes = await planBook(shifted, many);
  expect(changes.map(({ action }) => action)).toEqual(Array.from({ length: 30 }, () => "create"));
  const before = graph.asked.filter(isCreate).length;
  expect(new Set(ends(await applyTo(shifted, changes)))).toEqual(new Set(["already-done"]));
  expect(graph.asked.filter(isCreate)).toHaveLength(before);
});

test("a first fill asks for nothing but the folders", async () => {
  const { world, graph } = await faultyMailbox();
  const changes = await planBook(
    world,
    names.map((name) => person(world, name)),
  );
  const before = graph.asked.length;
  await applyTo(world, changes);
  const read = graph.asked.slice(before).filter((request) => !isWrite(request));
  // The uppermost ones, and those in the one that its user has.
  expect(read.map(({ url }) => url.replace(/\?.*/, "").split("/").at(-1))).toEqual([
    "contactFolders",
    "childFolders",
  ]);
});
