import { writeFileSync } from "node:fs";
import path from "node:path";
import { createSandboxFile } from "../../src/sandbox/create.ts";
import { openSandbox } from "../../src/sandbox/sandbox.ts";
import { textOf } from "../../src/sandbox/tenant/tenant.ts";
import { openHttpsTenant } from "../../test/fakes/https-tenant.ts";
import { systemClock } from "./system-clock.ts";

/** A sandbox tenant of some 500 people behind TLS, served by this process. */
export interface BenchTenant {
  /** Writes a config for so many of its mailboxes and gives its path. */
  configFor(mailboxes: number): string;
  /** What galops needs of the environment to reach it. */
  readonly env: Readonly<Record<string, string>>;
  /** How many requests it has had, but for signing in. */
  requests(): number;
  close(): Promise<void>;
}

/** Some of these are disabled or have no mailbox, and are nobody's contact. */
const users = 520;
const [clientId, clientSecret] = ["6a3d0000-0000-4000-8000-00000000000c", "bench"];

/** @param folder - where its file and the configs are put */
export async function openBenchTenant(folder: string): Promise<BenchTenant> {
  const file = path.join(folder, "bench.tenant.json");
  const made = createSandboxFile(file, {
    seed: 1,
    users,
    domain: "contoso.com",
    organization: "contoso.onmicrosoft.com",
  });
  const withMailbox = [...made.users.values()].filter(
    (user) => made.mailboxes.has(user.id) && user["accountEnabled"] === true,
  );
  const sandbox = await openSandbox(file, { clock: systemClock, random: Math.random });
  const { tenantId } = sandbox;
  const graphOrigin = "https://graph.sandbox.invalid";
  const { fetch } = sandbox;
  const tenant = await openHttpsTenant({ fetch, graphOrigin, tenantId, clientId, clientSecret });
  return {
    configFor(mailboxes) {
      if (mailboxes > withMailbox.length) throw new Error(`There are only ${withMailbox.length} mailboxes.`);
      const names = withMailbox.slice(0, mailboxes).map((user) => textOf(user["userPrincipalName"]));
      const config = path.join(folder, `${mailboxes}.yaml`);
      writeFileSync(config, configText(tenant.origin, tenantId, names));
      return config;
    },
    env: { NODE_EXTRA_CA_CERTS: tenant.certificateFile, BENCH_SECRET: clientSecret },
    requests: () => tenant.requests.length,
    async close() {
      await tenant.close();
      await sandbox.close();
    },
  };
}

function configText(origin: string, tenantId: string, mailboxes: readonly string[]): string {
  return `version: 1
tenants:
  contoso:
    tenantId: ${tenantId}
    auth: { method: client-secret, clientId: ${clientId}, clientSecret: "\${env:BENCH_SECRET}" }
    endpoints: { authority: "${origin}", graph: "${origin}" }
sources:
  staff: { kind: users, tenant: contoso }
syncs:
  directory:
    owner: 0d9f6c3a-5a39-4a53-9b1a-6f8f0d1f3c11
    from: [staff]
    to: { kind: mailbox-contacts, tenant: contoso, mailboxes: { users: [${mailboxes.join(", ")}] } }
`;
}
