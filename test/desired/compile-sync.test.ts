import { expect, test } from "vitest";
import { compileSync } from "../../src/desired/compile-sync.ts";
import { expression, syncConfig } from "../fakes/people.ts";
import { ann, compiled, csvSource, fields } from "./world.ts";

test("everything wrong with the expressions of a sync and its sources is told at once, at its place", async () => {
  const { compiled: none, diagnostics } = await compileSync(
    syncConfig({
      from: ["suppliers"],
      where: expression("person.x"),
      fields: fields({
        jobTitle: "1 +",
        emailAddresses: "person.enabled",
        mobilePhone: "person.mobilePhone",
      }),
    }),
    new Map([["suppliers", csvSource("suppliers", 'mailbox.city == ""')]]),
  );
  expect(none).toBeNull();
  expect(diagnostics.map(({ code, place, excerpt }) => [code, place?.column, excerpt])).toEqual([
    ["invalid-expression", 1, 'mailbox.city == ""'],
    ["invalid-expression", 8, "person.x"],
    ["invalid-expression", 1, "person.enabled"],
    ["invalid-expression", 4, "1 +"],
  ]);
  expect(diagnostics[0]?.detail).toMatch(/^mailbox is not available here\. Only/);
});

test("fields without a mapping and without a default are left alone, as is what the config says null of", async () => {
  const { managed } = await compiled({ fields: fields({ manager: null, personalNotes: '""' }) });
  expect(managed).toContain("personalNotes");
  expect(managed).toContain("displayName");
  for (const field of ["manager", "birthday", "nickName", "homeCity", "categories", "photo"] as const) {
    expect(managed).not.toContain(field);
  }
  expect(managed.indexOf("displayName")).toBeLessThan(managed.indexOf("personalNotes"));
});

test("categories and photos are managed when the sync asks for them", async () => {
  const { managed } = await compiled({ categories: [], photos: true });
  expect(managed).toEqual(expect.arrayContaining(["categories", "photo"]));
});

test("it is known what depends on the mailbox", async () => {
  expect(await compiled({})).toMatchObject({ usesMailbox: false, fieldsUseMailbox: false });
  expect(await compiled({ where: expression("person.city == mailbox.city") })).toMatchObject({
    usesMailbox: true,
    fieldsUseMailbox: false,
  });
  expect(await compiled({ fields: fields({ personalNotes: "mailbox.folder" }) })).toMatchObject({
    usesMailbox: true,
    fieldsUseMailbox: true,
  });
});

test("a source that several syncs read is compiled once, for each kind of answer", async () => {
  const sources = new Map([["suppliers", csvSource("suppliers", 'person.city == ""')]]);
  const shared = expression("person.city");
  const both = await Promise.all(
    ["one", "two"].map(async (name) => {
      const mapping = { value: shared, policy: null, defaultValue: false };
      const given = { name, from: ["suppliers"], fields: new Map([["jobTitle", mapping] as const]) };
      return (await compileSync(syncConfig(given), sources)).compiled;
    }),
  );
  const [one, two] = both.map((sync) => ({
    where: sync?.sourceWhere.get("suppliers")?.compiled,
    jobTitle: sync?.mapping.get("jobTitle"),
  }));
  expect(one?.where).toBeDefined();
  expect(two?.where).toBe(one?.where);
  expect(two?.jobTitle).toEqual(one?.jobTitle);
  const asList = await compileSync(
    syncConfig({
      from: [],
      fields: new Map([["emailAddresses", { value: shared, policy: null, defaultValue: false }] as const]),
    }),
    sources,
  );
  const emails = asList.compiled?.mapping.get("emailAddresses");
  const given = emails?.kind === "expression" ? emails.expression.compiled.evaluate(ann, null) : null;
  expect(given).toEqual(["Oslo"]);
});
