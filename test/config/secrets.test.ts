import { join } from "node:path";
import { expect, test } from "vitest";
import { config, configFolder, secret, tenantId } from "./world.ts";

test.for([
  [
    "written out",
    `{ tenantId: ${tenantId}, auth: { method: client-secret, clientId: c, clientSecret: ${secret} } }`,
  ],
  [
    "beside another mistake",
    `{ tenantId: x, auth: { method: client-secret, clientId: c, clientSecret: ${secret} } }`,
  ],
  [
    "behind a misspelled key",
    `{ tenantId: ${tenantId}, auth: { method: client-secret, clientSecet: ${secret} } }`,
  ],
  ["behind an unknown key", `{ tenantId: ${tenantId}, auth: { method: azure-cli, pw: ${secret} } }`],
  ["with an unknown method", `{ tenantId: ${tenantId}, auth: { method: secret, x: ${secret} } }`],
  [
    "behind a misspelled key of its own line",
    `\n    auth:\n      method: client-secret\n      clientSecet: ${secret}`,
  ],
  ["behind an unknown key of its own line", `\n    auth:\n      method: azure-cli\n      pw: ${secret}`],
  ["outside auth", `{ tenantId: ${tenantId}, clientSecret: ${secret} }`],
  ["in the place of auth", `{ tenantId: ${tenantId}, auth: "client_secret: ${secret}" }`],
  [
    "with a reference in it",
    `{ tenantId: ${tenantId}, auth: { method: client-secret, clientId: c, clientSecret: "${secret}\${env:X}" } }`,
  ],
  [
    "over lines",
    `\n    tenantId: ${tenantId}\n    auth:\n      method: client-certificate\n      clientId: c\n      certificate: |\n        -----BEGIN\n        ${secret}`,
  ],
  [
    "as a list",
    `{ tenantId: ${tenantId}, auth: { method: client-secret, clientId: c, clientSecret: [${secret}] } }`,
  ],
  [
    "as an alias",
    `{ tenantId: ${tenantId}, auth: { method: client-secret, clientId: c, clientSecret: *${secret} } }`,
  ],
  [
    "as a tag",
    `{ tenantId: ${tenantId}, auth: { method: client-secret, clientId: c, clientSecret: !${secret} } }`,
  ],
  ["in a file that is not YAML", `\n    auth:\n      clientSecret: "a"${secret}`],
  ["on a line of its own that is not YAML", `\n    auth:\n      certificate: |\n${secret}\n x: [`],
  ["outside auth and behind a reference", `{ clientSecret: "\${env:X}", password: ${secret} }`],
  ["behind a key that is too long to be one", `{ ${"k".repeat(140)}: ${secret}, tenantId: 1 }`],
  ["with a duplicate key", `{ auth: { clientSecret: ${secret}, clientSecret: ${secret} } }`],
] as const)("no error shows a secret: %s", async ([, tenant]) => {
  using folder = configFolder();
  const { config: loaded, diagnostics } = await folder.load(config({ tenant }));
  expect(loaded).toBeNull();
  expect(JSON.stringify(diagnostics)).not.toContain(secret);
});

test("a secret that is written out is an error at its place, with what to write instead", async () => {
  using folder = configFolder();
  const { diagnostics } = await folder.load(
    config({
      tenant: `{ tenantId: ${tenantId}, auth: { method: client-secret, clientId: c, clientSecret: ${secret} } }`,
    }),
  );
  expect(diagnostics).toMatchObject([{ code: "secret-in-config", place: { line: 3, column: 121 } }]);
  expect(diagnostics[0]?.detail).toContain("${env:PRACTICE_SECRET}");
  expect(diagnostics[0]?.excerpt).toContain("clientSecret: (not shown)");
});

test("a secret that stands beside auth is told as one", async () => {
  using folder = configFolder();
  const tenant = `{ tenantId: ${tenantId}, auth: { method: azure-cli }, clientSecret: ${secret} }`;
  const { diagnostics } = await folder.load(config({ tenant }));
  expect(diagnostics.map(({ code }) => code)).toEqual(["unknown-key", "secret-in-config"]);
});

test("an excerpt shows the name of a variable, which is no secret", async () => {
  using folder = configFolder();
  const tenant = `\n    tenantId: ${tenantId}\n    auth:\n      method: client-secret\n      clientId: c\n      clientSecret: "\${env:CONTOSO}"`;
  const { diagnostics } = await folder.load(config({ tenant }));
  expect(diagnostics).toMatchObject([{ code: "missing-environment-variable", severity: "error" }]);
  expect(diagnostics[0]?.excerpt).toContain("${env:CONTOSO}");
});

test("what a variable holds is in no error and not in the digest", async () => {
  using folder = configFolder();
  const text = config({
    tenant:
      '{ tenantId: "${env:A}", cloud: "${env:A}", endpoints: { graph: "${env:A}" }, auth: { method: azure-cli } }',
    source: '{ kind: users, tenant: practice, filter: "${env:A}" }',
  });
  const { diagnostics } = await folder.load(text, { env: { A: secret } });
  expect(diagnostics.map(({ code }) => code)).toEqual([
    "invalid-value",
    "invalid-value",
    "invalid-value",
    "reference-not-allowed",
  ]);
  expect(JSON.stringify(diagnostics)).not.toContain(secret);
  const sandbox = config({ tenant: '{ sandbox: "${env:A}" }' });
  const outside = await folder.load(sandbox, { env: { A: `/${secret}` } });
  expect(outside.diagnostics).toMatchObject([{ code: "path-outside" }]);
  expect(JSON.stringify(outside.diagnostics)).not.toContain(secret);
  const [one, other] = await Promise.all(
    ["a.json", "b.json"].map((A) => folder.load(undefined, { env: { A } })),
  );
  expect(one?.config?.tenants.get("practice")).toMatchObject({ path: join(folder.path, "a.json") });
  expect(one?.config?.digest).toBe(other?.config?.digest);
});
