import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { config, office, tenantFile } from "./office.ts";
import type { Office } from "./office.ts";

/** What a secret holds that a config may refer to, as a path beside the config. */
const canary = "ENVCANARYXYZ9";

/** Code and place of everything that validate finds wrong. */
async function found(text: string): Promise<readonly string[]> {
  const { galops } = await office(text);
  const { stdout } = await galops("validate", "--format", "json");
  const { diagnostics } = JSON.parse(stdout) as {
    readonly diagnostics: readonly { code: string; severity: string; line: number; column: number }[];
  };
  return diagnostics
    .filter(({ severity }) => severity === "error")
    .map(({ code, line, column }) => `${code} ${line}:${column}`);
}

test("a mistake in the form of a sync or a source hides none in its expressions", async () => {
  expect(
    await found(
      config
        .replace("tenant: practice }\nsyncs", 'tenant: practice, typos: 1, where: "person.x" }\nsyncs')
        .replace('where: person.mobilePhone != ""', "polcy: sync\n    where: person.mobile")
        .concat(
          "    fields:\n      jobTitle: { value: person.title, polcy: fill }\n      fileAs: person.enabled\n",
        ),
    ),
  ).toEqual([
    "unknown-key 5:43",
    "invalid-expression 5:68",
    "unknown-key 10:5",
    "invalid-expression 11:19",
    "invalid-expression 18:33",
    "unknown-key 18:40",
    "invalid-expression 19:15",
  ]);
});

test("neither does a word that YAML takes for a tag", async () => {
  expect(
    await found(
      config
        .replace('person.mobilePhone != ""', "!person.enabled")
        .concat("    fields: { jobTitle: person.title }\n"),
    ),
  ).toEqual(["yaml-tag 10:12", "invalid-expression 16:32"]);
});

test("what one mistake is, is told once", async () => {
  const cut = 'person.city == "a #b" # c';
  expect(await found(config.replace('person.mobilePhone != ""', cut))).toEqual(["yaml-comment 10:12"]);
  const misshapen = config.replace('where: person.mobilePhone != ""', `x: 1\n    where: ${cut}`);
  expect(await found(misshapen)).toEqual(["unknown-key 10:5", "yaml-comment 11:12"]);
});

test("a blank and # at the end of an unfinished expression come with what YAML does with them", async () => {
  const { galops } = await office(
    config.replace('person.mobilePhone != ""', "person.enabled && person.city == #b"),
  );
  const { stderr } = await galops("validate");
  expect(stderr).toContain("YAML treats text after a space and # as a comment");
});

test("github shows what is wrong at its line of the file, as the repository has it", async () => {
  const { folder, galopsIn } = await office(config.replace("mobilePhone", "mobilPhone"));
  const env = { GITHUB_WORKSPACE: path.dirname(folder) };
  const { code, stdout } = await galopsIn({ env }, "validate", "--format", "github");
  expect(code).toBe(1);
  const file = `${path.basename(folder)}/galops.yaml`;
  expect(stdout).toMatch(new RegExp(`^::error file=${file},line=10,col=\\d+,title=[^\\n]+::[^\\n]+\\n`, "u"));
});

const rows = config
  .replace(
    "staff: {",
    "rows: { kind: csv, path: people/rows.csv, id: no, columns: { mail: mail } }\n  staff: {",
  )
  .replace("from: [staff]", "from: [staff, rows]");

test.each([
  ["is missing", null, ["csv-unreadable galops.yaml:5:28"]],
  ["has not the columns", "no,email\n", ["csv-column-missing galops.yaml:5:70"]],
  ["has not its id", "mail\n", ["csv-column-missing galops.yaml:5:49"]],
  [
    "has ids twice, and no address",
    "no,mail\n1,a@b.c\n1,x@y.z\n2,nonsense\n",
    ["csv-id-duplicate people/rows.csv:3:1", "csv-mail-invalid people/rows.csv:4:3"],
  ],
  ["is not UTF-8", Buffer.from("no,mail\n1,\xe9\n", "latin1"), ["csv-not-utf8 people/rows.csv:2:3"]],
])("a file of people that %s is told before anybody plans", async (_, content, expected) => {
  const { galops, folder } = await office(rows);
  mkdirSync(path.join(folder, "people"));
  if (content !== null) writeFileSync(path.join(folder, "people", "rows.csv"), content);
  const { code, stdout, stderr } = await galops("validate", "--format", "json");
  const { diagnostics } = JSON.parse(stdout) as {
    readonly diagnostics: readonly {
      severity: string;
      code: string;
      file: string;
      line: number;
      column: number;
    }[];
  };
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  expect(errors.map((one) => `${one.code} ${one.file}:${one.line}:${one.column}`)).toEqual(expected);
  expect([code, stderr]).toEqual([1, ""]);
});

test("a sandbox tenant that is missing or damaged is told, with how to make one", async () => {
  const { galops, folder, write } = await office();
  rmSync(path.join(folder, tenantFile));
  const missing = await galops("validate");
  expect(missing.code).toBe(1);
  expect(missing.stderr).toContain("on galops.yaml line 3, column 13");
  expect(missing.stderr).toContain(`galops sandbox init ${tenantFile}`);
  expect(missing.stderr).not.toContain(folder);
  write(tenantFile, '{\n  "galopsSandbox": 1,,\n}\n');
  const damaged = await galops("validate");
  expect(damaged.code).toBe(1);
  expect(damaged.stderr).toContain("on practice.tenant.json line 2, column 22");
  expect(damaged.stderr).not.toContain(folder);
});

test.each<[string, (made: Office) => void, RegExp]>([
  ["missing", () => undefined, /no sandbox tenant at \$\{env:CONTOSO_SECRET\}/],
  ["damaged", ({ write }) => write(canary, "{"), /sandbox tenant \$\{env:CONTOSO_SECRET\} cannot be used/],
  [
    "without its log",
    ({ folder, write, read }) => {
      write(canary, read(tenantFile));
      mkdirSync(path.join(folder, `${canary}.log`));
    },
    /log \$\{env:CONTOSO_SECRET\}\.log could not be read/,
  ],
])(
  "of a sandbox that a reference names and that is %s, only the reference is told",
  async (_, spoil, told) => {
    const made = await office(config.replace(`./${tenantFile}`, '"${env:CONTOSO_SECRET}"'));
    spoil(made);
    const env = { CONTOSO_SECRET: canary };
    const said: string[] = [];
    for (const argv of [["validate"], ["validate", "--format", "json"], ["plan", "--verbose"]]) {
      const { stdout, stderr } = await made.galopsIn({ env }, ...argv);
      said.push(stdout + stderr);
    }
    expect(said.filter((text) => text.includes(canary))).toEqual([]);
    expect(said.at(-1)).toMatch(told);
  },
);

test("of a mesh it is told once, too", async () => {
  const { galops, folder } = await office(`version: 1
tenants:
  contoso: { sandbox: ./${tenantFile} }
  fabrikam: { sandbox: ./fabrikam.tenant.json }
sources:
  one: { kind: users, tenant: contoso }
  other: { kind: users, tenant: fabrikam }
mesh:
  owner: 5a1e0000-0000-4000-8000-00000000ae5b
  members:
    contoso: { from: [one], ownedDomains: [contoso.com] }
    fabrikam: { from: [other], ownedDomains: [fabrikam.com] }
`);
  rmSync(path.join(folder, tenantFile));
  const { diagnostics } = JSON.parse((await galops("validate", "--format", "json")).stdout) as {
    readonly diagnostics: readonly { readonly code: string; readonly line: number }[];
  };
  expect(diagnostics.map(({ code, line }) => `${code} ${line}`)).toEqual([
    "sandbox-not-found 3",
    "sandbox-not-found 4",
  ]);
});

test("what is wrong with a line of a file is told with the line, in validate and in plan", async () => {
  const { galops, write } = await office(rows.replace("people/rows.csv", "rows.csv"));
  write("rows.csv", "no,mail\n1,a@b.c\n1,x@y.z\n");
  for (const command of ["validate", "plan"]) {
    const { stderr } = await galops(command);
    expect(stderr).toContain("on rows.csv line 3, column 1:");
    expect(stderr).toContain("3 | 1,x@y.z");
  }
  const hidden = await galops("plan", "--redact");
  expect(hidden.stderr).toContain("on rows.csv line 3, column 1:");
  expect(hidden.stderr).not.toContain("x@y.z");
});

test("what is wrong with something that the config names is told with the line of the config", async () => {
  const { galops } = await office(
    config.replace("users: [ann@contoso.com, bo@contoso.com]", "groups: [slaes]"),
  );
  const { stderr } = await galops("plan");
  expect(stderr).toContain("14 |       mailboxes: { groups: [slaes] }");
  expect(stderr).toContain('Did you mean "Sales"?');
});
