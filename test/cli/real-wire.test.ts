import path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { openSandbox } from "../../src/sandbox/sandbox.ts";
import { openHttpsTenant } from "../fakes/https-tenant.ts";
import type { HttpsTenant } from "../fakes/https-tenant.ts";
import { manualClock } from "../fakes/manual-clock.ts";
import { clientId } from "../fakes/tenant-config.ts";
import { galopsProcess } from "./galops-process.ts";
import { office, tenantFile } from "./office.ts";
import type { Ended, Office } from "./office.ts";

// The whole job as a user has it with a real tenant: a process of its own, TLS, sign-in and a proxy. Only the tenant
// behind the wire is an embedded one.

const secret = "kR8~right.secret";

interface Wire {
  readonly tenant: HttpsTenant;
  readonly office: Office;
  /** Runs the program with a secret in its environment. */
  galops(env: Readonly<Record<string, string>>, ...argv: readonly string[]): Promise<Ended>;
}

async function wire(more: { readonly requestsPerToken?: number } = {}): Promise<Wire> {
  const made = await office();
  const sandbox = await openSandbox(path.join(made.folder, tenantFile), {
    clock: manualClock(),
    random: () => 0,
  });
  const tenant = await openHttpsTenant({
    fetch: sandbox.fetch,
    graphOrigin: "https://graph.sandbox.invalid",
    tenantId: sandbox.tenantId,
    clientId,
    clientSecret: secret,
    ...more,
  });
  onTestFinished(async () => {
    await tenant.close();
    await sandbox.close();
  });
  made.write("galops.yaml", configFor(tenant, sandbox.tenantId));
  return {
    tenant,
    office: made,
    galops: (env, ...argv) =>
      galopsProcess(made.folder, { NODE_EXTRA_CA_CERTS: tenant.certificateFile, ...env }, ...argv),
  };
}

/** What was asked for, without which properties of it. */
function asked(requests: readonly string[]): readonly string[] {
  return requests.map((request) => request.split("?")[0] ?? "").toSorted();
}

function configFor({ origin }: HttpsTenant, tenantId: string): string {
  return `version: 1
tenants:
  contoso:
    tenantId: ${tenantId}
    auth: { method: client-secret, clientId: ${clientId}, clientSecret: "\${env:CONTOSO_SECRET}" }
    endpoints: { authority: "${origin}", graph: "${origin}" }
sources:
  staff: { kind: users, tenant: contoso }
syncs:
  phones:
    owner: 0d9f6c3a-5a39-4a53-9b1a-6f8f0d1f3c11
    from: [staff]
    photos: true
    to: { kind: mailbox-contacts, tenant: contoso, mailboxes: { users: [ann@contoso.com, bo@contoso.com] } }
`;
}

test("plan, apply and plan over TLS, with one sign-in each and nothing written by plan", async () => {
  const { galops, tenant } = await wire();
  const env = { CONTOSO_SECRET: secret };
  const planned = await galops(env, "plan", "--detailed-exitcode");
  expect(planned).toMatchObject({ code: 2, stderr: expect.not.stringContaining("Error:") });
  const written = (): readonly string[] =>
    tenant.requests.filter((request) => !/^GET |\$batch$/.test(request));
  expect([tenant.signIns.length, written()]).toEqual([1, []]);

  const applied = await galops(env, "apply", "--auto-approve");
  expect(applied.stdout).toContain("Apply complete!");
  expect(applied.code).toBe(0);
  expect(written().some((request) => request.endsWith("/photo/$value"))).toBe(true);

  const again = await galops(env, "plan", "--detailed-exitcode");
  expect(again.stdout).toContain("No changes.");
  expect(again.code).toBe(0);
}, 60_000);

test("a plan that is compared with a base asks for nothing twice, whatever the base wants besides", async () => {
  const { galops, tenant, office: there } = await wire();
  const env = { CONTOSO_SECRET: secret };
  const own = there.read("galops.yaml");
  there.write("base.yaml", own.replace("photos: true", "categories: [Colleagues]"));
  await galops(env, "plan");
  const alone = asked(tenant.requests.splice(0));
  const compared = await galops(env, "plan", "--base", "base.yaml");
  expect(compared).toMatchObject({ code: 0, stdout: expect.stringContaining("pending on the base") });
  expect(asked(tenant.requests)).toEqual(alone);
  expect(alone).toContain("GET /v1.0/users");
}, 60_000);

test("managers are read where the plan, or the base it is compared with, asks for them", async () => {
  const { galops, tenant, office: there } = await wire();
  const env = { CONTOSO_SECRET: secret };
  const own = there.read("galops.yaml");
  const leftAlone = own.replace("photos: true", "fields: { manager: null }");
  const managersRead = async (...argv: readonly string[]): Promise<number> => {
    tenant.requests.splice(0);
    expect(await galops(env, "plan", ...argv)).toMatchObject({ code: 0 });
    return tenant.requests.filter((request) => request.includes("$expand=manager")).length;
  };
  expect(await managersRead()).toBe(1);
  there.write("galops.yaml", leftAlone);
  expect(await managersRead()).toBe(0);
  there.write("base.yaml", own.replace("kind: users,", "kind: users, where: person.managerName != '',"));
  expect(await managersRead("--base", "base.yaml")).toBe(1);
}, 60_000);

test("a token that is refused before its time is renewed, and the work goes on", async () => {
  const { galops, tenant } = await wire({ requestsPerToken: 15 });
  const env = { CONTOSO_SECRET: secret };
  expect(await galops(env, "apply", "--auto-approve")).toMatchObject({ code: 0 });
  expect(tenant.signIns.length).toBeGreaterThan(1);
  expect((await galops(env, "plan")).stdout).toContain("No changes.");
}, 60_000);

test("the proxy of the environment is used for sign-in and for Graph", async () => {
  const { galops, tenant } = await wire();
  const env = { CONTOSO_SECRET: secret, HTTPS_PROXY: tenant.proxy };
  expect(await galops(env, "plan")).toMatchObject({ code: 0 });
  expect(new Set(tenant.tunnels)).toEqual(new Set([new URL(tenant.origin).host]));
  expect(tenant.tunnels.length).toBeGreaterThan(1);
}, 60_000);

test.each([
  ["a wrong secret", { CONTOSO_SECRET: "wrong~secret" }, /secret/i, 3],
  ["no secret", {}, /CONTOSO_SECRET/, 1],
  ["a certificate that nobody knows", { CONTOSO_SECRET: secret, NODE_EXTRA_CA_CERTS: "" }, /certificate/i, 3],
] as const)(
  "with %s plan and apply end in words, and nothing changed",
  async (_, env, words, applied) => {
    const { galops, tenant } = await wire();
    for (const [ending, ...argv] of [
      [1, "plan"],
      [applied, "apply", "--auto-approve"],
    ] as const) {
      const { code, stdout, stderr } = await galops(env, ...argv);
      expect(stderr).toMatch(words);
      expect(stderr).not.toMatch(/^\s+at /m);
      expect(stdout + stderr).not.toContain("wrong~secret");
      expect(code).toBe(ending);
    }
    expect(tenant.requests).toEqual([]);
  },
  60_000,
);

test("without a network plan says so", async () => {
  const { galops, tenant } = await wire();
  await tenant.close();
  const { code, stderr } = await galops({ CONTOSO_SECRET: secret }, "plan");
  expect(code).toBe(1);
  // Once, although users, managers and mailboxes are asked for; with the host and the reason.
  expect(stderr.match(/Error:/g)).toHaveLength(1);
  expect(stderr.replaceAll(/\n│ /g, " ")).toContain(`${new URL(tenant.origin).host} refused the connection`);
  expect(stderr).not.toMatch(/^\s+at /m);
}, 60_000);
