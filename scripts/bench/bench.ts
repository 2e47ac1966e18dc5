/**
 * What a plan without changes costs: galops in a process of its own, against sandbox tenants behind TLS in this one,
 * so that only galops' own work is counted. `npm run bench`.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { createSandboxFile } from "../../src/sandbox/create.ts";
import { openSandbox } from "../../src/sandbox/sandbox.ts";
import { textOf } from "../../src/sandbox/tenant.ts";
import { openHttpsTenant } from "../../test/fakes/https-tenant.ts";
import { systemClock } from "./system-clock.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const bin = path.join(root, "dist/cli/bin.js");
const people = 500;

interface Figures {
  readonly mailboxes: number;
  readonly contacts: number;
  readonly cpuSeconds: number;
  readonly peakMegabytes: number;
  readonly requests: number;
  readonly wallSeconds: number;
}

async function measure(mailboxes: number): Promise<Figures> {
  const folder = mkdtempSync(path.join(tmpdir(), "galops-bench-"));
  const file = path.join(folder, "bench.tenant.json");
  const made = createSandboxFile(file, {
    seed: 1,
    users: people + 20,
    domain: "contoso.com",
    organization: "contoso.onmicrosoft.com",
  });
  const withMailbox = [...made.users.values()].filter(
    (user) => made.mailboxes.has(user.id) && user["accountEnabled"] === true,
  );
  const targets = withMailbox.slice(0, mailboxes).map((user) => textOf(user["userPrincipalName"]));
  const sandbox = await openSandbox(file, { clock: systemClock, random: Math.random });
  const [clientId, clientSecret] = ["6a3d0000-0000-4000-8000-00000000000c", "bench"];
  const tenant = await openHttpsTenant({
    fetch: sandbox.fetch,
    graphOrigin: "https://graph.sandbox.invalid",
    tenantId: sandbox.tenantId,
    clientId,
    clientSecret,
  });
  writeFileSync(
    path.join(folder, "galops.yaml"),
    configFor(tenant.origin, sandbox.tenantId, clientId, targets),
  );
  const usage = path.join(folder, "usage.json");
  const galops = async (...args: string[]): Promise<void> => {
    const env = {
      PATH: process.env["PATH"],
      NODE_EXTRA_CA_CERTS: tenant.certificateFile,
      BENCH_SECRET: clientSecret,
      BENCH_USAGE: usage,
    };
    const options = ["--import", path.join(root, "scripts/bench/usage.ts")];
    const child = spawn(process.execPath, [...options, bin, ...args, "--quiet"], {
      cwd: folder,
      env,
      stdio: ["ignore", "ignore", "inherit"],
    });
    const [code] = (await once(child, "close")) as [number];
    if (code !== 0) throw new Error(`galops ${args.join(" ")} ended with ${code}`);
  };
  try {
    await galops("apply", "--auto-approve");
    const before = tenant.requests.length;
    const start = performance.now();
    await galops("plan", "--detailed-exitcode");
    const wallSeconds = (performance.now() - start) / 1000;
    const used = JSON.parse(readFileSync(usage, "utf8")) as { cpuSeconds: number; peakMegabytes: number };
    return {
      mailboxes,
      contacts: mailboxes * people,
      ...used,
      requests: tenant.requests.length - before,
      wallSeconds,
    };
  } finally {
    await tenant.close();
    await sandbox.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function configFor(origin: string, tenantId: string, clientId: string, mailboxes: readonly string[]): string {
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

const small = await measure(50);
const large = await measure(100);
console.log("mailboxes  contacts  CPU s  peak MB  requests  wall s  contacts per CPU s");
for (const { mailboxes, contacts, cpuSeconds, peakMegabytes, requests, wallSeconds } of [small, large]) {
  const columns = [
    mailboxes,
    contacts,
    cpuSeconds.toFixed(2),
    peakMegabytes.toFixed(0),
    requests,
    wallSeconds.toFixed(2),
    Math.round(contacts / cpuSeconds),
  ];
  console.log(
    columns.map((column, index) => String(column).padStart([9, 8, 5, 7, 8, 6, 18][index] ?? 0)).join("  "),
  );
}
const marginal = (large.contacts - small.contacts) / (large.cpuSeconds - small.cpuSeconds);
console.log(`Beyond start and sources: ${Math.round(marginal)} contacts per CPU second.`);
