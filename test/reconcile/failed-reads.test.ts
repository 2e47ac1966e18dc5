import { expect, test } from "vitest";
import { SourceError } from "../../src/model/source.ts";
import { TargetError } from "../../src/model/target.ts";
import { ann, bo, book, compiled, place, plan, sourceOf, syncConfig, targetOf, unreadable } from "./world.ts";

test("a source that fails stops its syncs with an error that names them, and no other", async () => {
  const failing = sourceOf(
    [ann],
    new SourceError({ code: "graph-failed", summary: "Graph failed", detail: "Page 2 failed." }),
  );
  const { books, errors, records } = await plan({
    syncs: [
      await compiled(syncConfig("phones", { from: ["broken"] })),
      await compiled(syncConfig("others", { from: ["staff"] })),
    ],
    source: (name) => (name === "broken" ? failing : sourceOf([ann, bo])),
  });
  expect(books.map(({ sync }) => sync)).toEqual(["others", "others"]);
  expect(errors).toMatchObject([{ code: "graph-failed", summary: "Graph failed" }]);
  expect(errors[0]?.detail).toContain("change nothing: phones.");
  expect(records.filter(({ type }) => type === "sync")).toHaveLength(2);
});

test("one failure that befalls a source and the list of mailboxes is told once, with all the syncs", async () => {
  const failure = {
    code: "client-secret-expired",
    summary: "Signing in failed",
    detail: "It expired.",
    place,
  };
  const unlisted = targetOf([]);
  const target = {
    ...unlisted,
    async *books() {
      yield* [];
      throw new TargetError(failure);
    },
  };
  const { errors } = await plan({
    syncs: [
      await compiled(syncConfig("phones", { from: ["broken"] })),
      await compiled(syncConfig("others", { from: ["staff"] })),
    ],
    source: (name) => (name === "broken" ? sourceOf([], new SourceError(failure)) : sourceOf([ann, bo])),
    target: () => target,
  });
  expect(errors.map(({ detail }) => detail)).toEqual([
    "It expired. The syncs that need it change nothing: phones, others.",
  ]);
});

test("a failure that only the caller can explain is explained, and a bug is thrown", async () => {
  const source = sourceOf([], new Error("token"));
  const diagnostic = {
    severity: "error",
    code: "signing-in",
    summary: "Signing in failed",
    detail: "No.",
    place: null,
  } as const;
  const { errors, books } = await plan({ source: () => source, explain: () => diagnostic });
  expect(errors).toMatchObject([{ code: "signing-in" }]);
  expect(books).toEqual([]);
  await expect(plan({ source: () => source })).rejects.toThrow("token");
});

test("an unknown group stops everything, also the syncs that do not name it", async () => {
  const broken = targetOf([]);
  const wrong = new TargetError({
    code: "group-not-found",
    summary: "Group not found",
    detail: "There is no group sales.",
    place,
  });
  const { books, errors, end } = await plan({
    syncs: [await compiled(syncConfig("phones")), await compiled(syncConfig("others"))],
    target: ({ name }) =>
      name === "others"
        ? {
            ...broken,
            // oxlint-disable-next-line require-yield
            async *books() {
              throw wrong;
            },
          }
        : targetOf([book(ann)]),
  });
  expect(books).toEqual([]);
  expect(errors).toMatchObject([{ code: "group-not-found", place }]);
  expect(end.refusals).toEqual([]);
});

test("a list of mailboxes that could not be read stops only its sync", async () => {
  const failed = new TargetError({
    code: "graph-failed",
    summary: "Graph failed",
    detail: "503",
    place: null,
  });
  const { books, errors } = await plan({
    syncs: [await compiled(syncConfig("phones")), await compiled(syncConfig("others"))],
    target: ({ name }) =>
      name === "others"
        ? {
            ...targetOf([]),
            // oxlint-disable-next-line require-yield
            async *books() {
              throw failed;
            },
          }
        : targetOf([book(ann)]),
  });
  expect(books.map(({ sync }) => sync)).toEqual(["phones"]);
  expect(errors).toMatchObject([{ code: "graph-failed" }]);
});

test("a mailbox that could not be read has a problem and no changes; the others go on", async () => {
  const target = targetOf([book(ann), book(bo)], ({ id }) => {
    if (id === "ann") throw unreadable();
    return [];
  });
  const { books, errors } = await plan({ target: () => target });
  expect(books.map(({ problem, changes }) => [problem?.code ?? null, changes.length])).toEqual([
    ["mailbox-access-denied", 0],
    [null, 1],
  ]);
  expect(errors).toMatchObject([{ code: "mailbox-access-denied", summary: "Mailboxes could not be read" }]);
  expect(errors[0]?.detail).toContain("ann@contoso.com");
});

test("a wrong name stops all syncs, and every wrong name is told", async () => {
  const wrong = (name: string) => ({
    code: "group-not-found",
    summary: "Group not found",
    detail: `No ${name}.`,
    place: null,
  });
  const source = sourceOf([], new SourceError({ ...wrong("a"), others: [new SourceError(wrong("b"))] }));
  const { errors, books, end } = await plan({
    syncs: [await compiled(syncConfig("phones", { from: ["broken"] })), await compiled(syncConfig("others"))],
    source: (name) => (name === "broken" ? source : sourceOf([ann, bo])),
  });
  expect(books).toEqual([]);
  expect(end.incomplete).toEqual(["phones", "others"]);
  expect(errors.map(({ detail }) => detail)).toEqual([
    "No a. No sync changes anything until this is fixed.",
    "No b. No sync changes anything until this is fixed.",
  ]);
});
