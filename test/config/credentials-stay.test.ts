import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { config, configFolder, secret, tenantId } from "./world.ts";

// Whoever may change the config need not be somebody who may have the credentials that it is used with.

const client = '{ method: client-secret, clientId: c, clientSecret: "${env:A}" }';

function tenant(auth: string, more = ""): string {
  return config({ tenant: `{ tenantId: ${tenantId}, auth: ${auth}${more} }` });
}

test.for([
  "https://login.microsoftonline.com",
  "https://graph.microsoft.us/",
  "https://partner.outlook.cn:443",
  "https://localhost:8443",
  "https://LOCALHOST",
  "https://galops.localhost:1",
  "https://127.0.0.1:8443",
  "https://127.1.2.3",
  "https://[::1]:8443",
  "https://proxy.contoso.com:8443",
  "https://Graph-Proxy.contoso.com",
])("an endpoint may be %s", async (url) => {
  using folder = configFolder();
  for (const key of ["authority", "graph", "exchange"]) {
    const env = { A: secret, GALOPS_ENDPOINT_HOSTS: "proxy.contoso.com, graph-proxy.contoso.com" };
    const { diagnostics } = await folder.load(tenant(client, `, endpoints: { ${key}: "${url}" }`), { env });
    expect(diagnostics).toEqual([]);
  }
});

test.for([
  "https://evil.example",
  "https://login.microsoftonline.com.evil.example",
  "https://evil-login.microsoftonline.com",
  "https://login.microsoftonline.com.",
  "https://localhost.evil.example",
  "https://127.0.0.1.evil.example",
  String.raw`https://evil.example\\.localhost`,
  "https://10.0.0.1",
  "https://[::ffff:127.0.0.1]",
  "https://notproxy.contoso.com",
])("an endpoint may not be %s, where credentials would go", async (url) => {
  using folder = configFolder();
  for (const key of ["authority", "graph", "exchange"]) {
    for (const auth of [client, "{ method: azure-cli }", "{ method: github-oidc, clientId: c }"]) {
      const text = tenant(auth, `, endpoints: { ${key}: "${url}" }`);
      const env = { A: secret, GALOPS_ENDPOINT_HOSTS: "proxy.contoso.com" };
      const { config: loaded, diagnostics } = await folder.load(text, { env });
      expect(loaded).toBeNull();
      expect(diagnostics).toMatchObject([{ code: "endpoint-not-trusted", severity: "error" }]);
      // Whoever only checks the config has no reason to have the variable.
      const offline = await folder.load(text, { env: { A: secret }, secrets: "optional" });
      expect(offline.diagnostics).toMatchObject([{ code: "endpoint-not-trusted", severity: "warning" }]);
    }
  }
});

test("a host that a reference gives is not trusted for it, and not told", async () => {
  using folder = configFolder();
  const text = tenant(client, ', endpoints: { graph: "https://${env:A}.evil.example" }');
  const { diagnostics } = await folder.load(text, { env: { A: secret } });
  expect(diagnostics).toMatchObject([{ code: "endpoint-not-trusted" }]);
  expect(JSON.stringify(diagnostics)).not.toContain(secret);
});

test("no file of the system is a secret, by whatever way a path leads there", async () => {
  using folder = configFolder();
  using elsewhere = configFolder();
  symlinkSync("/proc/self/environ", join(elsewhere.path, "link"));
  const paths = [
    "/proc/self/environ",
    "/tmp/../proc/self/environ",
    "/dev/zero",
    "/dev/none",
    join(elsewhere.path, "link"),
  ];
  for (const path of paths) {
    for (const auth of [
      `{ method: client-secret, clientId: c, clientSecret: "\${file:${path}}" }`,
      `{ method: client-certificate, clientId: c, certificateFile: ${path} }`,
      `{ method: client-certificate, clientId: c, certificate: "\${file:${path}}" }`,
      `{ method: workload-identity, clientId: c, tokenFile: ${path} }`,
    ]) {
      for (const secrets of ["needed", "optional"] as const) {
        const { diagnostics } = await folder.load(tenant(auth), { secrets });
        expect(diagnostics).toMatchObject([{ code: "path-not-secret", severity: "error" }]);
      }
    }
  }
});

test.for([
  "GALOPS_PLAN_PASSPHRASE",
  "GALOPS_PLAN_IDENTITY",
  "GALOPS_REDACTION_KEY",
  "GITHUB_TOKEN",
  "ACTIONS_ID_TOKEN_REQUEST_TOKEN",
  "CI_JOB_TOKEN",
  "SYSTEM_ACCESSTOKEN",
  "galops_plan_passphrase",
])("the config has no use of %s", async (name) => {
  using folder = configFolder();
  for (const text of [
    tenant(`{ method: client-secret, clientId: c, clientSecret: "\${env:${name}}" }`),
    tenant(client, `, organization: "x\${env:${name}}"`),
  ]) {
    const { config: loaded, diagnostics } = await folder.load(text, { env: { A: "a", [name]: secret } });
    expect(loaded).toBeNull();
    expect(diagnostics).toMatchObject([{ code: "reference-not-allowed", severity: "error" }]);
    expect(JSON.stringify(diagnostics)).not.toContain(secret);
  }
});
