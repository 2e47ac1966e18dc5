import { describe, expect, test } from "vitest";
import { told } from "./world.ts";

const contosoId = "5b0c4f7e-0000-4000-8000-0000000000c0";
const fabrikamId = "5b0c4f7e-0000-4000-8000-0000000000fa";

describe("domains", () => {
  const two = (tenants: string, one: string, other: string): string => `version: 1
tenants:
${tenants}sources:
  staff: { kind: csv, path: a.csv, id: no }
syncs:
  one: { owner: 0d9f6c3a-5a39-4a53-9b1a-6f8f0d1f3c11, from: [staff], to: { kind: mail-contacts, ${one} } }
  other: { owner: 0d9f6c3a-5a39-4a53-9b1a-6f8f0d1f3c12, from: [staff], to: { kind: mail-contacts, ${other} } }
`;
  const microsoft = (name: string, id: string): string =>
    `  ${name}: { tenantId: ${id}, organization: ${name}.onmicrosoft.com, auth: { method: azure-cli } }\n`;

  test("are claimed once in a tenant, whatever name the tenant has in the config", async () => {
    const same = microsoft("a", contosoId) + microsoft("b", contosoId);
    expect(
      await told(two(same, "tenant: a, ownedDomains: [x.example]", "tenant: b, ownedDomains: [X.Example]")),
    ).toEqual(["domain-claimed-twice ["]);
  });

  test("may be claimed in each of two tenants, and below each other", async () => {
    const both = microsoft("a", contosoId) + microsoft("b", fabrikamId);
    expect(
      await told(two(both, "tenant: a, ownedDomains: [x.example]", "tenant: b, ownedDomains: [x.example]")),
    ).toEqual([]);
    expect(
      await told(
        two(
          microsoft("a", contosoId),
          "tenant: a, ownedDomains: [x.example]",
          "tenant: a, ownedDomains: [sub.x.example]",
        ),
      ),
    ).toEqual([]);
  });

  test.each(["gmail.com", "Outlook.com", "hotmail.com", "yahoo.com", "icloud.com", "gmx.de"])(
    "%s is a public one, and may be meant",
    async (domain) => {
      const tenants = microsoft("a", contosoId) + microsoft("b", fabrikamId);
      const other = "tenant: b, ownedDomains: [x.example]";
      expect(await told(two(tenants, `tenant: a, ownedDomains: [${domain}]`, other))).toEqual([
        "public-domain [",
      ]);
      expect(
        await told(two(tenants, `tenant: a, ownedDomains: [${domain}], publicDomains: [${domain}]`, other)),
      ).toEqual([]);
    },
  );
});

describe("what only one kind of target knows", () => {
  const one = (to: string, more: string): string => `version: 1
tenants:
  a: { tenantId: ${contosoId}, organization: a.onmicrosoft.com, auth: { method: azure-cli } }
sources:
  staff: { kind: csv, path: a.csv, id: no }
syncs:
  one:
    owner: 0d9f6c3a-5a39-4a53-9b1a-6f8f0d1f3c11
    from: [staff]
    to: ${to}
    ${more}
`;
  const mail = "{ kind: mail-contacts, tenant: a, ownedDomains: [x.example] }";
  const mailbox = "{ kind: mailbox-contacts, tenant: a, mailboxes: { all: true } }";

  test.each([
    [mail, "photos: true", "option-not-of-target photos"],
    [mail, "categories: [A]", "option-not-of-target categories"],
    [mailbox, "deletion: { grace: 30d }", "option-not-of-target deletion"],
    [mail, "fields: { officeLocation: person.department }", "field-not-of-target officeLocation"],
    [mailbox, "fields: { office: person.department }", "field-not-of-target office"],
    [mail, "fields: { alias: person.mailNickname }", "unknown-key alias"],
  ])("%s %s", async (to, more, expected) => {
    expect(await told(one(to, more))).toEqual([expected]);
  });

  test("the stamp's attribute may be left alone in so many words, and another one be mapped", async () => {
    expect(
      await told(one(mail, "fields: { customAttribute15: null, customAttribute14: person.department }")),
    ).toEqual([]);
  });
});
