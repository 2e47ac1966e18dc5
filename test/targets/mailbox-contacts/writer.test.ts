import { expect, test } from "vitest";
import type { GraphClient, GraphGet } from "../../../src/http/graph/graph.ts";
import { SourceError } from "../../../src/model/source.ts";
import type { Outcome } from "../../../src/model/plan.ts";
import type { TargetWriter } from "../../../src/model/target.ts";
import type { PhotoOf } from "../../../src/targets/mailbox-contacts/write-photos.ts";
import { mailboxContactsWriter } from "../../../src/targets/mailbox-contacts/writer.ts";
import { applyTo, desiredIn, planBook, readAll, settle } from "../../contract/target.ts";
import type { TargetWorld } from "../../contract/target.ts";
import { faultyGraph } from "../../fakes/faulty-graph.ts";
import type { AnyRequest, Fault } from "../../fakes/faulty-graph.ts";
import { manualClock } from "../../fakes/manual-clock.ts";
import { refusal } from "../../fakes/scripted-graph.ts";
import { openMailbox } from "./mailbox.ts";
import { otherOwner, syncConfig, targetConfig, tenantId } from "./world.ts";

const names = ["Ann Ek", "Bo Li", "Cai Oh"];

function person(world: TargetWorld, name: string, jobTitle = "", photo?: string) {
  const [givenName = "", surname = ""] = name.split(" ");
  const photos = photo === undefined ? {} : { photo };
  return desiredIn(world, name, { displayName: name, givenName, surname, jobTitle, ...photos });
}

function noFault(_request: AnyRequest): Fault | null {
  return null;
}

/** A mailbox whose Graph fails as told; faults can be set and cleared between plan and apply. */
async function faultyMailbox(options: { folder?: string | null; photo?: PhotoOf } = {}) {
  const { folder = "Contoso directory", photo } = options;
  const mailbox = await openMailbox(folder);
  let faultOf = noFault;
  const graph = faultyGraph(mailbox.graph, (request) => faultOf(request));
  const world: TargetWorld = { ...mailbox.world, writer: writerOver(graph, folder, photo) };
  const fail = (fault: (request: AnyRequest) => Fault | null) => {
    faultOf = fault;
  };
  return { world, graph, fail };
}

function writerOver(
  graph: GraphClient,
  folder: string | null = "Contoso directory",
  photo: PhotoOf = () => Promise.resolve(null),
): TargetWriter {
  return mailboxContactsWriter(syncConfig(targetConfig({}, folder)), {
    graph,
    tenantId,
    clock: manualClock(),
    photo,
  });
}

/** A fault that strikes the first requests that fit. */
function times(count: number, fits: (request: AnyRequest) => boolean, fault: Fault) {
  let left = count;
  return (request: AnyRequest): Fault | null => {
    if (!fits(request) || left === 0) return null;
    left--;
    return fault;
  };
}

const isCreate = ({ method, url }: AnyRequest) => method === "POST" && url.endsWith("/contacts");
const isPatch = ({ method, url }: AnyRequest) => method === "PATCH" && url.includes("/contacts/");
const isDelete = ({ method }: AnyRequest) => method === "DELETE";
const isReadById = ({ method, url }: AnyRequest) => method === "GET" && url.includes("/contacts/");
const isWrite = (request: AnyRequest) => request.method !== "GET";

function ends(outcomes: readonly Outcome[]): readonly string[] {
  return outcomes.map(({ status, problem }) => (problem === null ? status : `${status}: ${problem.code}`));
}

async function ownNames(world: TargetWorld): Promise<readonly string[]> {
  const own = (await readAll(world)).filter(({ marker }) => marker?.owner === world.owner);
  return own.map(({ fields }) => fields.displayName ?? "").toSorted();
}

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

test("a folder whose creation gave no answer is found and used", async () => {
  const { world, fail } = await faultyMailbox();
  const desired = [person(world, "Bo Li")];
  const changes = await planBook(world, desired);
  fail(times(1, ({ method, url }) => method === "POST" && url.endsWith("/contactFolders"), "lost"));
  expect(ends(await applyTo(world, changes))).toEqual(["done"]);
  fail(noFault);
  expect(await settle(world, desired)).toEqual([]);
});

test("a folder that exists but is not shown is told of", async () => {
  const { world, fail } = await faultyMailbox();
  const changes = await planBook(world, [person(world, "Bo Li")]);
  fail(({ method }) => (method === "POST" ? refusal(409, "ErrorFolderExists") : null));
  const [outcome] = await applyTo(world, changes);
  expect(outcome).toMatchObject({ status: "failed", problem: { code: "folder-hidden" } });
});

test("a folder that its user moves out of sight is still emptied, however many contacts are in it", async () => {
  const { world, graph } = await faultyMailbox();
  const many = Array.from({ length: 25 }, (_, at) => person(world, `P${at} Ek`));
  await settle(world, many);
  const changes = await planBook(world, []);
  const unseen: GraphClient = {
    ...graph,
    async *pages<Item>(request: GraphGet, signal: AbortSignal) {
      if (request.url.includes("/contactFolders?")) yield [];
      else yield* graph.pages<Item>(request, signal);
    },
  };
  const outcomes = await applyTo({ ...world, writer: writerOver(unseen) }, changes);
  expect(new Set(ends(outcomes))).toEqual(new Set(["done"]));
  expect(await ownNames(world)).toEqual([]);
});

test("a folder that is deleted while it is written ends the book", async () => {
  const { world, fail } = await faultyMailbox();
  await settle(world, [person(world, "Ann Ek")]);
  const many = Array.from({ length: 25 }, (_, at) => person(world, `P${at} Ek`));
  const changes = (await planBook(world, many)).filter(({ action }) => action === "create");
  fail((request) => (isCreate(request) ? refusal(404, "ErrorItemNotFound") : null));
  const ended = ends(await applyTo(world, changes));
  expect(ended.filter((end) => end === "skipped: folder-gone")).toHaveLength(5);
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

const jpeg = Uint8Array.from([0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x49, 0x46, 0, 1, 0xff, 0xd9]);
const someJpeg = () => Promise.resolve({ bytes: jpeg, contentType: "image/jpeg" });
const isPhoto = ({ method, url }: AnyRequest) => method === "PUT" && url.endsWith("/photo/$value");

test("photos are written after the data, and marked", async () => {
  const { world, graph } = await faultyMailbox({ photo: someJpeg });
  await settle(
    world,
    names.map((name) => person(world, name, "", "etag-1")),
  );
  expect(graph.asked.filter(isPhoto)).toHaveLength(3);
  const changed = [
    person(world, "Ann Ek", "", "etag-2"),
    ...names.slice(1).map((name) => person(world, name, "", "etag-1")),
  ];
  await settle(world, changed);
  expect(graph.asked.filter(isPhoto)).toHaveLength(4);
});

test("a photo that fails is a failure, the data stay, and the next run writes it", async () => {
  const { world, fail } = await faultyMailbox({ photo: someJpeg });
  const desired = [person(world, "Bo Li", "", "etag-1")];
  const changes = await planBook(world, desired);
  fail(times(1, isPhoto, refusal(500, "ErrorInternalServerError")));
  expect(ends(await applyTo(world, changes))).toEqual(["failed: photo-failed"]);
  expect((await planBook(world, desired)).map(({ fields }) => fields.map(({ field }) => field))).toEqual([
    ["photo"],
  ]);
  expect(ends(await applyTo(world, changes))).toEqual(["done"]);
  expect(await planBook(world, desired)).toEqual([]);
});

test("a photo whose mark fails is a failure, too", async () => {
  const { world, fail } = await faultyMailbox({ photo: someJpeg });
  const changes = await planBook(world, [person(world, "Bo Li", "", "etag-1")]);
  fail(times(1, isPatch, refusal(500, "ErrorInternalServerError")));
  expect(ends(await applyTo(world, changes))).toEqual(["failed: photo-failed"]);
});

test.each<[string, PhotoOf, readonly string[]]>([
  ["is gone from the source", () => Promise.resolve(null), ["done"]],
  [
    "is too large",
    () => Promise.resolve({ bytes: new Uint8Array(4 * 1024 * 1024 + 1), contentType: "image/jpeg" }),
    ["failed: photo-failed"],
  ],
  [
    "cannot be read",
    () =>
      Promise.reject(new SourceError({ code: "graph-failed", summary: "Failed", detail: "Graph failed." })),
    ["failed: photo-failed"],
  ],
])("a photo that %s does not undo the contact", async (_, photo, ended) => {
  const { world } = await faultyMailbox({ photo });
  expect(ends(await applyTo(world, await planBook(world, [person(world, "Bo Li", "", "etag-1")])))).toEqual(
    ended,
  );
  expect(await ownNames(world)).toEqual(["Bo Li"]);
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
  expect(graph.asked.slice(before).filter((request) => !isWrite(request))).toHaveLength(1);
});

test("a picture that the source names and does not have is not planned again and again", async () => {
  const { world } = await faultyMailbox({ photo: () => Promise.resolve(null) });
  expect(await settle(world, [person(world, "Bo Li", "", "etag-1")])).toHaveLength(1);
  expect(await settle(world, [person(world, "Bo Li", "", "etag-2")])).toHaveLength(1);
});
