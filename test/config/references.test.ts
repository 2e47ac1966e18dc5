import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { config, configFolder, secret, tenantId } from "./world.ts";

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
  for (const path of ["empty", "large", "folder", "none"]) {
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

test("what references gave is known with what is written, to be shown in its place", async () => {
  using folder = configFolder();
  const auth = '{ method: workload-identity, clientId: "${env:ID}", tokenFile: "/${env:FILE}" }';
  const endpoints =
    '{ graph: "https://${env:HOST}.example/", exchange: "${env:URL}", authority: "https://a.example" }';
  const text = config({ tenant: `{ tenantId: ${tenantId}, auth: ${auth}, endpoints: ${endpoints} }` });
  const { config: loaded } = await folder.load(text, {
    env: {
      ID: "an-id",
      FILE: "token",
      HOST: "Canary",
      URL: "https://b.example:8443",
      GALOPS_ENDPOINT_HOSTS: "a.example, b.example,canary.example",
    },
  });
  const tenant = loaded?.tenants.get("practice");
  expect(tenant?.kind === "microsoft" ? [...(tenant.references ?? [])] : null).toEqual([
    ["canary.example", "${env:HOST}.example"],
    ["Canary.example", "${env:HOST}.example"],
    ["b.example:8443", "${env:URL}"],
    ["an-id", "${env:ID}"],
    ["/token", "/${env:FILE}"],
  ]);
});
