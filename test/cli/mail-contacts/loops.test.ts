import { v5 as uuidv5 } from "uuid";
import { describe, expect, test } from "vitest";
import { briefly, partners } from "./partners.ts";
import type { Company, Partners, Planned } from "./partners.ts";

// Who came as a mail contact never travels on or back as a person.

const tenants = `tenants:
  contoso: { sandbox: ./practice.tenant.json }
  fabrikam: { sandbox: ./fabrikam.tenant.json }
`;
const northwind = "  northwind: { sandbox: ./northwind.tenant.json }\n";

/** A sync from a source of one tenant into another one. */
function sync(from: string, to: Company, owner: string, domains: string): string {
  return `  ${from}-in-${to}:
    owner: ${owner}
    from: [${from}]
    to: { kind: mail-contacts, tenant: ${to}, ownedDomains: [${domains}] }
`;
}

const owners = {
  one: "10000000-0000-4000-8000-000000000001",
  other: "10000000-0000-4000-8000-000000000002",
} as const;

/** Whose contacts a tenant has of galops, by the stamp: owner and address of each. */
function arrivals(there: Partners, company: Company): readonly (readonly [string, string])[] {
  return there.tenant(company).orgContacts.flatMap(({ mail, exchange }) => {
    const stamp = exchange?.CustomAttribute15 ?? "";
    return stamp.startsWith("galops:") ? [[stamp.split(":")[1] ?? "", mail] as const] : [];
  });
}

function domainsOf(there: Partners, company: Company): readonly string[] {
  return [...new Set(arrivals(there, company).map(([, mail]) => mail.split("@")[1] ?? ""))].toSorted();
}

/** Who is told to lie outside of what a sync owns. */
function leftOut({ diagnostics }: Planned): readonly string[] {
  return diagnostics.filter(({ code }) => code === "outside-owned-domains").map(({ detail }) => detail);
}

describe("people of both tenants are mail contacts in the other, in one config", () => {
  test("from users: each gets the other's people, guests from there do not come back, and then all is done", async () => {
    const guests = (company: string): string =>
      `  ${company}: { kind: users, tenant: ${company}, types: [member, guest] }\n`;
    const there = await partners(
      `version: 1\n${tenants}sources:\n${guests("contoso")}${guests("fabrikam")}syncs:\n${sync("contoso", "fabrikam", owners.one, "contoso.com")}${sync("fabrikam", "contoso", owners.other, "fabrikam.com")}`,
    );
    await there.apply();
    expect(domainsOf(there, "contoso")).toEqual(["fabrikam.com"]);
    expect(domainsOf(there, "fabrikam")).toEqual(["contoso.com"]);
    const again = await there.plan("--detailed-exitcode");
    expect(again).toMatchObject({ code: 0, summary: { create: 0, update: 0, delete: 0 } });
    // Fabrikam's guest is somebody of Contoso. He is told as one whom the sync cannot have, and not as a change.
    expect(again.changes.map(({ displayName }) => displayName).toSorted()).toEqual(["Ann Ek", "Bo Li"]);
    const [told] = leftOut(again).filter((detail) => detail.includes("fabrikam.com"));
    expect(told).toContain("Bo Li");
  });

  test("from users and organizational contacts: whom galops brought is nobody of the tenant, whatever is owned", async () => {
    const sources = (company: string): string =>
      `  ${company}: { kind: users, tenant: ${company} }\n  ${company}-partners: { kind: org-contacts, tenant: ${company} }\n`;
    const both = (text: string, company: string): string =>
      text.replace(`from: [${company}]`, `from: [${company}, ${company}-partners]`);
    const there = await partners(
      `version: 1\n${tenants}sources:\n${sources("contoso")}${sources("fabrikam")}syncs:\n${both(sync("contoso", "fabrikam", owners.one, "contoso.com, coffee.example"), "contoso")}${both(sync("fabrikam", "contoso", owners.other, "fabrikam.com, printers.example"), "fabrikam")}`,
    );
    const before = await there.plan();
    await there.apply();
    const first = arrivals(there, "contoso");
    const again = await there.plan("--detailed-exitcode");
    expect(again).toMatchObject({ code: 0, summary: { create: 0, update: 0, delete: 0 } });
    // Nobody of them is even left out because of his address: they are not among the people.
    expect(leftOut(again)).toEqual(leftOut(before));
    await there.apply();
    expect(arrivals(there, "contoso")).toEqual(first);
    expect(domainsOf(there, "contoso")).toEqual(["fabrikam.com", "printers.example"]);
  });
});

test("a contact that an administrator made travels on, one of galops does not, and one that was adopted no more", async () => {
  const hub = (control: string): string =>
    `version: 1\n${tenants}${northwind}sources:
  contoso: { kind: users, tenant: contoso }
  fabrikam: { kind: org-contacts, tenant: fabrikam }
syncs:
${sync("contoso", "fabrikam", owners.one, "contoso.com").replace("ownedDomains", `control: ${control}, ownedDomains`)}${sync("fabrikam", "northwind", owners.other, "contoso.com, fabrikam.com")}`;
  const there = await partners(hub("marked"), ["contoso", "fabrikam", "northwind"]);
  await there.apply();
  await there.apply();
  expect(arrivals(there, "fabrikam").length).toBeGreaterThan(10);
  const byHand = ["ann@contoso.com", "helpdesk@contoso.com"].map((mail) => [owners.other, mail]);
  expect(arrivals(there, "northwind")).toEqual(expect.arrayContaining(byHand));
  expect(arrivals(there, "northwind")).toHaveLength(byHand.length);

  there.write("galops.yaml", hub("complete"));
  await there.apply();
  const { changes } = await there.plan();
  expect(briefly(changes)).toContain("delete Ann Ek (Contoso) left");
});

describe("a mesh of three tenants", () => {
  const meshOwner = "5a1e0000-0000-4000-8000-00000000ae5b";
  const companies = ["contoso", "fabrikam", "northwind"] as const;
  const domains = { contoso: "contoso.com", fabrikam: "fabrikam.com", northwind: "northwind.example" };
  const source = (company: Company): string =>
    `  ${company}: { kind: users, tenant: ${company} }\n  ${company}-contacts: { kind: org-contacts, tenant: ${company} }\n`;
  const member = (company: Company): string =>
    `    ${company}: { from: [${company}, ${company}-contacts], ownedDomains: [${domains[company]}] }\n`;
  const config = `version: 1\n${tenants}${northwind}sources:\n${companies.map(source).join("")}mesh:\n  owner: ${meshOwner}\n  members:\n${companies.map(member).join("")}`;

  test("brings everybody everywhere once and nobody back, by owners that follow from the tenants", async () => {
    const there = await partners(config, companies);
    const ids = new Map(companies.map((company) => [company, there.tenant(company).tenantId]));
    const ownerOf = (from: Company, to: Company): string =>
      uuidv5(`${ids.get(from)}/${ids.get(to)}`, meshOwner);
    const pairs = companies.flatMap((from) =>
      companies.filter((to) => to !== from).map((to) => [from, to] as const),
    );
    const { code, stdout } = await there.galops("validate");
    const shown = stdout.split("\n").filter((line) => line.includes("owner"));
    expect([code, shown.map((line) => line.trim().split(/\s+/))]).toEqual([
      0,
      pairs.map(([from, to]) => [`${from}-in-${to}`, "owner", ownerOf(from, to)]),
    ]);
    expect(JSON.parse((await there.galops("validate", "--format", "json")).stdout)).toMatchObject({
      mesh: pairs.map(([from, to]) => ({ sync: `${from}-in-${to}`, owner: ownerOf(from, to) })),
    });

    const before = await there.plan();
    await there.apply();
    const afterOne = new Map(companies.map((company) => [company, arrivals(there, company)]));
    for (const [from, to] of pairs) {
      const arrived = (afterOne.get(to) ?? []).filter(([owner]) => owner === ownerOf(from, to));
      const mails = arrived.map(([, mail]) => mail);
      expect(mails.length).toBeGreaterThan(10);
      expect(mails).toHaveLength(new Set(mails).size);
      expect(mails.every((mail) => mail.endsWith(`@${domains[from]}`))).toBe(true);
    }
    for (const to of companies) {
      expect(domainsOf(there, to)).toEqual(
        companies
          .filter((from) => from !== to)
          .map((from) => domains[from])
          .toSorted(),
      );
    }
    const again = await there.plan("--detailed-exitcode");
    expect(again).toMatchObject({ code: 0, summary: { create: 0, update: 0, delete: 0 } });
    expect(leftOut(again)).toEqual(leftOut(before));
    await there.apply();
    expect(new Map(companies.map((company) => [company, arrivals(there, company)]))).toEqual(afterOne);
  });
});
