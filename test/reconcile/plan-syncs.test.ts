import { setImmediate } from "node:timers/promises";
import { expect, test } from "vitest";
import { BookError } from "../../src/model/book.ts";
import type { SkippedBook } from "../../src/model/book.ts";
import type { LiveContact } from "../../src/model/contact.ts";
import type { Person } from "../../src/model/person.ts";
import { SourceError } from "../../src/model/source.ts";
import { TargetError } from "../../src/model/target.ts";
import { encodePlan } from "../../src/plan/codec.ts";
import { renderPlanJson } from "../../src/render/json.ts";
import { collected, streamed } from "../plan/world.ts";
import {
  ann,
  bo,
  book,
  chandra,
  compiled,
  expression,
  person,
  place,
  plan,
  sourceOf,
  syncConfig,
  targetOf,
  unreadable,
} from "./world.ts";

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
  const { books } = await plan({ syncs: [compiled({ ...sync, to: { ...sync.to, excludeSelf: false } })] });
  expect(books.map(({ changes }) => keysIn(changes))).toEqual([
    ["ann", "bo"],
    ["ann", "bo"],
  ]);
});

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
    syncs: [compiled(syncConfig("phones")), compiled({ ...other, to: { ...other.to, folder: "Other" } })],
    source: () => staff,
  });
  expect(staff.reads()).toBe(1);
});

test("a source that fails stops its syncs with an error that names them, and no other", async () => {
  const failing = sourceOf(
    [ann],
    new SourceError({ code: "graph-failed", summary: "Graph failed", detail: "Page 2 failed." }),
  );
  const { books, errors, records } = await plan({
    syncs: [
      compiled(syncConfig("phones", { from: ["broken"] })),
      compiled(syncConfig("others", { from: ["staff"] })),
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
      compiled(syncConfig("phones", { from: ["broken"] })),
      compiled(syncConfig("others", { from: ["staff"] })),
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
    syncs: [compiled(syncConfig("phones")), compiled(syncConfig("others"))],
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
    syncs: [compiled(syncConfig("phones")), compiled(syncConfig("others"))],
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

test("many mailboxes with alike problems become one diagnostic that counts them", async () => {
  const skipped = ["d", "c", "b", "a", "e"].map((id) => ({
    mailbox: `${id}@contoso.com`,
    problem: { severity: "warning", code: "mailbox-not-usable", message: "It has no licence." } as const,
  }));
  const { books, warnings, errors } = await plan({ target: () => targetOf([...skipped, book(ann)]) });
  expect(books).toHaveLength(6);
  expect(errors).toEqual([]);
  expect(warnings).toHaveLength(1);
  expect(warnings[0]?.detail).toContain(
    "5 mailboxes (a@contoso.com, b@contoso.com, c@contoso.com and 2 more)",
  );
});

test("an expression without a value for somebody leaves its sync without books", async () => {
  const fields = new Map([
    [
      "jobTitle",
      { value: expression("person.businessPhones[3]"), policy: null, defaultValue: false },
    ] as const,
  ]);
  const { books, errors } = await plan({
    syncs: [compiled(syncConfig("phones", { fields })), compiled(syncConfig("others"))],
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
  const { books, errors } = await plan({ syncs: [compiled(syncConfig("phones", { fields }))] });
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
  const { books, errors } = await plan({
    mailboxes: ["bo@contoso.com", "anm@contoso.com"],
    suggest: (_, known) => known[0] ?? null,
  });
  expect(books).toEqual([]);
  expect(errors).toMatchObject([{ code: "unknown-mailbox" }]);
  expect(errors[0]?.detail).toMatch(/anm@contoso\.com.*Did you mean ann@contoso\.com\?/);
});

test("two syncs that deliver the same person to one folder of one mailbox are warned of", async () => {
  const { warnings } = await plan({
    syncs: [compiled(syncConfig("phones")), compiled(syncConfig("others"))],
    source: () => sourceOf([ann, bo, chandra]),
  });
  expect(warnings).toMatchObject([{ code: "delivered-twice" }]);
  expect(warnings[0]?.detail).toContain("others and phones");
});

test("a sync of which two people have one address is warned of, with their names", async () => {
  const twin = person("ann2", { displayName: "Ann E.", mail: "ANN@contoso.com" });
  const nobody = person("x", { mail: "" });
  const { warnings } = await plan({
    source: () => sourceOf([ann, bo, twin, nobody, person("y", { mail: "" })]),
  });
  expect(warnings).toMatchObject([{ code: "address-shared", place }]);
  expect(warnings[0]?.detail).toContain(
    "Each of them gets a contact of its own in every mailbox of phones: ann@contoso.com (Ann Ek, Ann E.).",
  );
  expect(warnings[0]?.names).toEqual(["Ann Ek", "Ann E."]);
});

test("each reason for which mailboxes are skipped is told, once", async () => {
  const skipped = (id: string, message: string): SkippedBook => ({
    mailbox: `${id}@contoso.com`,
    problem: { severity: "warning", code: "mailbox-not-usable", message },
  });
  const books = [
    skipped("a", "It is disabled."),
    skipped("b", "It is a guest."),
    skipped("c", "It is disabled."),
  ];
  const { warnings } = await plan({ target: () => targetOf(books) });
  expect(warnings.map(({ detail }) => detail)).toEqual([
    "The sync phones skips 3 mailboxes (a@contoso.com, b@contoso.com, c@contoso.com).\na@contoso.com: It is disabled.\nb@contoso.com: It is a guest.",
  ]);
  const alike = [skipped("a", "It is disabled."), skipped("c", "It is disabled.")];
  expect((await plan({ target: () => targetOf(alike) })).warnings[0]?.detail).toBe(
    "The sync phones skips 2 mailboxes (a@contoso.com, c@contoso.com). It is disabled.",
  );
  const many = Array.from({ length: 9 }, (_, at) => skipped(`m${at}`, `Reason ${at}.`));
  expect((await plan({ target: () => targetOf(many) })).warnings[0]?.detail).toMatch(
    /\nm4@contoso\.com: Reason 4\.\nAnd 4 more reasons\.$/,
  );
});

test("the id of a request is beside what is told of it, and in no plan", async () => {
  const problem = (id: string) => ({ ...unreadable().problem, requestId: id });
  const written = async (id: string): Promise<string> => {
    const failing = targetOf([book(ann)], () => Promise.reject(new BookError(problem(id))));
    const source = sourceOf([], new SourceError({ code: "c", summary: "S", detail: "D.", requestId: id }));
    const { records, end } = await plan({
      target: () => failing,
      syncs: [compiled(syncConfig("phones")), compiled(syncConfig("others", { from: ["broken"] }))],
      source: (name) => (name === "broken" ? source : sourceOf([ann, bo])),
    });
    expect(end.diagnostics.map(({ requestId }) => requestId)).toEqual([id, id]);
    const lines = await collected(encodePlan(streamed(records)));
    const json = await collected(renderPlanJson(streamed(records)));
    return [...lines, ...json].join("");
  };
  expect(await written("r-1")).toBe(await written("r-2"));
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
    syncs: [compiled(syncConfig("phones", { from: ["broken"] })), compiled(syncConfig("others"))],
    source: (name) => (name === "broken" ? source : sourceOf([ann, bo])),
  });
  expect(books).toEqual([]);
  expect(end.incomplete).toEqual(["phones", "others"]);
  expect(errors.map(({ detail }) => detail)).toEqual([
    "No a. Until this is put right no sync changes anything.",
    "No b. Until this is put right no sync changes anything.",
  ]);
});

test("two syncs in different folders, or with different people, or to different mailboxes, are not", async () => {
  const others = syncConfig("others", { from: ["partners"] });
  const phones = compiled(syncConfig("phones"));
  const inFolder = { ...others, from: ["staff"], to: { ...others.to, folder: "Other" } };
  expect((await plan({ syncs: [phones, compiled(inFolder)] })).warnings).toEqual([]);
  const people = await plan({
    syncs: [phones, compiled(others)],
    source: (name) => sourceOf(name === "staff" ? [ann] : [bo]),
  });
  expect(people.warnings).toEqual([]);
  const mailboxes = await plan({
    syncs: [phones, compiled({ ...others, from: ["staff"] })],
    target: ({ name }) => targetOf([name === "phones" ? book(ann) : book(bo)]),
  });
  expect(mailboxes.warnings).toEqual([]);
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

test("a contact that goes on for somebody of another name is told of, once for all mailboxes", async () => {
  const { owner } = syncConfig("phones");
  const was = (mailbox: Person, displayName: string): LiveContact => ({
    id: `in ${mailbox.id}`,
    version: "1",
    createdAt: "",
    marker: { owner, key: `${ann.key}-before`, digest: "", photo: "", hiddenSince: "" },
    fields: { displayName, emailAddresses: [ann.mail] },
    untouchable: null,
  });
  const rekeying = (displayName: string) =>
    plan({
      target: () =>
        targetOf([book(bo), book(chandra)], ({ person: mailbox }) => [was(mailbox ?? bo, displayName)]),
    });
  expect((await rekeying(ann.displayName)).warnings).toEqual([]);
  const { warnings } = await rekeying("Jan Old");
  expect(warnings).toMatchObject([{ code: "rekeyed-other-name", names: ["Jan Old", "Ann Ek"], place }]);
  expect(warnings[0]?.detail).toContain("Jan Old -> Ann Ek. The contact");
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
