import { symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { config, configFolder, tenantId } from "./world.ts";

const secret = "hunter2hunter2";

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

const withFile = (path: string): string =>
  config({
    tenant: `{ tenantId: ${tenantId}, auth: { method: client-secret, clientId: c, clientSecret: "\${file:${path}}" } }`,
  });

test("a secret comes from a file beside the config, or from wherever one is mounted", async () => {
  using folder = configFolder();
  using elsewhere = configFolder();
  folder.write("secret", ` ${secret}\n`);
  elsewhere.write("secret", secret);
  for (const path of ["secret", "./secret", join(elsewhere.path, "secret")]) {
    const { config: loaded } = await folder.load(withFile(path));
    expect(loaded?.tenants.get("practice")).toMatchObject({ auth: { clientSecret: secret } });
  }
});

test("a file with a secret is refused where it leads out of the folder, is empty, no file or too large", async () => {
  using folder = configFolder();
  using elsewhere = configFolder();
  elsewhere.write("secret", secret);
  folder.write("empty", "\n");
  folder.write("large", "x".repeat(65 * 1024));
  folder.write("folder/x", "");
  symlinkSync(join(elsewhere.path, "secret"), join(folder.path, "link"));
  for (const path of ["empty", "large", "folder", "none", "/dev/zero"]) {
    expect(await folder.problems(withFile(path))).toEqual([expect.stringMatching(/^missing-file 3:/)]);
  }
  for (const path of ["../secret", "link"]) {
    expect(await folder.problems(withFile(path))).toEqual([expect.stringMatching(/^path-outside 3:/)]);
  }
});

test("a path of a secret that leads out of the folder is an error offline, too: it will never be right", async () => {
  using folder = configFolder();
  for (const auth of [
    '{ method: client-secret, clientId: c, clientSecret: "${file:../secret}" }',
    "{ method: client-certificate, clientId: c, certificateFile: ../key.pem }",
    "{ method: workload-identity, clientId: c, tokenFile: ../token }",
  ]) {
    const text = config({ tenant: `{ tenantId: ${tenantId}, auth: ${auth} }` });
    const { config: loaded, diagnostics } = await folder.load(text, { secrets: "optional" });
    expect(loaded).toBeNull();
    expect(diagnostics).toMatchObject([{ code: "path-outside", severity: "error" }]);
  }
});

test("offline a value that is not there is a warning, and nothing else is said of it", async () => {
  using folder = configFolder();
  const auths = [
    '{ method: client-secret, clientId: "${env:NO}", clientSecret: "${env:NO}" }',
    '{ method: client-certificate, clientId: c, certificate: "${file:no.pem}", certificatePassword: "${env:NO}" }',
    "{ method: client-certificate, clientId: c, certificateFile: no.pem }",
    '{ method: client-certificate, clientId: c, certificateFile: "${env:NO}" }',
    '{ method: workload-identity, clientId: c, tokenFile: "${env:NO}" }',
  ];
  for (const auth of auths) {
    const text = config({
      tenant: `{ tenantId: "\${env:NO}", organization: "\${env:NO}", cloud: "\${env:NO}", endpoints: { graph: "\${env:NO}" }, auth: ${auth} }`,
    });
    const { config: loaded, diagnostics } = await folder.load(text, { secrets: "optional" });
    expect(loaded?.tenants.get("practice")).toMatchObject({
      tenantId: "",
      endpoints: { graph: "https://graph.microsoft.com" },
    });
    expect(new Set(diagnostics.map(({ severity }) => severity))).toEqual(new Set(["warning"]));
    expect(diagnostics.map(({ code }) => code)).not.toContain("invalid-value");
    const needed = await folder.load(text);
    expect(needed.config).toBeNull();
    expect(needed.diagnostics.map(({ code }) => code)).not.toContain("invalid-value");
  }
  const sandbox = config({ tenant: '{ sandbox: "${env:NO}" }' });
  expect((await folder.load(sandbox, { secrets: "optional" })).diagnostics).toMatchObject([
    { code: "missing-environment-variable", severity: "warning" },
  ]);
});

test("a variable that is empty, or only looks like one, is missing", async () => {
  using folder = configFolder();
  const tenant = (name: string): string => config({ tenant: `{ sandbox: "\${env:${name}}" }` });
  expect(await folder.problems(tenant("A"), { A: "" })).toEqual(["missing-environment-variable 3:24"]);
  expect(await folder.problems(tenant("toString"))).toEqual(["missing-environment-variable 3:24"]);
});

test.for(["${ENV:A}", "${env:}", "${env:A", "${A}", "${vault:x}"])(
  "a reference that is not understood is an error: %s",
  async (text) => {
    using folder = configFolder();
    const found = await folder.problems(config({ tenant: `{ sandbox: '${text}' }` }), { A: "x" });
    expect(found).toEqual(["malformed-reference 3:24"]);
  },
);

test("every way to sign in is resolved", async () => {
  using folder = configFolder();
  writeFileSync(join(folder.path, "key.pem"), "PEM\n");
  const env = { SECRET: secret, AZURE_FEDERATED_TOKEN_FILE: "/mounted/token" };
  const auth = async (text: string): Promise<unknown> => {
    const { config: loaded, diagnostics } = await folder.load(
      config({ tenant: `{ tenantId: ${tenantId}, auth: ${text} }` }),
      { env },
    );
    const tenant = loaded?.tenants.get("practice");
    return tenant?.kind === "microsoft" ? tenant.auth : diagnostics.map(({ code }) => code);
  };
  const clientId = "c";
  expect(await auth('{ method: client-secret, clientId: c, clientSecret: "${env:SECRET}" }')).toEqual({
    method: "client-secret",
    clientId,
    clientSecret: secret,
  });
  const method = "client-certificate";
  const certificatePassword = "";
  const both = 'certificate: "${env:SECRET}", certificateFile: key.pem';
  expect(await auth('{ method: client-certificate, clientId: c, certificate: "${env:SECRET}" }')).toEqual({
    method,
    clientId,
    certificate: secret,
    certificatePassword,
  });
  expect(await auth("{ method: client-certificate, clientId: c, certificateFile: key.pem }")).toEqual({
    method,
    clientId,
    certificate: "PEM",
    certificatePassword,
  });
  expect(await auth(`{ method: client-certificate, clientId: c, ${both} }`)).toEqual(["missing-key"]);
  expect(await auth("{ method: client-certificate, clientId: c }")).toEqual(["missing-key"]);
  expect(await auth("{ method: client-certificate, clientId: c, certificateFile: ../key.pem }")).toEqual([
    "path-outside",
  ]);
  expect(await auth("{ method: github-oidc, clientId: c }")).toEqual({ method: "github-oidc", clientId });
  expect(await auth("{ method: workload-identity, clientId: c }")).toEqual({
    method: "workload-identity",
    clientId,
    tokenFile: "/mounted/token",
  });
  expect(await auth("{ method: workload-identity, clientId: c, tokenFile: token }")).toMatchObject({
    tokenFile: join(folder.path, "token"),
  });
  expect(await auth("{ method: workload-identity, clientId: c, tokenFile: ../token }")).toEqual([
    "path-outside",
  ]);
  expect(await auth("{ method: managed-identity }")).toEqual({ method: "managed-identity", clientId: "" });
  expect(await auth("{ method: azure-cli }")).toEqual({ method: "azure-cli" });
  expect(await auth("{ method: azure-cli, clientId: c }")).toEqual(["unknown-key"]);
});

test("a workload identity without a token is an error where somebody signs in", async () => {
  using folder = configFolder();
  const text = config({
    tenant: `{ tenantId: ${tenantId}, auth: { method: workload-identity, clientId: c } }`,
  });
  expect(await folder.problems(text)).toEqual(["missing-key 3:79"]);
  expect((await folder.load(text, { secrets: "optional" })).diagnostics).toEqual([]);
});

test("each cloud has its endpoints, and what the config says goes before them", async () => {
  using folder = configFolder();
  const endpointsOf = async (more: string): Promise<unknown> => {
    const { config: loaded } = await folder.load(
      config({ tenant: `{ tenantId: ${tenantId.toUpperCase()}, auth: { method: azure-cli }${more} }` }),
    );
    const tenant = loaded?.tenants.get("practice");
    expect(tenant).toMatchObject({ tenantId });
    return tenant?.kind === "microsoft" ? tenant.endpoints : null;
  };
  expect(await endpointsOf("")).toEqual({
    authority: "https://login.microsoftonline.com",
    graph: "https://graph.microsoft.com",
    exchange: "https://outlook.office365.com",
  });
  expect(await endpointsOf(", cloud: gcc-high")).toMatchObject({
    authority: "https://login.microsoftonline.us",
    graph: "https://graph.microsoft.us",
  });
  expect(await endpointsOf(", cloud: dod")).toMatchObject({ graph: "https://dod-graph.microsoft.us" });
  expect(await endpointsOf(", cloud: china")).toMatchObject({
    authority: "https://login.chinacloudapi.cn",
    graph: "https://microsoftgraph.chinacloudapi.cn",
  });
  expect(await endpointsOf(", endpoints: { graph: 'https://localhost:8443//' }")).toMatchObject({
    authority: "https://login.microsoftonline.com",
    graph: "https://localhost:8443",
  });
});

test.for([
  "http://localhost",
  "https://user@localhost",
  "https://localhost/path",
  "https://localhost?q",
  "localhost",
  "ftp://x",
])("tokens are not sent to %s", async (url) => {
  using folder = configFolder();
  const tenant = `{ tenantId: ${tenantId}, endpoints: { graph: '${url}' }, auth: { method: azure-cli } }`;
  expect(await folder.problems(config({ tenant }))).toEqual([expect.stringMatching(/^invalid-value 3:/)]);
});
