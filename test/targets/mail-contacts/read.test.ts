import { describe, expect, test } from "vitest";
import { BookError } from "../../../src/model/book.ts";
import { TargetError } from "../../../src/model/target.ts";
import type { ExchangeRequest } from "../../../src/sandbox/wire/wire.ts";
import type { ExchangeSettings } from "../../../src/sandbox/tenant/exchange-settings.ts";
import type { MailContactsTarget } from "../../../src/model/config.ts";
import { applyTo, desiredIn, planBook, readAll, settle } from "../../contract/target.ts";
import { rejection } from "../../fakes/graph-world.ts";
import { openMailWorld, owner } from "./world.ts";
import type { MailWorld } from "./world.ts";

const signal = new AbortController().signal;
const at = (local: string): string => `${local}@northwind.example`;

/** A mail contact as somebody else makes it, as the tenant keeps it. */
function put(
  { sandbox }: MailWorld,
  number: number,
  mail: string,
  more: object = {},
  exchange: object = {},
): void {
  const id = `0b0b0b0b-0000-4000-8000-${String(number).padStart(12, "0")}`;
  const value = {
    id,
    displayName: `C${number}`,
    mail,
    mailNickname: `c${number}`,
    ...more,
    exchange: { Name: `c${number}`, ...exchange },
  };
  sandbox.store.commit([{ put: "orgContact", value }]);
}

async function worldWith(
  exchange: Partial<ExchangeSettings>,
  to: Partial<MailContactsTarget> = {},
): Promise<{ readonly world: MailWorld; readonly sent: string[] }> {
  const sent: string[] = [];
  const intercept = (request: { readonly service: string }): undefined => {
    if (request.service === "exchange") sent.push((request as ExchangeRequest).cmdlet);
  };
  return { world: await openMailWorld(to, { exchange, intercept }), sent };
}

async function addresses(world: MailWorld): Promise<readonly string[]> {
  return (await readAll(world)).flatMap(({ fields }) => fields.emailAddresses ?? []).toSorted();
}

async function books(world: MailWorld): Promise<number> {
  let count = 0;
  for await (const _ of world.writer.books(signal)) count++;
  return count;
}

describe("reading mail contacts", () => {
  test("gives those of the owned domains, by whole domain and in any case, and no others", async () => {
    const { world } = await worldWith({}, { ownedDomains: ["northwind.example", "nw.example"] });
    const mails = [
      "a@northwind.example",
      "B@NW.Example",
      "c@sub.northwind.example",
      "d@notnorthwind.example",
      "e@other.example",
    ];
    mails.forEach((mail, index) => put(world, index, mail));
    expect(await addresses(world)).toEqual(["a@northwind.example", "b@nw.example"]);
  });

  test("finds what bears its stamp wherever its address lies by now, and never touches it there", async () => {
    const { world } = await worldWith({});
    const ann = desiredIn(world, "ann", { displayName: "Ann", emailAddresses: ["ann@contoso.com"] });
    await settle(world, [ann]);
    const [live] = await readAll(world);
    await world.exchange.invoke(
      "Set-MailContact",
      { Identity: live?.id ?? "", ExternalEmailAddress: "ann@elsewhere.example" },
      signal,
    );
    for (const desired of [[ann], []]) {
      const changes = await planBook(world, desired);
      expect(changes.map(({ action, withheld }) => [action, withheld])).toEqual([
        [
          desired.length === 0 ? "delete" : "update",
          "Its address is outside the owned domains, where galops changes nothing.",
        ],
      ]);
      // Nor by a plan that somebody tampered with.
      const forced = changes.map((change) => ({ ...change, withheld: null }));
      expect((await applyTo(world, forced)).map(({ status, problem }) => [status, problem?.code])).toEqual([
        ["stale", "contact-not-owned"],
      ]);
    }
  });

  test("never touches what is synchronized from elsewhere, stamped or not", async () => {
    const { world } = await worldWith({}, { control: "complete" });
    put(
      world,
      1,
      at("synced"),
      { onPremisesSyncEnabled: true },
      { CustomAttribute15: `galops:${owner}:x/synced;` },
    );
    const changes = await planBook(world, []);
    expect(changes.map(({ action, withheld }) => [action, withheld])).toEqual([
      ["delete", "It is synchronized from an on-premises directory and can be changed only there."],
    ]);
    const forced = changes.map((change) => ({ ...change, withheld: null }));
    expect((await applyTo(world, forced)).map(({ status }) => status)).toEqual(["stale"]);
  });

  test.each(["nextLink", "nextLink-broken", "silent-cap-1000"] as const)(
    "is complete over several pages, however Exchange pages: %s",
    async (paging) => {
      const { world } = await worldWith({ paging });
      for (let index = 0; index < 1100; index++) put(world, index, at(`p${index}`));
      expect(await readAll(world)).toHaveLength(1100);
    },
  );

  test("asks for no half of a contact by itself that it does not need", async () => {
    const sent: string[] = [];
    const world = await openMailWorld(
      {},
      {
        intercept(request) {
          if (request.service !== "exchange") return undefined;
          sent.push(request.cmdlet);
          // As of contacts of another forest, which are mail contacts and not listed as contacts.
          return request.cmdlet === "Get-Contact" ? Response.json({ value: [] }) : undefined;
        },
      },
    );
    for (let index = 0; index < 30; index++) put(world, index, `p${index}@other.example`);
    await readAll(world);
    expect(sent).toEqual(["Get-MailContact", "Get-Contact"]);
  });

  test("understands domains that Exchange writes in another case", async () => {
    const { world } = await worldWith({ recaseDomains: true });
    const ann = desiredIn(world, "ann", { displayName: "Ann", emailAddresses: ["ann@contoso.com"] });
    await settle(world, [ann]);
    expect(await addresses(world)).toEqual([at("ann")]);
    await settle(world, [
      desiredIn(world, "ann", { displayName: "Ann", emailAddresses: ["ann.ek@contoso.com"] }),
    ]);
  });

  test.each([
    ["no-app-role", "exchange-app-role-missing"],
    ["no-rbac", "exchange-role-missing"],
  ] as const)("without permission (%s) it says what is missing", async (access, code) => {
    const { world } = await worldWith({ access });
    const error = await rejection(readAll(world));
    expect(error).toBeInstanceOf(BookError);
    expect((error as BookError).problem).toMatchObject({ severity: "error", code });
  });
});

describe("where the stamp is kept", () => {
  test("may hold anything outside of the owned domains", async () => {
    const { world } = await worldWith({});
    put(world, 1, "a@other.example", {}, { CustomAttribute15: "cost centre 7" });
    expect(await readAll(world)).toEqual([]);
  });

  test("may hold another owner's stamp, which is never touched under control: marked", async () => {
    const { world } = await worldWith({}, { control: "marked" });
    put(world, 1, at("a"), {}, { CustomAttribute15: "galops:11111111-0000-4000-8000-000000000000:x/a;" });
    expect(await planBook(world, [])).toEqual([]);
    const [live] = await readAll(world);
    if (live === undefined) throw new Error("One contact.");
    const { id, version, marker } = live;
    const forged = {
      action: "delete" as const,
      key: "x/a",
      displayName: "A",
      reason: "left",
      fields: [],
      withheld: null,
      live: { id, version, marker },
    };
    expect((await applyTo(world, [forged])).map(({ problem }) => problem?.code)).toEqual([
      "contact-not-owned",
    ]);
  });

  test("a damaged stamp of ours is mended", async () => {
    const { world } = await worldWith({});
    const ann = desiredIn(world, "ann", { displayName: "Ann", emailAddresses: ["ann@contoso.com"] });
    await settle(world, [ann]);
    const [live] = await readAll(world);
    await world.exchange.invoke(
      "Set-MailContact",
      { Identity: live?.id ?? "", CustomAttribute15: `galops:${owner}` },
      signal,
    );
    const changes = await planBook(world, [ann]);
    expect(changes.map(({ action, reason }) => `${action} ${reason}`)).toEqual(["adopt half-made"]);
    await applyTo(world, changes);
    expect(await planBook(world, [ann])).toEqual([]);
  });
});

describe("domains that the tenant itself receives mail for", () => {
  test("cannot be owned", async () => {
    const { world } = await worldWith({ acceptedDomains: ["contoso.com", "Northwind.Example"] });
    const error = await rejection(books(world));
    expect(error).toBeInstanceOf(TargetError);
    expect((error as TargetError).diagnostic.code).toBe("owned-domain-accepted");
    expect((error as TargetError).diagnostic.place).toEqual(world.sync.to.domainsPlace);
  });

  test("nor what lies under one that stands for all below it", async () => {
    const { world } = await worldWith({ acceptedDomains: ["*.example"] });
    expect(await rejection(books(world))).toBeInstanceOf(TargetError);
  });

  test("others can", async () => {
    const { world } = await worldWith({
      acceptedDomains: ["contoso.com", "example", "sub.northwind.example"],
    });
    expect(await books(world)).toBe(1);
  });
});
