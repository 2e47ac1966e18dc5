import { expect, test } from "vitest";
import type { Person } from "../../src/model/person.ts";
import { ann, bo, book, compiled, person, plan, sourceOf, syncConfig, targetOf } from "./world.ts";

const keysIn = (changes: readonly { readonly key: string }[]): readonly string[] =>
  changes.map(({ key }) => key.slice(key.indexOf("/") + 1));

test("everybody is planned into every mailbox but his own", async () => {
  const { books, end } = await plan();
  expect(books.map(({ book: { mailbox }, changes }) => [mailbox, keysIn(changes)])).toEqual([
    ["ann@contoso.com", ["bo"]],
    ["bo@contoso.com", ["ann"]],
  ]);
  expect(end.summary).toMatchObject({ create: 2, update: 0, delete: 0 });
});

test("somebody is left out of his own mailbox also when another source knows him by an address of it", async () => {
  const owner: Person = { ...ann, proxyAddresses: ["ann@contoso.com", "A.Ek@contoso.com"] };
  const row = person("1", { key: "suppliers/1", mail: "a.ek@contoso.com" });
  const { books } = await plan({
    source: () => sourceOf([row, bo]),
    target: () => targetOf([book(owner)]),
  });
  expect(books.map(({ changes }) => keysIn(changes))).toEqual([["bo"]]);
});

test("a mail address that is not of the mailbox itself does not leave anybody out", async () => {
  const owner: Person = { ...ann, otherMails: ["family@example.com"] };
  const relative = person("cleo", { mail: "family@example.com" });
  const { books } = await plan({
    source: () => sourceOf([relative]),
    target: () => targetOf([book(owner)]),
  });
  expect(books.map(({ changes }) => keysIn(changes))).toEqual([["cleo"]]);
});

test("somebody who names the address of a mailbox's owner among his other ones is not that owner", async () => {
  const eve = person("eve", { otherMails: ["ann@contoso.com"] });
  const { books } = await plan({
    source: () => sourceOf([eve, ann]),
    target: () => targetOf([book(ann)]),
  });
  expect(books.map(({ changes }) => keysIn(changes))).toEqual([["eve"]]);
});

test("somebody is left out of his own mailbox also by his user principal name", async () => {
  const owner: Person = { ...ann, mail: "", userPrincipalName: "ann@contoso.com" };
  const row = person("1", { key: "suppliers/1", mail: "Ann@contoso.com" });
  const { books } = await plan({ source: () => sourceOf([row, bo]), target: () => targetOf([book(owner)]) });
  expect(books.map(({ changes }) => keysIn(changes))).toEqual([["bo"]]);
});

test("with excludeSelf: false everybody is also in his own mailbox", async () => {
  const sync = syncConfig("phones");
  const { books } = await plan({
    syncs: [await compiled({ ...sync, to: { ...sync.to, excludeSelf: false } })],
  });
  expect(books.map(({ changes }) => keysIn(changes))).toEqual([
    ["ann", "bo"],
    ["ann", "bo"],
  ]);
});
