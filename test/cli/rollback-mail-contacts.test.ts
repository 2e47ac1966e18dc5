import { expect, test } from "vitest";
import { byCodeUnit } from "../../src/model/order.ts";
import { manualClock } from "../fakes/manual-clock.ts";
import { office, owner, tenantFile } from "./office.ts";
import type { Ended, Office } from "./office.ts";

const day = 24 * 3600 * 1000;

interface Partners {
  /** Runs a command so many days after the first. */
  on(days: number, ...argv: readonly string[]): Promise<Ended>;
  /** What Fabrikam keeps, but for ids and times, with managers by their address. */
  kept(): readonly string[];
  /** Gives a contact there another address beside its own. */
  alsoAt(mail: string, address: string): void;
}

/** Contoso's people as mail contacts of Fabrikam. */
async function partners(deletion: string): Promise<Partners> {
  const made = await office(`version: 1
tenants:
  practice: { sandbox: ./${tenantFile} }
  fabrikam: { sandbox: ./fabrikam.tenant.json }
sources:
  staff: { kind: users, tenant: practice }
syncs:
  gal:
    owner: ${owner}
    from: [staff]
    to: { kind: mail-contacts, tenant: fabrikam, ownedDomains: [contoso.com] }
    fields: { manager: person.managerMail }
    deletion: ${deletion}
`);
  const world: Partners = {
    on: (days, ...argv) =>
      made.galopsIn({ clock: manualClock(Date.UTC(2026, 10, 24) + days * day) }, ...argv),
    kept: () => keptIn(made),
    alsoAt(mail, address) {
      const tenant = JSON.parse(made.read("fabrikam.tenant.json")) as {
        readonly orgContacts: readonly { readonly mail: string; readonly proxyAddresses: string[] }[];
      };
      tenant.orgContacts.find((contact) => contact.mail === mail)?.proxyAddresses.push(address);
      made.write("fabrikam.tenant.json", JSON.stringify(tenant));
    },
  };
  await world.on(0, "sandbox", "init", "fabrikam.tenant.json", "--company", "fabrikam");
  const first = await world.on(0, "apply", "--auto-approve");
  if (first.code !== 0) throw new Error(first.stderr);
  return world;
}

function keptIn({ read }: Office): readonly string[] {
  const { orgContacts } = JSON.parse(read("fabrikam.tenant.json")) as {
    readonly orgContacts: readonly Readonly<Record<string, unknown>>[];
  };
  const mails = new Map(orgContacts.map(({ id, mail }) => [id, mail]));
  return orgContacts
    .map((contact) => JSON.stringify({ ...contact, manager: mails.get(contact["manager"]) ?? null }, keptOf))
    .toSorted(byCodeUnit);
}

/** Without ids and times, in one order. */
function keptOf(name: string, value: unknown): unknown {
  if (/^(?:id|When.*)$/u.test(name)) return undefined;
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([one], [other]) => byCodeUnit(one, other)));
}

function edit(world: Partners, ...argv: readonly string[]): Promise<Ended> {
  const [kind = "", ...more] = argv;
  return world.on(0, "sandbox", "edit", kind, tenantFile, ...more);
}

test("a manager who was deleted is made again, and is the manager again of whom he was", async () => {
  const world = await partners("now");
  const before = world.kept();
  const reports = before.filter((contact) => contact.includes('"manager":"eve.oconnor@contoso.com"'));
  expect(reports.length).toBeGreaterThan(1);
  await edit(world, "disable-user", "eve.oconnor@contoso.com");
  const applied = await world.on(1, "apply", "--auto-approve");
  expect(applied.stdout).toContain(`0 created, ${reports.length} updated, 1 deleted.`);
  const back = await world.on(2, "rollback", "last", "--auto-approve");
  expect(back.stdout).toContain(`1 created, ${reports.length} updated, 0 deleted.`);
  expect(back.code).toBe(0);
  expect(world.kept()).toEqual(before);
});

test("who was hidden for the grace is shown again, and who was shown again is hidden since the same day", async () => {
  const world = await partners("{ grace: 30d }");
  const shown = world.kept();
  await edit(world, "disable-user", "dana@contoso.com");
  await world.on(3, "apply", "--auto-approve");
  const hidden = world.kept();
  expect(hidden.filter((contact) => contact.includes("hidden=2026-11-27"))).toHaveLength(1);
  expect((await world.on(4, "rollback", "last", "--auto-approve")).code).toBe(0);
  expect(world.kept()).toEqual(shown);

  await world.on(3, "apply", "--auto-approve");
  await edit(world, "set-user", "dana@contoso.com", "accountEnabled=true");
  await world.on(9, "apply", "--auto-approve");
  expect(world.kept().some((contact) => contact.includes("hidden="))).toBe(false);
  expect((await world.on(10, "rollback", "last", "--auto-approve")).code).toBe(0);
  expect(world.kept()).toEqual(hidden);
});

/** What an administrator gave to a contact, none of it a field of a sync. */
const byHand = [
  "Name=Dana at Contoso",
  "SimpleDisplayName=Dana",
  "PhoneticDisplayName=dah-na",
  "TelephoneAssistant=+48 1",
  "PostOfficeBox=PO 1",
  "ExtensionCustomAttribute1=vip",
  "RequireSenderAuthenticationEnabled=true",
] as const;

test("what is made again has what no sync decides about, too, and its plan says what it lacks", async () => {
  const world = await partners("now");
  const file = "fabrikam.tenant.json";
  await world.on(0, "sandbox", "edit", "set-mail-contact", file, "dana@contoso.com", ...byHand);
  world.alsoAt("dana@contoso.com", "smtp:dana.mueller@contoso.com");
  const before = world.kept();
  expect(before.filter((contact) => contact.includes("Dana at Contoso"))).toHaveLength(1);
  await edit(world, "disable-user", "dana@contoso.com");
  await world.on(1, "apply", "--auto-approve");
  const back = await world.on(2, "rollback", "last", "--auto-approve");
  expect(back.code).toBe(0);
  expect(back.stderr).toMatch(/1 mail contact is created again\..* group memberships/s);
  expect(world.kept()).toEqual(before);
});

test("an address that somebody else has by now keeps nothing else from being brought back", async () => {
  const world = await partners("now");
  world.alsoAt("dana@contoso.com", "smtp:dana.mueller@contoso.com");
  await edit(world, "disable-user", "dana@contoso.com");
  await world.on(1, "apply", "--auto-approve");
  world.alsoAt("olga@contoso.com", "smtp:dana.mueller@contoso.com");
  const back = await world.on(2, "rollback", "last", "--auto-approve");
  expect(back.code).toBe(3);
  expect(back.stderr).toContain("address-in-use");
  const [dana = ""] = world.kept().filter((contact) => contact.includes("SMTP:dana@contoso.com"));
  expect(dana).toMatch(/galops:.*/);
});
