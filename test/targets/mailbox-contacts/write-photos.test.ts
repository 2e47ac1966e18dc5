import { expect, test } from "vitest";
import { SourceError } from "../../../src/model/source.ts";
import type { PhotoOf } from "../../../src/targets/mailbox-contacts/write/load-photos.ts";
import { applyTo, planBook, settle } from "../../contract/target.ts";
import type { AnyRequest } from "../../fakes/faulty-graph.ts";
import { refusal } from "../../fakes/scripted-graph.ts";
import { faultyMailbox, names, person, times, ends, isPatch, ownNames } from "./faulty-mailbox.ts";

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
  const [outcome] = await applyTo(world, changes);
  expect(outcome).toMatchObject({ status: "failed", problem: { code: "photo-failed" } });
  expect(outcome?.problem?.message).toMatch(/[^.]\. The next run tries again\.$/);
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

test("a picture that the source names and does not have is not planned again and again", async () => {
  const { world } = await faultyMailbox({ photo: () => Promise.resolve(null) });
  expect(await settle(world, [person(world, "Bo Li", "", "etag-1")])).toHaveLength(1);
  expect(await settle(world, [person(world, "Bo Li", "", "etag-2")])).toHaveLength(1);
});
