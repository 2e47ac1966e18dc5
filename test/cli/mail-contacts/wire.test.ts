import path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { openSandbox } from "../../../src/sandbox/sandbox.ts";
import { openHttpsTenant } from "../../fakes/https-tenant.ts";
import type { HttpsTenant } from "../../fakes/https-tenant.ts";
import { manualClock } from "../../fakes/manual-clock.ts";
import { clientId } from "../../fakes/tenant-config.ts";
import { galopsProcess } from "../galops-process.ts";
import type { Ended } from "../office.ts";
import { files, partners } from "./partners.ts";
import type { Company, Partners } from "./partners.ts";

// Two tenants in both directions as a user has them: a process of its own, TLS, and a sign-in at each tenant for each of
// its services. Only the tenants behind the wire are embedded ones.

const companies = ["contoso", "fabrikam"] as const;
const domains = { contoso: "contoso.com", fabrikam: "fabrikam.com" };

interface Served {
  readonly tenant: HttpsTenant;
  /** What was asked of recipients, in the order of the requests. */
  readonly recipientsAsked: string[];
  /** How many mail contacts there are. */
  contacts(): number;
}

/** The tenant of that company behind real TLS. */
async function served(there: Partners, company: Company): Promise<Served> {
  const sandbox = await openSandbox(path.join(there.folder, files[company]), {
    clock: manualClock(),
    random: () => 0,
    exchange: { pageSize: 2 }, // so that reading takes several
  });
  const recipientsAsked: string[] = [];
  const tenant = await openHttpsTenant({
    gateway(_, body) {
      if (body.includes('"Get-Recipient"')) recipientsAsked.push(body);
      return null;
    },
    fetch: sandbox.fetch,
    graphOrigin: "https://inside.invalid",
    tenantId: sandbox.tenantId,
    clientId,
    clientSecret: `kR8~secret.of.${company}`,
  });
  onTestFinished(async () => {
    await tenant.close();
    await sandbox.close();
  });
  return { tenant, recipientsAsked, contacts: () => sandbox.store.state.orgContacts.size };
}

function configFor(there: Partners, tenants: ReadonlyMap<Company, Served>): string {
  const tenant = (company: Company): string => {
    const origin = tenants.get(company)?.tenant.origin;
    return `  ${company}:
    tenantId: ${there.tenant(company).tenantId}
    organization: ${company}.onmicrosoft.com
    auth: { method: client-secret, clientId: ${clientId}, clientSecret: "\${env:${company.toUpperCase()}_SECRET}" }
    endpoints: { authority: "${origin}", graph: "${origin}", exchange: "${origin}" }
`;
  };
  return `version: 1
tenants:
${companies.map(tenant).join("")}sources:
${companies.map((company) => `  ${company}: { kind: users, tenant: ${company} }\n`).join("")}mesh:
  owner: 5a1e0000-0000-4000-8000-00000000ae5b
  where: person.department == "Legal"
  members:
${companies.map((company) => `    ${company}: { from: [${company}], ownedDomains: [${domains[company]}] }\n`).join("")}`;
}

test("plan, apply and plan for mail contacts over TLS: Exchange's own token, nothing written by plan, then nothing left", async () => {
  const there = await partners();
  const tenants = new Map<Company, Served>();
  for (const company of companies) tenants.set(company, await served(there, company));
  there.write("galops.yaml", configFor(there, tenants));
  const all = [...tenants.values()];
  const env = {
    NODE_EXTRA_CA_CERTS: all[0]?.tenant.certificateFile ?? "",
    CONTOSO_SECRET: "kR8~secret.of.contoso",
    FABRIKAM_SECRET: "kR8~secret.of.fabrikam",
  };
  const galops = (...argv: readonly string[]): Promise<Ended> => galopsProcess(there.folder, env, ...argv);
  const contacts = (): number => all.reduce((sum, one) => sum + one.contacts(), 0);
  const before = contacts();

  const planned = await galops("plan", "--detailed-exitcode");
  expect(planned).toMatchObject({ code: 2, stderr: expect.not.stringContaining("Error:") });
  // One of each company: writes are made at the pace that Exchange allows, and a test should not wait for it.
  expect(planned.stdout).toContain("Plan: 2 to create, 0 to update, 0 to delete.");
  for (const { tenant } of all) {
    expect(new Set(tenant.signIns.map(({ scope }) => scope))).toEqual(
      new Set(["https://graph.microsoft.com/.default", "https://outlook.office365.com/.default"]),
    );
    expect(tenant.signIns).toHaveLength(2);
  }
  expect(contacts()).toBe(before);

  const asked = all.map(({ recipientsAsked }) => recipientsAsked.splice(0));
  expect(asked.flat().length).toBeGreaterThan(0);
  there.write("base.yaml", configFor(there, tenants));
  const compared = await galops("plan", "--base", "base.yaml");
  expect(compared.stdout).toMatch(/pending on the base: +2 to create/u);
  expect(all.map(({ recipientsAsked }) => recipientsAsked)).toEqual(asked);

  const applied = await galops("apply", "--auto-approve");
  expect(applied).toMatchObject({ code: 0 });
  expect(applied.stdout).toContain("Apply complete! 2 created, 0 updated, 0 deleted.");
  expect(contacts()).toBe(before + 2);

  const again = await galops("plan", "--detailed-exitcode");
  expect(again).toMatchObject({ code: 0, stdout: expect.stringContaining("No changes.") });
}, 60_000);
