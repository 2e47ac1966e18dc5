import { expect, test } from "vitest";
import { config, configFolder, owner } from "./world.ts";

function sync(name: string, more: string, id = "0d9f6c3a-5a39-4a53-9b1a-6f8f0d1f3c99"): string {
  return `  ${name}: { owner: ${id}, from: [staff], to: { kind: mailbox-contacts, tenant: practice, ${more} } }\n`;
}

/** Code of each problem with what stands at its place. */
async function found(text: string): Promise<readonly (readonly [string, string])[]> {
  using folder = configFolder();
  const { diagnostics } = await folder.load(text);
  return diagnostics.map(({ code, place }) => {
    const line = text.split("\n")[(place?.line ?? 0) - 1] ?? "";
    return [code, /^[\w.@%-]+|./.exec(line.slice((place?.column ?? 0) - 1))?.[0] ?? ""];
  });
}

test.for([
  ["unknown-tenant", "practise", { source: "{ kind: users, tenant: practise }" }],
  ["invalid-value", "user", { source: "{ kind: user, tenant: practice }" }],
  ["unknown-key", "path", { source: "{ kind: users, tenant: practice, path: x }" }],
  ["missing-key", "staff", { source: "{ kind: users }" }],
  ["missing-key", "staff", { source: "{ tenant: practice }" }],
  ["invalid-value", "gest", { source: "{ kind: users, tenant: practice, types: [gest] }" }],
  ["invalid-value", "[", { source: "{ kind: users, tenant: practice, types: [guest, guest] }" }],
  ["invalid-value", "licensed", { source: "{ kind: org-contacts, tenant: practice, require: [licensed] }" }],
  ["visible-not-known", "[", { source: "{ kind: org-contacts, tenant: practice, require: [visible] }" }],
  [
    "organization-missing",
    "practice",
    {
      tenant: "{ tenantId: 5b0c4f7e-0000-4000-8000-0000000000c0, auth: { method: azure-cli } }",
      source: "{ kind: users, tenant: practice, hiddenFrom: exchange }",
    },
  ],
  ["unknown-key", "mial", { source: "{ kind: csv, path: a.csv, id: no, columns: { mial: x } }" }],
  ["no-mailboxes", "mailboxes", { mailboxes: "{ users: [], groups: [] }" }],
  [
    "included-and-excluded",
    "ann@contoso.com",
    { mailboxes: "{ users: [Ann@contoso.com], exclude: { users: [ann@contoso.com] } }" },
  ],
  [
    "included-and-excluded",
    "sales",
    { source: "{ kind: users, tenant: practice, groups: { include: [Sales], exclude: [board, sales] } }" },
  ],
  ["option-not-of-target", "deletion", { sync: "deletion: { grace: 30d }" }],
  ["field-not-of-target", "hidden", { sync: 'fields: { hidden: "true" }' }],
  ["not-supported", "adopt", { sync: "adopt: [{ marker: mail }]" }],
  ["not-supported", "ldap", { source: "{ kind: ldap, tenant: practice }" }],
  ["invalid-value", "a", { to: "{ kind: mail-contacts, tenant: practice, ownedDomains: [a] }" }],
  ["public-domain", "[", { to: "{ kind: mail-contacts, tenant: practice, ownedDomains: [gmail.com] }" }],
  ["invalid-value", "mailbox-contact", { to: "{ kind: mailbox-contact, tenant: practice, mailboxes: {} }" }],
  ["invalid-value", "5", { sync: "limits: { deletes: 5 % }" }],
  ["invalid-value", "0.5", { sync: "limits: { deletes: 0.5 }" }],
  ["invalid-value", "-1", { sync: "limits: { deletes: -1 }" }],
  ["invalid-value", "101%", { sync: "limits: { deletes: 101% }" }],
  ["unknown-key", "delete", { sync: "limits: { delete: 1 }" }],
  ["invalid-value", "create", { sync: "policy: create" }],
  ["unknown-key", "jobTitel", { sync: "fields: { jobTitel: person.jobTitle }" }],
  ["invalid-value", "keep", { sync: "fields: { jobTitle: { policy: keep } }" }],
  ["unknown-key", "photo", { sync: "photo: true" }],
] as const)("%s is told at %s", async ([code, at, parts]) => {
  const problems = (await found(config(parts))).filter(([other]) => other !== "unused");
  expect(problems).toEqual([[code, at]]);
});

test.for([
  ["unknown-tenant", { source: "{ kind: users, tenant: practise }" }, 'Did you mean "practice"?'],
  ["unknown-tenant", { source: "{ kind: users, tenant: fabrikam }" }, "The config defines practice."],
  [
    "invalid-value",
    { source: "{ kind: user, tenant: practice }" },
    'one of users, org-contacts, csv. Did you mean "users"?',
  ],
  [
    "unknown-key",
    { source: "{ kind: users, tenant: practice, zzzzzzzz: x }" },
    "Possible here: kind, tenant,",
  ],
  ["unknown-key", { tenant: "{ sandbxo: x.json }" }, 'Did you mean "sandbox"?'],
  ["unknown-key", { sync: "fields: { jobTitel: person.jobTitle }" }, 'Did you mean "jobTitle"?'],
  ["unknown-key", { sync: "polciy: sync" }, 'Did you mean "policy"?'],
  ["invalid-value", { sync: "fields: { jobTitle: { policy: keep-edit } }" }, 'Did you mean "keep-edits"?'],
] as const)("%s comes with what was meant", async ([code, parts, hint]) => {
  using folder = configFolder();
  const { diagnostics } = await folder.load(config(parts));
  expect(diagnostics.find((diagnostic) => diagnostic.code === code)?.detail).toContain(hint);
});

test("whether users are hidden is known to Graph", async () => {
  expect(await found(config({ source: "{ kind: users, tenant: practice, require: [visible] }" }))).toEqual(
    [],
  );
});

test("every kind of mistake is told in one go", async () => {
  const text = config({
    tenant: "{ sandbox: ../outside.json }",
    source: "{ kind: users, tenant: nobody }",
    mailboxes: "{ al: true }",
    sync: "policy: sync",
  }).replace("syncs:\n", `syncs:\n${sync("other", "mailboxes: {}").replace("[staff]", "[stuff]")}`);
  expect(await found(text)).toEqual([
    ["path-outside", ".."],
    ["unknown-tenant", "nobody"],
    ["unknown-source", "stuff"],
    ["no-mailboxes", "mailboxes"],
    ["unknown-key", "al"],
  ]);
});

test("what is understood of a config with mistakes goes on to be checked", async () => {
  using folder = configFolder();
  const { config: loaded, draft } = await folder.load(
    config({ sync: "x: 1" }) + sync("other", "mailboxes: { all: true }"),
  );
  expect(loaded).toBeNull();
  expect([...(draft?.sources.keys() ?? [])]).toEqual(["staff"]);
  expect(draft?.syncs.map(({ name }) => name)).toEqual(["other"]);
  expect((await folder.load("]")).draft).toBeNull();
});

test("two syncs with one owner are an error that names both, whatever the case of the GUID", async () => {
  using folder = configFolder();
  const text = config({}) + sync("other", "mailboxes: { all: true }", owner.toUpperCase());
  const { diagnostics } = await folder.load(text);
  expect(diagnostics).toMatchObject([{ code: "owner-used-twice", severity: "error", place: { line: 11 } }]);
  expect(diagnostics[0]?.detail).toContain("The sync directory has the same owner (galops.yaml:8:12)");
});

test("an owner that is all zeros is a warning", async () => {
  using folder = configFolder();
  const { config: loaded, diagnostics } = await folder.load(
    config({}).replace(owner, "00000000-0000-0000-0000-000000000000"),
  );
  expect(loaded).not.toBeNull();
  expect(diagnostics).toMatchObject([
    { code: "owner-not-chosen", severity: "warning", place: { line: 8, column: 12 } },
  ]);
});

test("a source that is named twice is a warning", async () => {
  using folder = configFolder();
  const { config: loaded, diagnostics } = await folder.load(config({}).replace("[staff]", "[staff, staff]"));
  expect(loaded).not.toBeNull();
  expect(diagnostics).toMatchObject([{ code: "named-twice", severity: "warning", place: { column: 19 } }]);
});

test("what nothing refers to is a warning, unless what may refer to it is wrong", async () => {
  using folder = configFolder();
  const text = config({}).replace(
    "sources:",
    "  spare: { sandbox: x.json }\nsources:\n  idle: { kind: users, tenant: practice }",
  );
  expect(await folder.problems(text)).toEqual(["unused 4:3", "unused 6:3"]);
  expect(await folder.problems(text.replace("all: true", "al: true"))).toEqual(["unknown-key 12:66"]);
  expect(await folder.problems(text.replace("idle: { kind: users", "idle: { kind: usrs"))).toEqual([
    "invalid-value 6:17",
  ]);
});

test.for([
  ["the same users", "{ users: [ann@contoso.com] }", "{ users: [Ann@contoso.com, bo@contoso.com] }", true],
  ["other users", "{ users: [ann@contoso.com] }", "{ users: [bo@contoso.com] }", false],
  ["a group, that may have the user", "{ users: [ann@contoso.com] }", "{ groups: [sales] }", true],
  ["all", "{ users: [ann@contoso.com] }", "{ all: true }", true],
] as const)(
  "two syncs with one folder are a warning where they may meet: %s",
  async ([, one, other, meet]) => {
    using folder = configFolder();
    const text =
      config({}) +
      sync("one", `folder: Contoso, mailboxes: ${one}`) +
      sync("other", `folder: contoso, mailboxes: ${other}`, "0d9f6c3a-5a39-4a53-9b1a-6f8f0d1f3c98") +
      sync("default", "mailboxes: { all: true }", "0d9f6c3a-5a39-4a53-9b1a-6f8f0d1f3c97");
    const { config: loaded, diagnostics } = await folder.load(text);
    expect(loaded).not.toBeNull();
    const shared = diagnostics.filter(({ code }) => code === "folder-shared");
    expect(shared.map(({ place }) => place?.line)).toEqual(meet ? [12] : []);
    expect(diagnostics.filter(({ code }) => code === "folder-not-on-phones")).toHaveLength(2);
  },
);

test("two syncs with folders of other names, or in other tenants, do not meet", async () => {
  using folder = configFolder();
  const text =
    config({}).replace("sources:", "  other: { sandbox: other.json }\nsources:") +
    sync("one", "folder: Contoso, mailboxes: { all: true }") +
    sync("two", "folder: Contoso people, mailboxes: { all: true }", "0d9f6c3a-5a39-4a53-9b1a-6f8f0d1f3c98") +
    sync(
      "three",
      "folder: Contoso, mailboxes: { all: true }",
      "0d9f6c3a-5a39-4a53-9b1a-6f8f0d1f3c97",
    ).replace("tenant: practice", "tenant: other");
  const { diagnostics } = await folder.load(text);
  expect(new Set(diagnostics.map(({ code }) => code))).toEqual(new Set(["folder-not-on-phones"]));
});

test.for([
  ["Contacts", "folder-named-as-default", true],
  [" CONTACTS", "folder-named-as-default", true],
  ["Contacts of Contoso", "folder-not-on-phones", true],
  ["a\\0b", "invalid-value", false],
  ["a\\nb", "invalid-value", false],
] as const)("a folder called %j is told of: %s", async ([name, code, isUsable]) => {
  using folder = configFolder();
  const { config: loaded, diagnostics } = await folder.load(
    config({}) + sync("one", `folder: "${name}", mailboxes: { all: true }`),
  );
  expect(diagnostics.map((problem) => [problem.code, problem.place?.line])).toEqual([[code, 11]]);
  expect(loaded !== null).toBe(isUsable);
});

test.for([
  "{ kind: users, tenant: practice, hiddenFrom: exchange, require: [enabled, visible] }",
  "{ kind: org-contacts, tenant: practice, hiddenFrom: exchange, require: [mail, visible] }",
])("hidden people may be asked of Exchange: %s", async (source) => {
  expect(await found(config({ source }))).toEqual([]);
});

test.for([
  [
    "a version in quotes",
    config({}).replace("version: 1", 'version: "1"'),
    "version must be 1. Take the quotes away.",
  ],
  ["a fraction of people", config({ sync: "limits: { deletes: 3.5 }" }), "but is a number with a fraction."],
  ["no grace", config({ sync: "deletion: { grace: 0d }" }), "must be days such as 30d, from 1d to 9999d."],
  ["a policy cut short", config({ sync: "policy: upsert" }), 'Did you mean "upsert-only"?'],
  [
    "no sandbox",
    config({ tenant: '{ sandbox: "${env:NOWHERE}" }' }),
    "Without it galops cannot find the tenant;",
  ],
] as const)("%s is told with what is right", async ([, text, detail]) => {
  using folder = configFolder();
  const { diagnostics } = await folder.load(text);
  expect(diagnostics.filter(({ severity }) => severity === "error")[0]?.detail).toContain(detail);
});
