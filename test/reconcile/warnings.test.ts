import { expect, test } from "vitest";
import type { SkippedBook } from "../../src/model/book.ts";
import type { LiveContact } from "../../src/model/contact.ts";
import type { Person } from "../../src/model/person.ts";
import {
  ann,
  bo,
  book,
  chandra,
  compiled,
  person,
  place,
  plan,
  sourceOf,
  syncConfig,
  targetOf,
} from "./world.ts";

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

test("two syncs that deliver the same person to one folder of one mailbox are warned of", async () => {
  const { warnings } = await plan({
    syncs: [await compiled(syncConfig("phones")), await compiled(syncConfig("others"))],
    source: () => sourceOf([ann, bo, chandra]),
  });
  expect(warnings).toMatchObject([{ code: "delivered-twice" }]);
  expect(warnings[0]?.detail).toContain("others and phones");
});

test.each([
  ["one tenant under two names", ["a", "a"], ["delivered-twice"]],
  ["two tenants whose mailboxes have the same ids", ["a", "b"], []],
])("syncs that deliver to %s", async (_, [first = "", second = ""], codes) => {
  const others = syncConfig("others");
  const { warnings } = await plan({
    syncs: [
      await compiled(syncConfig("phones")),
      await compiled({ ...others, to: { ...others.to, tenant: "another" } }),
    ],
    tenant: ({ name }) => (name === "others" ? second : first),
  });
  expect(warnings.map(({ code }) => code)).toEqual(codes);
});

test("a sync of which two people have one address is warned of, with their names", async () => {
  const twin = person("ann2", { displayName: "Ann E.", mail: "ANN@contoso.com" });
  const nobody = person("x", { mail: "" });
  const { warnings } = await plan({
    source: () => sourceOf([ann, bo, twin, nobody, person("y", { mail: "" })]),
  });
  expect(warnings).toMatchObject([{ code: "address-shared", place }]);
  expect(warnings[0]?.detail).toContain(
    "Each of them gets a separate contact in every mailbox of phones: ann@contoso.com (Ann Ek, Ann E.).",
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
    expect.stringContaining("All 3 that it names are skipped."),
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

test("two syncs in different folders, or with different people, or to different mailboxes, are not", async () => {
  const others = syncConfig("others", { from: ["partners"] });
  const phones = await compiled(syncConfig("phones"));
  const inFolder = { ...others, from: ["staff"], to: { ...others.to, folder: "Other" } };
  expect((await plan({ syncs: [phones, await compiled(inFolder)] })).warnings).toEqual([]);
  const people = await plan({
    syncs: [phones, await compiled(others)],
    source: (name) => sourceOf(name === "staff" ? [ann] : [bo]),
  });
  expect(people.warnings).toEqual([]);
  const mailboxes = await plan({
    syncs: [phones, await compiled({ ...others, from: ["staff"] })],
    target: ({ name }) => targetOf([name === "phones" ? book(ann) : book(bo)]),
  });
  expect(mailboxes.warnings).toEqual([]);
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
