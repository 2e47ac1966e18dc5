import { expect, test } from "vitest";
import { configFolder, tenantId } from "./world.ts";

// One tenant may be in a config under several names.

const microsoft = (id: string): string =>
  `{ tenantId: ${id}, auth: { method: azure-cli }, organization: c.onmicrosoft.com }`;

/** Codes of what is told of a config that writes alike into tenants under two names. */
async function told(first: string, second: string, to: string): Promise<readonly string[]> {
  using folder = configFolder();
  const sync = (name: string, tenant: string, digit: number): string =>
    `  ${name}:\n    owner: 0d9f6c3a-5a39-4a53-9b1a-6f8f0d1f3c9${digit}\n    from: [staff]\n    to: { tenant: ${tenant}, ${to} }\n`;
  const { diagnostics } = await folder.load(
    `version: 1\ntenants:\n  first: ${first}\n  second: ${second}\n` +
      `sources:\n  staff: { kind: csv, path: staff.csv, id: no, columns: { mail: mail } }\nsyncs:\n` +
      sync("one", "first", 1) +
      sync("two", "second", 2),
    { secrets: "optional" },
  );
  return diagnostics.map(({ code }) => code);
}

const sandbox = (file: string): string => `{ sandbox: ${file} }`;
const folderOfAll = "kind: mailbox-contacts, folder: Directory, mailboxes: { all: true }";
const domain = "kind: mail-contacts, ownedDomains: [northwind.example]";

test.each([
  ["a tenant by its id", microsoft(tenantId), microsoft(tenantId.toUpperCase()), true],
  ["other ids", microsoft(tenantId), microsoft(tenantId.replace("5b", "5c")), false],
  ["a sandbox by its file", sandbox("a.json"), sandbox("./a.json"), true],
  ["other files", sandbox("a.json"), sandbox("b.json"), false],
  ["what is not known here", sandbox('"${env:A}"'), sandbox('"${env:B}"'), false],
])("of two names it is known whether they are of one tenant: %s", async (_, first, second, isOne) => {
  expect((await told(first, second, folderOfAll)).includes("folder-shared")).toBe(isOne);
  expect((await told(first, second, domain)).includes("domain-claimed-twice")).toBe(isOne);
});
