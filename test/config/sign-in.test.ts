import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { config, configFolder, secret, tenantId } from "./world.ts";

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
