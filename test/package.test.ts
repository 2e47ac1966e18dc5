import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { openSandbox } from "../src/sandbox/sandbox.ts";
import { openHttpsTenant } from "./fakes/https-tenant.ts";
import { manualClock } from "./fakes/manual-clock.ts";
import { clientId } from "./fakes/tenant-config.ts";

// The package as a user gets it: packed, installed into an empty folder, started through npx. dist/ is built before.

const root = fileURLToPath(new URL("..", import.meta.url));
const version = (JSON.parse(readFileSync(path.join(root, "package.json"), "utf8")) as { version: string })
  .version;
let folder: string;
let packed: readonly string[];

function npm(cwd: string, ...args: string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync("npm", args, { cwd, encoding: "utf8", env: { ...process.env, NO_COLOR: "1" } });
}

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "galops-package-"));
  const pack = npm(root, "pack", "--json", "--ignore-scripts", "--pack-destination", folder);
  if (!pack.stdout.includes(".tgz")) throw new Error(pack.stderr);
  const listing: unknown = JSON.parse(pack.stdout);
  // npm 10 and 11 print a list of packages, npm 12 an object by name.
  const [tarball] = (Array.isArray(listing) ? listing : Object.values(listing as object)) as {
    filename: string;
    files: { path: string }[];
  }[];
  if (tarball === undefined) throw new Error("npm pack listed nothing");
  packed = tarball.files.map((file) => file.path);
  writeFileSync(path.join(folder, "package.json"), "{}");
  const install = npm(
    folder,
    "install",
    "--prefer-offline",
    "--no-audit",
    "--no-fund",
    path.join(folder, tarball.filename),
  );
  if (install.status !== 0) throw new Error(install.stderr);
}, 180_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("the package holds the program, its schemas, documents and examples, and nothing else", () => {
  const outside = packed.filter(
    (file) =>
      !/^(dist\/.+\.js|dist\/NOTICES\.txt|schemas\/.+\.json|examples\/.+|docs\/.+\.md|package\.json|README\.md|LICENSE|CHANGELOG\.md)$/.test(
        file,
      ),
  );
  expect(outside).toEqual([]);
  expect(packed).toContain("dist/cli/bin.js");
  expect(packed).toContain("schemas/galops.schema.json");
  // What its README and its messages point at.
  expect(packed).toContain("docs/sandbox.md");
  expect(packed).toContain("docs/config-reference.md");
});

test("what somebody leaves in the examples who played there is not in the package", () => {
  const played = ["packed.tenant.json", "packed.tenant.json.log", "packed.plan"];
  const files = played.map((file) => path.join(root, "examples/quickstart", file));
  try {
    for (const file of files) writeFileSync(file, "{}");
    const { stdout } = npm(root, "pack", "--json", "--dry-run", "--ignore-scripts");
    expect(stdout).toContain("examples/quickstart/galops.yaml");
    expect(stdout).not.toContain("packed.");
  } finally {
    for (const file of files) rmSync(file);
  }
});

test("npx galops runs from the installed package", () => {
  const run = spawnSync("npx", ["--no-install", "galops", "version"], { cwd: folder, encoding: "utf8" });
  expect(run.stdout).toContain(version);
  expect(run.status).toBe(0);
});

test("the installed package plans a sandbox tenant", () => {
  const galops = (...args: string[]): ReturnType<typeof spawnSync> =>
    spawnSync("npx", ["--no-install", "galops", ...args], { cwd: folder, encoding: "utf8" });
  expect(galops("sandbox", "init", "practice.tenant.json").status).toBe(0);
  writeFileSync(
    path.join(folder, "galops.yaml"),
    [
      "version: 1",
      "tenants: { practice: { sandbox: ./practice.tenant.json } }",
      "sources: { staff: { kind: users, tenant: practice } }",
      "syncs:",
      "  directory:",
      "    owner: 0d9f6c3a-5a39-4a53-9b1a-6f8f0d1f3c11",
      "    from: [staff]",
      "    to: { kind: mailbox-contacts, tenant: practice, mailboxes: { all: true } }",
      "",
    ].join("\n"),
  );
  const plan = galops("plan", "--detailed-exitcode");
  expect(plan.stdout).toMatch(/Plan: [1-9]\d* to create, 0 to update, 0 to delete\./);
  expect(plan.status).toBe(2);
});

test("every part of the installed package can be loaded", () => {
  const chunks = packed.filter((file) => file.startsWith("dist/chunks/"));
  const load = chunks.map((file) => `await import("./node_modules/galops/${file}");`).join("\n");
  writeFileSync(path.join(folder, "load.mjs"), load);
  const run = spawnSync(process.execPath, ["load.mjs"], { cwd: folder, encoding: "utf8" });
  expect(run).toMatchObject({ stderr: "", status: 0 });
  expect(chunks.length).toBeGreaterThan(10);
});

test("the installed package makes personal contacts and mail contacts of a sandbox tenant", () => {
  const galops = (...args: string[]): ReturnType<typeof spawnSync> =>
    spawnSync("npx", ["--no-install", "galops", ...args], { cwd: folder, encoding: "utf8" });
  expect(galops("sandbox", "init", "both.tenant.json").status).toBe(0);
  writeFileSync(
    path.join(folder, "people.csv"),
    "no,name,mail,country\n1,Ann Ek,ann@northwind.example,Schweden\n",
  );
  writeFileSync(
    path.join(folder, "both.yaml"),
    [
      "version: 1",
      "tenants: { practice: { sandbox: ./both.tenant.json } }",
      "sources:",
      "  people:",
      "    kind: csv",
      "    path: people.csv",
      "    id: no",
      "    columns: { displayName: name, mail: mail, country: country }",
      "syncs:",
      "  directory:",
      "    owner: 0d9f6c3a-5a39-4a53-9b1a-6f8f0d1f3c11",
      "    from: [people]",
      "    to: { kind: mailbox-contacts, tenant: practice, mailboxes: { users: [ann@contoso.com] } }",
      "  northwind:",
      "    owner: 7b0f0000-0000-4000-8000-0000000000cf",
      "    from: [people]",
      "    to: { kind: mail-contacts, tenant: practice, ownedDomains: [northwind.example] }",
      "",
    ].join("\n"),
  );
  expect(galops("apply", "-c", "both.yaml", "--auto-approve")).toMatchObject({ status: 0 });
  expect(galops("plan", "both.yaml").stdout).toContain("No changes.");
}, 60_000);

/** Node's own fetch takes as long to load as all of Node; nothing here needs it. */
const tellsOfFetch = `process.on("exit", () => {
  const loaded = process.moduleLoadList.filter((name) => name.includes("undici"));
  if (loaded.length > 0) console.error("Error: Node's own fetch was loaded.");
});`;

test.for([
  ["client-secret", `clientSecret: "\${env:SECRET}"`],
  ["client-certificate", `certificate: "\${env:PEM}"`],
] as const)("the installed package signs in by %s and reads over TLS", async ([method, by]) => {
  const file = path.join(folder, `${method}.tenant.json`);
  expect(spawnSync("npx", ["--no-install", "galops", "sandbox", "init", file], { cwd: folder }).status).toBe(
    0,
  );
  const sandbox = await openSandbox(file, { clock: manualClock(), random: () => 0 });
  const [{ tenantId, fetch }, graphOrigin, clientSecret] = [
    sandbox,
    "https://graph.sandbox.invalid",
    "secret",
  ];
  const tenant = await openHttpsTenant({ fetch, graphOrigin, tenantId, clientId, clientSecret });
  onTestFinished(async () => {
    await tenant.close();
    await sandbox.close();
  });
  writeFileSync(
    path.join(folder, "wire.yaml"),
    [
      "version: 1",
      "tenants:",
      "  contoso:",
      `    tenantId: ${tenantId}`,
      `    auth: { method: ${method}, clientId: ${clientId}, ${by} }`,
      `    endpoints: { authority: "${tenant.origin}", graph: "${tenant.origin}" }`,
      "sources: { staff: { kind: users, tenant: contoso } }",
      "syncs:",
      "  directory:",
      "    owner: 0d9f6c3a-5a39-4a53-9b1a-6f8f0d1f3c11",
      "    from: [staff]",
      "    fields: { mobilePhone: 'e164(person.mobilePhone, \"SE\")', nickName: ascii(person.givenName) }",
      "    to: { kind: mailbox-contacts, tenant: contoso, mailboxes: { users: [ann@contoso.com] } }",
      "",
    ].join("\n"),
  );
  // Not spawnSync: this process serves the tenant.
  const child = spawn(process.execPath, ["node_modules/galops/dist/cli/bin.js", "plan", "wire.yaml"], {
    cwd: folder,
    env: {
      PATH: process.env["PATH"],
      NODE_EXTRA_CA_CERTS: tenant.certificateFile,
      SECRET: clientSecret,
      PEM: tenant.clientPem,
      NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(tellsOfFetch)}`,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const said = Promise.all([text(child.stdout), text(child.stderr)]);
  const [code] = (await once(child, "close")) as [number];
  const [stdout, stderr] = await said;
  expect(stderr).not.toContain("Error");
  expect(stdout).toMatch(/Plan: [1-9]\d* to create, 0 to update, 0 to delete\./);
  expect(code).toBe(0);
});

test("the package holds the licences of the packages that are bundled in it", () => {
  const notices = readFileSync(path.join(folder, "node_modules/galops/dist/NOTICES.txt"), "utf8");
  for (const bundled of ["@azure/identity", "@microsoft/microsoft-graph-client", "yaml"]) {
    expect(notices).toContain(`\n${bundled} `);
  }
});

test("the installed package finds wrong in a config what the checkout finds wrong", () => {
  const wrong = path.join(folder, "wrong.yaml");
  writeFileSync(
    wrong,
    [
      "version: 2",
      "tenants:",
      "  practice: { sandbox: 7 }",
      "  contoso: { tenantId: no-guid, auth: { method: client-secret, clientID: x } }",
      "sources: { staff: { kind: user, tenant: practice }, rows: { kind: csv, path: '', columns: {} } }",
      "syncs: { directory: { owner: me, from: [], to: { kind: mailbox-contacts, folder: '' }, photo: 1 } }",
      "",
    ].join("\n"),
  );
  const validate = (command: string, ...args: string[]): string => {
    const run = spawnSync(command, [...args, "validate", "--format", "json", wrong], {
      cwd: folder,
      encoding: "utf8",
    });
    expect(run.status).toBe(1);
    return run.stdout;
  };
  const said = validate("npx", "--no-install", "galops");
  expect((JSON.parse(said) as { diagnostics: unknown[] }).diagnostics.length).toBeGreaterThan(8);
  expect(said).toBe(validate(process.execPath, path.join(root, "src/cli/bin.ts")));
});
