import { expect, test } from "vitest";
import type { GraphClient, GraphGet } from "../../../src/http/graph/graph.ts";
import { applyTo, planBook, settle } from "../../contract/target.ts";
import { refusal } from "../../fakes/scripted-graph.ts";
import {
  faultyMailbox,
  person,
  times,
  ends,
  noFault,
  writerOver,
  ownNames,
  isCreate,
} from "./faulty-mailbox.ts";

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
