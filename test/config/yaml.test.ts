import { expect, test } from "vitest";
import { config, configFolder } from "./world.ts";

const field = (text: string): string => config({ sync: `fields:\n  fileAs: ${text}` });

test.for([
  ["begins with a quote", '"x" + person.surname', "invalid-yaml 12:19", "ends where that is closed"],
  [
    "begins with a bracket",
    "[person.mail] + person.otherMails",
    "invalid-yaml 12:29",
    "ends where that is closed",
  ],
  ["is a list to YAML", "[person.mail]", "invalid-value 12:15", "in quotes"],
  ["is a map to YAML", '{"a": person.mail}', "unknown-key 12:16", "has no key"],
  ["is true to YAML", "true", "invalid-value 12:15", "in quotes"],
  ["has a colon and a blank", 'person.enabled ? "a" : "b"', "invalid-yaml 12:15", "colon and a blank"],
  ["begins with !", "!person.enabled", "yaml-tag 12:15", "in quotes"],
  ["begins with *", "*person.mail", "unknown-alias 12:15", "in quotes"],
  ["begins with %", "%a", "invalid-yaml 12:15", "in quotes"],
  ["begins with @", "@a", "invalid-yaml 12:15", "in quotes"],
  ["begins with a backtick", "`a`", "invalid-yaml 12:15", "in quotes"],
  ["is cut off at #", '"a #" + \'"\' # x', "invalid-yaml 12:21", "in quotes"],
  ["is cut off within a quotation", 'person.mail + "#1 #2"', "yaml-comment 12:15", "in quotes"],
  ["is cut off within single quotes", "person.mail + 'a #2'", "yaml-comment 12:15", "in quotes"],
  ["is empty", '""', "invalid-value 12:15", "must not be empty"],
] as const)("an expression that %s is told with what to do", async ([, text, problem, hint]) => {
  using folder = configFolder();
  const { diagnostics } = await folder.load(field(text));
  const [first] = diagnostics;
  expect(`${first?.code} ${first?.place?.line}:${first?.place?.column}`).toBe(problem);
  expect(first?.detail).toContain(hint);
});

test.for([
  ["a comment behind whole quotations", 'person.mail + "#1" # for everybody'],
  ["a comment and an apostrophe within quotation marks", 'person.mail + "it\'s" # note'],
  ["an escaped quotation mark", String.raw`person.mail + "\"" # note`],
  ["quotes around all and a comment", `'"' # note`],
  ["quotes around all", `'"x" + person.surname'`],
  ["a folded text", '>-\n      "x" +\n      person.surname'],
  ["a literal text", "|\n      !person.enabled # no comment"],
  ["a text with its tag", "!!str person.mail"],
] as const)("an expression can have %s", async ([, text]) => {
  using folder = configFolder();
  expect((await folder.load(field(text))).diagnostics).toEqual([]);
});

test.for([
  ["nothing", "", ["not-a-config 1:1"]],
  ["comments only", "# nothing\n", ["not-a-config 1:1"]],
  ["one text", "galops\n", ["not-a-config 1:1"]],
  ["an unknown alias", `${config({})}x: *y\n`, ["unknown-alias 11:4"]],
  ["an alias before its anchor", `x: *y\nz: &y 1\n${config({})}`, ["unknown-alias 1:4"]],
  ["an alias of what it stands in", `${config({})}x: &x [*x]\n`, ["circular-alias 11:8"]],
  ["a merged map that is none", `${config({})}x: { <<: 5 }\n`, ["not-mergeable 11:6"]],
  [
    "a merged map that is not known",
    `${config({})}x: { <<: *no }\n`,
    ["not-mergeable 11:6", "unknown-alias 11:10"],
  ],
  ["a merged list that is none of maps", `${config({})}x: { <<: [{ a: 1 }, 5] }\n`, ["not-mergeable 11:6"]],
  ["a list as a key", `${config({})}? [a]\n: b\n`, ["invalid-yaml 11:3"]],
  ["keys twice", "version: 1\nversion: 1\nversion: 1\n", ["duplicate-key 2:1", "duplicate-key 3:1"]],
  ["a key twice, written in another way", 'version: 1\n"version": 1\n', ["duplicate-key 2:1"]],
  ["a binary value", `${config({})}x: !!binary aGk=\n`, ["yaml-tag 11:4"]],
  ["a set", `${config({})}x: !!set { a }\n`, ["yaml-tag 11:4"]],
  ["another version of YAML", `%YAML 1.1\n---\n${config({})}`, ["yaml-version 1:1"]],
  ["tabs", "version: 1\ntenants:\n\tx: 1\n", ["invalid-yaml 3:1"]],
  ["a second document", `${config({})}---\nversion: 1\n`, ["invalid-yaml 11:1"]],
  ["brackets that are not closed", `x: ${"[".repeat(20)}`, expect.arrayContaining(["invalid-yaml 1:23"])],
  ["too many levels", `x: ${"[".repeat(60)}${"]".repeat(60)}`, ["too-deep 1:53"]],
] as const)("%s is refused", async ([, text, problems]) => {
  using folder = configFolder();
  // The schema does not know the key under which it stands.
  const found = (await folder.problems(text)).filter((problem) => !problem.startsWith("unknown-key"));
  expect(found).toEqual(problems);
});

test("tabs are told as tabs, and once, also between brackets", async () => {
  using folder = configFolder();
  const { diagnostics } = await folder.load("version: 1\nx: [\n\t1\n]\n");
  const tabs = diagnostics.filter(({ detail }) => detail.includes("does not allow tabs"));
  expect(tabs).toMatchObject([{ code: "invalid-yaml", place: { line: 3 } }]);
  expect(diagnostics[0]).toBe(tabs[0]);
});

test("aliases are refused where there are very many of them", async () => {
  using folder = configFolder();
  const users = (count: number): string =>
    config({ mailboxes: `{ users: [&ann ann@contoso.com, ${"*ann, ".repeat(count)}] }` });
  expect(await folder.problems(users(200))).toEqual([]);
  expect(await folder.problems(users(201))).toEqual([expect.stringMatching(/^too-many-aliases 10:/)]);
});

test("of a value that is wrong in two ways one is told", async () => {
  using folder = configFolder();
  const to = "{ kind: mailbox-contacts, tenant: practice, mailboxes: { all: true }, folder: '' }";
  const { diagnostics } = await folder.load(config({ to }));
  expect(diagnostics.map(({ detail }) => detail)).toEqual(["syncs.directory.to.folder must not be empty."]);
});

test("keys that are numbers, yes or null are text, and no names", async () => {
  using folder = configFolder();
  const { diagnostics } = await folder.load("version: 1\ntenants: { 1: {}, null: {}, yes: {} }\n");
  const names = diagnostics.filter(({ code }) => code === "invalid-value").map(({ place }) => place?.column);
  expect(names).toEqual([12]);
  expect(diagnostics.map(({ code }) => code)).not.toContain("yaml-tag");
});

test.for([
  ["yes where true is wanted", { sync: "photos: yes" }, "true and false only"],
  ["a number where text is wanted", { source: "{ kind: csv, path: a.csv, id: 5 }" }, "Put it in quotes"],
  ["text where a list is wanted", { sync: "categories: Contoso" }, "in brackets"],
  ["null where text is wanted", { source: "{ kind: users, tenant: }" }, "is empty"],
  ["a list where a map is wanted", { mailboxes: "[ann@contoso.com]" }, "a map, but is a list"],
] as const)("%s is told with what to do", async ([, parts, hint]) => {
  using folder = configFolder();
  const { diagnostics } = await folder.load(config(parts));
  expect(diagnostics).toMatchObject([{ code: "invalid-value", detail: expect.stringContaining(hint) }]);
});

test("anchors, aliases and merged maps are read, and what is wrong in them is told where it is written", async () => {
  using folder = configFolder();
  const text = `version: 1
tenants:
  one: &tenant { sandbox: one.json }
  two: { <<: *tenant, sandbox: two.json }
sources:
  first: &people { kind: users, tenant: one, types: [guest] }
  second: { <<: [{ tenant: two }, *people] }
syncs:
  a: { owner: 0d9f6c3a-5a39-4a53-9b1a-6f8f0d1f3c11, from: [first, second], to: &to { kind: mailbox-contacts, tenant: two, mailboxes: { all: true } } }
  b: { owner: 0d9f6c3a-5a39-4a53-9b1a-6f8f0d1f3c12, from: [first], to: { <<: *to, tenant: one } }
`;
  const { config: loaded, diagnostics } = await folder.load(text);
  expect(diagnostics).toEqual([]);
  expect(loaded?.sources.get("second")).toMatchObject({ kind: "users", tenant: "two", types: ["guest"] });
  expect(loaded?.syncs[1]?.to).toMatchObject({ tenant: "one", mailboxes: { all: true } });
  expect(await folder.problems(text.replace("[guest]", "[gust]"))).toEqual([
    "invalid-value 6:54",
    "invalid-value 6:54",
  ]);
});

test("a byte order mark, and lines that end as on Windows, change nothing", async () => {
  using folder = configFolder();
  const plain = await folder.load(config({}));
  const { config: loaded, diagnostics } = await folder.load(`\uFEFF${config({}).replaceAll("\n", "\r\n")}`);
  expect(diagnostics).toEqual([]);
  expect(loaded?.digest).toBe(plain.config?.digest);
  const problems = await folder.problems(`\uFEFF${config({ sync: "x: 1" }).replaceAll("\n", "\r\n")}`);
  expect(problems).toEqual(["unknown-key 11:5"]);
});

test("of a file that is broken all through, a few problems are told", async () => {
  using folder = configFolder();
  expect(await folder.problems("]\n".repeat(1_000))).toHaveLength(20);
  expect(
    await folder.problems(Array.from({ length: 1_000 }, (_, at) => `k${at}: 1\n`).join("")),
  ).toHaveLength(100);
});

test("an excerpt of a long line shows the part around the mark", async () => {
  using folder = configFolder();
  const users = Array.from({ length: 50 }, (_, at) => `user${at}@contoso.com`).join(", ");
  const { diagnostics } = await folder.load(config({ mailboxes: `{ users: [${users}], al: true }` }));
  const [line = "", mark = ""] = (diagnostics[0]?.excerpt ?? "").split("\n");
  expect(line.length).toBeLessThan(120);
  expect(line.slice(mark.indexOf("^"))).toBe("al: true } }");
});

test("a key that stands twice is named, with the place where it stands first", async () => {
  using folder = configFolder();
  const { diagnostics } = await folder.load(
    config({}) + "  phones: { owner: x }\n  other: {}\n  phones: {}\n".replace("other", "x".repeat(500)),
  );
  const twice = diagnostics.filter(({ code }) => code === "duplicate-key");
  expect(twice).toMatchObject([{ place: { line: 13, column: 3 } }]);
  expect(twice[0]?.detail).toContain('The key "phones" stands in this map already, in line 11, column 3');
});

test.for([
  ["a tag", "where: !person.enabled", "yaml-tag 15:12"],
  ["an unknown alias", "where: *person.enabled", "unknown-alias 15:12"],
  ["a key that stands twice", "from: [stuff]", "duplicate-key 15:5"],
] as const)(
  "%s hides nothing else that is wrong, and nothing is said of it twice",
  async ([, line, problem]) => {
    using folder = configFolder();
    const more = "syncs:\n  second:\n    owner: x\n    from: [staf]\n    categorys: [a]\n";
    const text = config({ sync: `${line}\nfields: { fileAs: person.nam }` }).replace("syncs:\n", more);
    expect(await folder.problems(text)).toEqual([
      "missing-key 7:3",
      "invalid-value 8:12",
      "unknown-source 9:12",
      "unknown-key 10:5",
      problem,
    ]);
  },
);

test("aliases of what was set aside are refused with it", async () => {
  using folder = configFolder();
  const text = config({ sync: "photos: true\nphotos: &photos true\ncategories: [*photos]" });
  expect(await folder.problems(text)).toEqual(["duplicate-key 12:5"]);
});

/** A source and a field in braces, each with an expression. */
const inBraces = (where: string, fileAs = "person.fileAs"): string =>
  config({
    source: `{ kind: users, tenant: practice, where: ${where} }`,
    sync: `fields: { fileAs: ${fileAs} }`,
  });

test.for([
  ["a comma in parentheses", 'person.groups.exists(g, g == "x")', ["yaml-comma 5:72"]],
  ["several commas", 'person.groups.exists(g, g == "x") && glob(person.mail, "y", z)', ["yaml-comma 5:72"]],
  ["a comma in a quotation", 'person.city == "a, b"', ["yaml-comma 5:67"]],
  ["a comma and a quotation", 'glob(person.mail, "*@x")', ["invalid-yaml 5:73"]],
  ["a list", 'person.city in ["a", "b"]', ["invalid-yaml 5:65"]],
  ["a pattern with a bracket", 'person.mail.matches("^[a-z]")', ["invalid-yaml 5:72"]],
  ["a colon", 'person.enabled ? "a" : "b"', ["invalid-yaml 5:50"]],
  ["a comment in a quotation", 'person.city == "a # b"', ["yaml-comment 5:68"]],
  ["a comment behind a quotation", 'person.city == "a" # b', ["yaml-comment 5:69"]],
] as const)("an expression in braces with %s is told once, with what to do", async ([, text, problems]) => {
  using folder = configFolder();
  const { diagnostics } = await folder.load(inBraces(text));
  const found = diagnostics.map(({ code, place }) => `${code} ${place?.line}:${place?.column}`);
  expect(found).toEqual(problems);
  expect(diagnostics[0]?.detail).toMatch(/Put the expression in quotes, or .*>-/);
});

test("two expressions in braces of one line are both told, and those of other lines too", async () => {
  using folder = configFolder();
  const two = 'firstNonEmpty([person.city]), jobTitle: e164(person.mobilePhone, "PL")';
  expect(await folder.problems(inBraces("glob(person.mail, x)", two))).toEqual(["invalid-yaml 11:37"]);
  const soft = "ascii(person.city), jobTitle: e164(person.mobilePhone, x), title: glob(a, b)";
  expect(await folder.problems(inBraces("glob(person.mail, x)", soft))).toEqual([
    "yaml-comma 5:66",
    "yaml-comma 11:76",
    "yaml-comma 11:95",
  ]);
});

test.for([
  [
    "an apostrophe in two names",
    "categories: [Ann's]\nfields: { fileAs: person.surname, title: person.city }",
  ],
  [
    "parentheses that close before the comma",
    "fields: { fileAs: ascii(person.surname), title: ascii(person.city) }",
  ],
  ["braces and a comment", "fields: { fileAs: person.surname } # (as { it } was"],
  ["braces over several lines and a comment", "fields: { # of all {\n  fileAs: person.surname }"],
] as const)("%s are no reason to say anything", async ([, sync]) => {
  using folder = configFolder();
  expect(await folder.problems(config({ sync }))).toEqual([]);
});
