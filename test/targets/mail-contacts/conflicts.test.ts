import { describe, expect, test } from "vitest";
import type { ContactFields, DesiredContact } from "../../../src/model/contact.ts";
import type { MailContactsTarget } from "../../../src/model/config.ts";
import type { Change } from "../../../src/model/plan.ts";
import { textOf } from "../../../src/sandbox/tenant/tenant.ts";
import { desiredIn, planBook, readAll, settle } from "../../contract/target.ts";
import { openMailWorld } from "./world.ts";
import type { MailWorld } from "./world.ts";

const signal = new AbortController().signal;
const at = (local: string): string => `${local}@northwind.example`;

function person(world: MailWorld, key: string, local = key, more: ContactFields = {}): DesiredContact {
  return desiredIn(world, key, { displayName: key, emailAddresses: [`${local}@contoso.com`], ...more });
}

async function reasons(world: MailWorld, changes: readonly Change[]): Promise<readonly string[]> {
  const conflicts = await world.writer.conflicts(changes, signal);
  return conflicts.map(({ change, reason }) => `${change.displayName}: ${reason}`).toSorted();
}

/** Gives somebody or something of the tenant an address besides his own. */
function alsoAt(
  { sandbox }: MailWorld,
  kind: "user" | "group",
  isIt: (entry: { readonly [name: string]: unknown }) => boolean,
  address: string,
): string {
  const all = kind === "user" ? sandbox.store.state.users : sandbox.store.state.groups;
  const entry = [...all.values()].find((one) => isIt(one));
  if (entry === undefined) throw new Error("The practice tenant has no such entry.");
  const proxies = Array.isArray(entry["proxyAddresses"])
    ? entry["proxyAddresses"]
    : [`SMTP:${textOf(entry["mail"])}`];
  sandbox.store.commit([{ put: kind, value: { ...entry, proxyAddresses: [...proxies, `smtp:${address}`] } }]);
  return textOf(entry["displayName"]);
}

async function contactAt(
  world: MailWorld,
  local: string,
  more: Readonly<Record<string, string>> = {},
): Promise<string> {
  const parameters = { Name: local, DisplayName: `By hand ${local}`, ExternalEmailAddress: at(local) };
  const rows = await world.exchange.invoke("New-MailContact", parameters, signal);
  const id = textOf(rows[0]?.["Guid"]);
  if (Object.keys(more).length > 0)
    await world.exchange.invoke("Set-MailContact", { Identity: id, ...more }, signal);
  return id;
}

describe("who holds an address that a mail contact needs", () => {
  test("is named, whatever it is, and nothing else is withheld", async () => {
    const world = await openMailWorld();
    const guest = "Gia Guest";
    world.sandbox.store.commit([
      {
        put: "user",
        value: {
          id: "0a0a0a0a-0000-4000-8000-000000000001",
          displayName: guest,
          userPrincipalName: "gia_northwind.example#EXT#@contoso.com",
          userType: "Guest",
          mail: at("guest"),
        },
      },
    ]);
    const member = alsoAt(
      world,
      "user",
      (user) => user["userType"] !== "Guest" && user["mail"] !== undefined,
      at("member"),
    );
    const group = alsoAt(world, "group", (one) => one["mail"] !== undefined, at("group"));
    await contactAt(world, "hand");
    const desired = ["guest", "member", "group", "hand", "free"].map((key) => person(world, key));
    const found = await reasons(world, await planBook(world, desired));
    expect(found).toHaveLength(4);
    expect(found[0]).toMatch(
      new RegExp(`^group: ${at("group")} belongs to the .*group "${group}" in this tenant\\.$`),
    );
    expect(found[1]).toBe(`guest: ${at("guest")} belongs to the guest "${guest}" in this tenant.`);
    expect(found[2]).toBe(
      `hand: ${at("hand")} belongs to the mail contact "By hand hand" in this tenant. It was not created by galops. Set \`control: complete\` to adopt it.`,
    );
    expect(found[3]).toBe(`member: ${at("member")} belongs to the mailbox "${member}" in this tenant.`);
  });

  test.each([
    [{ control: "complete" }, {}, /in this tenant\.$/],
    [
      {},
      { CustomAttribute15: "galops:11111111-0000-4000-8000-000000000000:a/b;" },
      /It was created by another galops sync with the owner [\da-f-]{36}\. If that sync no longer exists, give its owner to this one\. .*`control: complete` to adopt/,
    ],
  ] satisfies (readonly [Partial<MailContactsTarget>, Record<string, string>, RegExp])[])(
    "is not said to be adoptable where it is not (%j %j)",
    async (to, more, said) => {
      const world = await openMailWorld(to);
      await contactAt(world, "hand", more);
      const changes = await planBook(world, [person(world, "hand")]);
      const creates = changes.filter(({ action }) => action === "create");
      expect((await reasons(world, creates))[0]).toMatch(said);
    },
  );

  test("is asked for many at a time, not one by one", async () => {
    const sent: string[] = [];
    const world = await openMailWorld(
      {},
      {
        intercept: (request) => void (request.service === "exchange" && sent.push(request.cmdlet)),
      },
    );
    const changes = await planBook(
      world,
      Array.from({ length: 200 }, (_, index) => person(world, `p${index}`)),
    );
    sent.length = 0;
    expect(await reasons(world, changes)).toEqual([]);
    expect(sent).toEqual(Array.from({ length: 8 }, () => "Get-Recipient"));
  });

  test("does not stand in the way where the same plan takes the address from it", async () => {
    const world = await openMailWorld();
    await settle(world, [person(world, "one", "a"), person(world, "two", "b")]);
    expect(await reasons(world, await planBook(world, [person(world, "one", "b")]))).toEqual([]);
    expect(
      await reasons(world, await planBook(world, [person(world, "one", "b"), person(world, "two", "c")])),
    ).toEqual([]);
  });

  test("stands in the way where what would take it is withheld itself, however long the chain is", async () => {
    const world = await openMailWorld();
    await settle(world, [person(world, "one", "a"), person(world, "two", "b"), person(world, "three", "c")]);
    await contactAt(world, "hand");
    const changes = await planBook(world, [
      person(world, "one", "b"),
      person(world, "two", "c"),
      person(world, "three", "hand"),
      person(world, "new", "a"),
    ]);
    const found = await reasons(world, changes);
    expect(found.map((line) => line.split(":")[0])).toEqual(["new", "one", "three", "two"]);
    expect(found[0]).toMatch(/this sync's contact of another person, whose address must change first/);
  });
});

describe("a marker without room", () => {
  test("withholds the contact and says what is too long; with room for the day of hiding it is made", async () => {
    const world = await openMailWorld();
    const fields = { displayName: "Long", emailAddresses: ["long@contoso.com"] };
    const keys = ["k".repeat(900), "k".repeat(1000)].map((id) => desiredIn(world, id, fields));
    const [fits, tooLong] = keys;
    if (fits === undefined || tooLong === undefined) throw new Error("Two people.");
    expect(await reasons(world, await planBook(world, [tooLong]))).toEqual([
      expect.stringMatching(
        /^Long: Its stamp would have 1,?1\d\d characters, but CustomAttribute15 can store only 1024/,
      ),
    ]);
    await settle(world, [fits]);
    expect((await readAll(world)).filter(({ marker }) => marker !== null)).toHaveLength(1);
  });
});
