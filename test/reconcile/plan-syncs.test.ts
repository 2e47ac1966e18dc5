import { setImmediate } from "node:timers/promises";
import { expect, test } from "vitest";
import { BookError } from "../../src/model/book.ts";
import type { Person } from "../../src/model/person.ts";
import { SourceError } from "../../src/model/source.ts";
import { encodePlan } from "../../src/plan-format/codec.ts";
import { renderPlanJson } from "../../src/render/json.ts";
import { collected, streamed } from "../plan/world.ts";
import { expression } from "../fakes/people.ts";
import {
  ann,
  bo,
  book,
  chandra,
  compiled,
  person,
  plan,
  sourceOf,
  syncConfig,
  targetOf,
  unreadable,
} from "./world.ts";

test("books come ordered by mailbox although the first is read last, and no more than asked for are read at a time", async () => {
  const owners = ["e", "d", "c", "b", "a"].map((id) => person(id));
  let reading = 0;
  let most = 0;
  const target = targetOf(
    owners.map((owner) => book(owner)),
    async ({ id }) => {
      most = Math.max(most, ++reading);
      for (let turn = 0; turn < (id === "a" ? 20 : 1); turn++) await setImmediate();
      reading--;
      return [];
    },
  );
  const { books } = await plan({ target: () => target, parallelism: 3 });
  expect(books.map(({ book: { mailbox } }) => mailbox)).toEqual(
    ["a", "b", "c", "d", "e"].map((id) => `${id}@contoso.com`),
  );
  expect(most).toBe(3);
});

test("a source that several syncs share is read once", async () => {
  const staff = sourceOf([ann, bo]);
  const other = syncConfig("others");
  await plan({
    syncs: [
      await compiled(syncConfig("phones")),
      await compiled({ ...other, to: { ...other.to, folder: "Other" } }),
    ],
    source: () => staff,
  });
  expect(staff.reads()).toBe(1);
});

test("an expression without a value for somebody leaves its sync without books", async () => {
  const fields = new Map([
    [
      "jobTitle",
      { value: expression("person.businessPhones[3]"), policy: null, defaultValue: false },
    ] as const,
  ]);
  const { books, errors } = await plan({
    syncs: [await compiled(syncConfig("phones", { fields })), await compiled(syncConfig("others"))],
  });
  expect(books.map(({ sync }) => sync)).toEqual(["others", "others"]);
  expect(errors).toHaveLength(1);
});

test("an expression that asks for the mailbox is evaluated for each, and fails for each alone", async () => {
  const fields = new Map([
    [
      "jobTitle",
      {
        value: expression('mailbox.id == "bo" ? mailbox.businessPhones[0] : mailbox.displayName'),
        policy: null,
        defaultValue: false,
      },
    ] as const,
  ]);
  const { books, errors } = await plan({ syncs: [await compiled(syncConfig("phones", { fields }))] });
  expect(books.map(({ problem }) => problem?.severity ?? null)).toEqual([null, "error"]);
  const [create] = books[0]?.changes ?? [];
  expect(create).toMatchObject({ action: "create", desired: { fields: { jobTitle: "Ann Ek" } } });
  expect(errors).toHaveLength(1);
});

test("--mailbox narrows the run by any address of a mailbox, in any case", async () => {
  const owner: Person = { ...bo, proxyAddresses: ["B.Li@contoso.com"] };
  const { books, errors } = await plan({
    target: () => targetOf([book(ann), book(owner)]),
    mailboxes: ["b.li@CONTOSO.com"],
  });
  expect(books.map(({ book: { id } }) => id)).toEqual(["bo"]);
  expect(errors).toEqual([]);
});

test("--mailbox with an unknown name is an error, and nothing is planned", async () => {
  const { books, errors } = await plan({ mailboxes: ["bo@contoso.com", "anm@contoso.com"] });
  expect(books).toEqual([]);
  expect(errors).toMatchObject([{ code: "unknown-mailbox" }]);
  expect(errors[0]?.detail).toMatch(/anm@contoso\.com.*Did you mean ann@contoso\.com\?/);
});

test("the id of a request is beside what is told of it, and in no plan", async () => {
  const problem = (id: string) => ({ ...unreadable().problem, requestId: id });
  const written = async (id: string): Promise<string> => {
    const failing = targetOf([book(ann)], () => Promise.reject(new BookError(problem(id))));
    const source = sourceOf([], new SourceError({ code: "c", summary: "S", detail: "D.", requestId: id }));
    const { records, end } = await plan({
      target: () => failing,
      syncs: [
        await compiled(syncConfig("phones")),
        await compiled(syncConfig("others", { from: ["broken"] })),
      ],
      source: (name) => (name === "broken" ? source : sourceOf([ann, bo])),
    });
    expect(end.diagnostics.map(({ requestId }) => requestId)).toEqual([id, id]);
    const lines = await collected(encodePlan(streamed(records)));
    const json = await collected(renderPlanJson(streamed(records)));
    return [...lines, ...json].join("");
  };
  expect(await written("r-1")).toBe(await written("r-2"));
});

test("equal worlds give equal plans, in whatever order they come", async () => {
  const one = await plan({ source: () => sourceOf([ann, bo, chandra]), parallelism: 1 });
  const other = await plan({
    source: () => sourceOf([chandra, bo, ann]),
    target: () => targetOf([book(bo), book(ann)]),
  });
  expect(other.records).toEqual(one.records);
  expect(one.end.id).toMatch(/^sha256:[0-9a-f]{64}$/);
});

test("a plan keeps nothing of the mailboxes' owners but their addresses", async () => {
  const { books } = await plan();
  expect(books.map(({ book: { mailbox, person: owner } }) => [mailbox, owner])).toEqual([
    ["ann@contoso.com", null],
    ["bo@contoso.com", null],
  ]);
});

test("a sync that would remove all that it owns is refused", async () => {
  const owned = syncConfig("phones");
  const marker = { owner: owned.owner, key: ann.key, digest: "", photo: "", hiddenSince: "" };
  const live = {
    id: "1",
    version: "1",
    createdAt: "",
    marker,
    fields: { displayName: "Ann Ek" },
    untouchable: null,
  };
  const { end } = await plan({
    source: () => sourceOf([]),
    target: () => targetOf([book(bo)], () => [live]),
  });
  expect(end.refusals).toMatchObject([{ sync: "phones", limit: "empty-source" }]);
});

test("an aborted plan ends with the reason of the abort", async () => {
  const controller = new AbortController();
  const target = targetOf([book(ann), book(bo)], () => {
    controller.abort("SIGINT");
    throw unreadable();
  });
  await expect(plan({ target: () => target, signal: controller.signal })).rejects.toBe("SIGINT");
  const early = new AbortController();
  early.abort("SIGINT");
  await expect(plan({ signal: early.signal })).rejects.toBe("SIGINT");
});

test("progress counts people of sources and books of syncs", async () => {
  const { progress } = await plan();
  expect(progress).toContainEqual({ phase: "source", source: "staff", people: 2 });
  expect(progress.at(-1)).toEqual({ phase: "book", sync: "phones", done: 2, total: 2 });
});
