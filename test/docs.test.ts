import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { run } from "../src/cli/program.ts";
import { fakeContext } from "./fakes/context.ts";
import { temporaryFolder } from "./fakes/folder.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const page = readFileSync(path.join(root, "docs/mail-contacts.md"), "utf8");

/** What stands in the page's code blocks of that language. */
function blocks(language: string): readonly string[] {
  return [...page.matchAll(new RegExp(`^\`\`\`${language}\n(?<code>.*?)^\`\`\``, "gms"))].map(
    ({ groups }) => groups?.["code"] ?? "",
  );
}

async function galops(cwd: string, ...argv: readonly string[]): Promise<string> {
  const fake = fakeContext({ cwd, env: { CONTOSO_SECRET: "one", FABRIKAM_SECRET: "other" } });
  const code = await run(argv, fake.context);
  expect(fake.stderr()).not.toContain("Error:");
  expect([argv, code]).toEqual([argv, 0]);
  return fake.stdout();
}

test("the commands of the page on mail contacts do what it says, one after the other", async () => {
  const folder = temporaryFolder();
  mkdirSync(path.join(folder, "examples"));
  cpSync(path.join(root, "examples"), path.join(folder, "examples"), { recursive: true });
  const lines = (blocks("sh")[0] ?? "").split("\n").filter((line) => line.startsWith("galops "));
  const said = [];
  for (const line of lines) {
    const argv = line.replace(/ #.*/, "").split(" ").slice(1);
    // A person types yes; here nobody can.
    said.push(await galops(folder, ...argv, ...(argv[0] === "apply" ? ["--auto-approve"] : [])));
  }
  const [, , validated, planned, applied, shown, , leaving] = said;
  expect(validated).toContain("The mesh stands for 2 syncs");
  expect(planned).toMatch(/^Plan: [1-9]\d* to create, 0 to update, 0 to delete, 2 withheld\.$/m);
  expect(planned).toContain('bo@contoso.com belongs to the guest "Bo Li"');
  expect(applied).toMatch(/^Apply complete! [1-9]\d* created/m);
  expect(shown).toMatch(/^chandra@contoso\.com .*galops-/m);
  expect(leaving).toContain("hidden until its grace ends");
});

test("the configs of the page on mail contacts are valid", async () => {
  const [one = "", mesh = "", ...others] = blocks("yaml");
  expect(others).toEqual([]);
  const folder = temporaryFolder();
  writeFileSync(path.join(folder, "galops.yaml"), one);
  expect(await galops(folder, "validate")).toContain("The configuration is valid.");

  const names = ["contoso", "fabrikam", "northwind"];
  const tenant = (name: string, at: number): string =>
    `  ${name}: { tenantId: 5b0c4f7e-0000-4000-8000-00000000000${at}, organization: ${name}.onmicrosoft.com, auth: { method: azure-cli } }\n`;
  const source = (name: string): string => `  ${name}-staff: { kind: users, tenant: ${name} }\n`;
  const rest = `version: 1\ntenants:\n${names.map(tenant).join("")}sources:\n${names.map(source).join("")}`;
  writeFileSync(path.join(folder, "galops.yaml"), rest + mesh);
  expect(await galops(folder, "validate")).toMatch(/valid\.\n\nThe mesh stands for 6 syncs:/);
});
