import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { Row } from "../../../src/http/exchange/exchange.ts";
import { filterWithin, halvesOf } from "../../../src/http/exchange/name-range.ts";
import { expiredCursor, forbidden } from "../../fakes/exchange-errors.ts";
import { filterOf, listing, moreWarning } from "../../fakes/exchange-listing.ts";
import type { Contact, ListingOptions } from "../../fakes/exchange-listing.ts";
import {
  commandUrl,
  exchangeFailure,
  exchangeWorld,
  parametersOf,
  rowsAnswer,
} from "../../fakes/exchange-world.ts";
import type { ExchangeWorld } from "../../fakes/exchange-world.ts";
import type { ScriptedResponse, Seen } from "../../fakes/scripted-fetch.ts";

function contacts(count: number, nameOf: (index: number) => string = plainName): readonly Contact[] {
  return Array.from({ length: count }, (_, index) => ({ Guid: `guid-${index}`, Name: nameOf(index) }));
}

/** As galops names contacts: all begin alike, and in no order. */
function plainName(index: number): string {
  return `galops-${((index * 7919) % 1_000_003).toString(32)}`;
}

/** A service that answers as often as it is asked, but not forever. */
function service(answer: (seen: Seen) => ScriptedResponse): ExchangeWorld {
  return exchangeWorld(
    Array.from({ length: 500 }, () => answer),
    { mayBeLeft: true },
  );
}

async function guidsOf(world: ExchangeWorld, filter = ""): Promise<readonly unknown[]> {
  const parameters = filter === "" ? {} : { Filter: filter };
  const rows = await world.reader.read("Get-MailContact", parameters, {}, world.signal);
  return guids(rows);
}

function guids(rows: readonly Row[]): readonly string[] {
  return rows.map(({ Guid }) => String(Guid)).toSorted();
}

test("a list is asked for without a limit, and with what it is folded and divided by", async () => {
  const { reader, script, signal } = exchangeWorld([rowsAnswer([]), rowsAnswer([])]);
  const more = { select: ["ExternalEmailAddress", "Guid"] };
  await reader.read("Get-MailContact", { Filter: "Alias -like 'galops-*'" }, more, signal);
  await reader.read("Get-AcceptedDomain", {}, { select: ["DomainName"] }, signal);
  expect(script.seen.map(({ url }) => url)).toEqual([
    `${commandUrl}?$select=ExternalEmailAddress,Guid,Name`,
    `${commandUrl}?$select=DomainName`,
  ]);
  expect(script.seen.map(parametersOf)).toEqual([
    { Filter: "Alias -like 'galops-*'", ResultSize: "Unlimited" },
    {},
  ]);
});

test("pages are followed by the same request to the link as it came", async () => {
  const next = `${commandUrl}?%24skiptoken=RWFzdA%3d%3d&$select=Guid`;
  const { reader, script, signal } = exchangeWorld([
    rowsAnswer([{ Guid: "1" }], { next }),
    rowsAnswer([{ Guid: "2" }]),
  ]);
  const rows = await reader.read("Get-MailContact", {}, {}, signal);
  expect(rows).toEqual([{ Guid: "1" }, { Guid: "2" }]);
  const [first, second] = script.seen;
  expect(second).toEqual({ ...first, url: next });
});

test("an object that moved from one page to the next is there once, as it was last", async () => {
  const { reader, signal } = exchangeWorld([
    rowsAnswer([{ Guid: "A", Name: "old" }, { Guid: "b" }], { next: `${commandUrl}?2` }),
    rowsAnswer([{ Guid: "a", Name: "new" }, { Name: "no guid" }, { Name: "no guid" }]),
  ]);
  const rows = await reader.read("Get-MailContact", {}, {}, signal);
  expect(rows).toEqual([{ Guid: "a", Name: "new" }, { Guid: "b" }, { Name: "no guid" }, { Name: "no guid" }]);
});

test("rows come without OData's annotations", async () => {
  const row = {
    "EmailAddresses@odata.type": "#Collection(String)",
    EmailAddresses: ["SMTP:a@b"],
    MailTip: null,
  };
  const { reader, signal } = exchangeWorld([rowsAnswer([row])]);
  const rows = await reader.read("Get-MailContact", {}, {}, signal);
  expect(rows).toEqual([{ EmailAddresses: ["SMTP:a@b"], MailTip: null }]);
});

test("a page whose rows are none is no page", async () => {
  const { reader, signal } = exchangeWorld([
    { json: { value: ["Guid"] } },
    { json: { value: [], "@odata.nextLink": 7 } },
  ]);
  for (const _ of [1, 2]) {
    const error = await exchangeFailure(reader.read("Get-MailContact", {}, {}, signal));
    expect(error).toMatchObject({ kind: "malformed-answer" });
  }
});

test("5,000 contacts take five requests, though the last page is full", async () => {
  const all = contacts(5000);
  const world = service(listing(all, { mode: "paged" }));
  expect(await guidsOf(world)).toEqual(guids(all));
  expect(world.script.seen).toHaveLength(5);
});

test("who is hidden is read again by names where the last page is full, and 2,000 of them are no reason to fail", async () => {
  const all = contacts(2500);
  const cutAt = (rows: readonly Contact[], most: number): ExchangeWorld => {
    const paged = listing(rows, { mode: "paged" });
    const cut = listing(rows.slice(0, most), { mode: "paged" });
    return service((seen) => (filterOf(seen).includes("Name") ? paged(seen) : cut(seen)));
  };
  for (const rows of [all, all.slice(0, 2000)]) {
    const { reader, signal } = cutAt(rows, 2000);
    expect(guids(await reader.read("Get-Recipient", {}, {}, signal))).toEqual(guids(rows));
  }
});

test("a cursor that expired on the way is taken up from the beginning, once", async () => {
  const all = contacts(1500);
  const whole = listing(all, { mode: "paged" });
  let links = 0;
  const world = service((seen) =>
    seen.url.includes("skiptoken") && links++ === 0 ? expiredCursor : whole(seen),
  );
  expect(await guidsOf(world)).toEqual(guids(all));
  expect(world.script.seen).toHaveLength(4);
});

test.each<[string, ListingOptions]>([
  ["links that never work", { mode: "expired" }],
  ["no links and no word of more", { mode: "capped" }],
  ["small pages whose links never work", { mode: "expired", pageSize: 70 }],
  ["an order of their own", { mode: "expired", compare: (one, other) => one.localeCompare(other, "sv") }],
  [
    "the opposite order",
    { mode: "capped", compare: (one, other) => (one < other ? 1 : one > other ? -1 : 0) },
  ],
])("with %s contacts are read by ranges of names, all of them", async (_, options) => {
  const all = contacts(3100);
  const world = service(listing(all, options));
  expect(await guidsOf(world, "IsDirSynced -eq $false")).toEqual(guids(all));
  const filters = world.script.seen.map(filterOf);
  expect(filters.every((filter) => filter.includes("IsDirSynced -eq $false"))).toBe(true);
});

test("ranges are few: about two requests for a page", async () => {
  const world = service(listing(contacts(10_000), { mode: "capped" }));
  expect(await guidsOf(world)).toHaveLength(10_000);
  expect(world.script.seen.length).toBeLessThan(50);
});

test("names with quotes, brackets and wildcards divide as others do", async () => {
  const odd = contacts(2300, (index) => `O'Neil ('*$null) -or ${plainName(index)}`);
  expect(await guidsOf(service(listing(odd, { mode: "capped" })))).toEqual(guids(odd));
});

test("exactly 1,000 rows without a link may be a stop: they are read again by names", async () => {
  const all = contacts(1000);
  const world = service(listing(all, { mode: "capped" }));
  expect(await guidsOf(world)).toEqual(guids(all));
  expect(world.script.seen.length).toBeGreaterThan(2);
});

test.each([999, 1001, 0])("%i rows without a link are all there is", async (count) => {
  const world = service(() => rowsAnswer(contacts(count)));
  expect(await guidsOf(world)).toHaveLength(count);
  expect(world.script.seen).toHaveLength(1);
});

test.each([
  [moreWarning],
  [
    "By default, only the first 1,000 items are returned. Use the ResultSize parameter to specify the number.",
  ],
])("a warning that there is more is believed: %s", async (warning) => {
  const all = contacts(40);
  const whole = listing(all, { mode: "paged" });
  const world = service((seen) =>
    filterOf(seen) === "" ? rowsAnswer(all.slice(0, 30), { warnings: [warning] }) : whole(seen),
  );
  expect(await guidsOf(world)).toEqual(guids(all));
});

test("a warning that there is more is believed of the last page, too", async () => {
  const all = contacts(40);
  const whole = listing(all, { mode: "paged" });
  const world = service((seen) => {
    if (filterOf(seen) !== "") return whole(seen);
    if (seen.url.endsWith("?2")) return rowsAnswer(all.slice(20, 30), { warnings: [moreWarning] });
    return rowsAnswer(all.slice(0, 20), { next: `${commandUrl}?2` });
  });
  expect(await guidsOf(world)).toEqual(guids(all));
});

test("other warnings of a read mean nothing is missing", async () => {
  const { reader, signal } = exchangeWorld([
    rowsAnswer([{ Guid: "1" }], { warnings: ["The object x is corrupted."] }),
  ]);
  expect(await reader.read("Get-MailContact", {}, {}, signal)).toHaveLength(1);
});

test.each<[string, (seen: Seen) => ScriptedResponse]>([
  ["filters that Exchange does not heed", () => rowsAnswer(contacts(1000))],
  ["one name for all", () => rowsAnswer(contacts(1000, () => "same"))],
  ["no names", () => rowsAnswer(Array.from({ length: 1000 }, (_, index) => ({ Guid: `${index}` })))],
  ["a range that loses what was there", losing(contacts(1500))],
])("with %s nothing is certain: the read fails", async (_, answer) => {
  const world = service(answer);
  const error = await exchangeFailure(world.reader.read("Get-MailContact", {}, {}, world.signal));
  expect(error).toMatchObject({ kind: "incomplete-read", cmdlet: "Get-MailContact" });
  expect(error.message).toContain("may be incomplete");
});

function losing(all: readonly Contact[]): (seen: Seen) => ScriptedResponse {
  const capped = listing(all, { mode: "capped" });
  return (seen) => (filterOf(seen).includes("-ge") ? rowsAnswer([]) : capped(seen));
}

test("a link that leads to itself is not followed forever, and names are asked for instead", async () => {
  const all = contacts(1500);
  const whole = listing(all, { mode: "capped" });
  const next = `${commandUrl}?again`;
  const world = service((seen) =>
    filterOf(seen) === "" ? rowsAnswer(all.slice(0, 10), { next }) : whole(seen),
  );
  expect(await guidsOf(world)).toEqual(guids(all));
  expect(world.script.seen.length).toBeLessThan(12);
});

test("a link to a stranger is not followed, and gets no token", async () => {
  const { reader, script, signal } = exchangeWorld([
    rowsAnswer([], { next: "https://evil.example/InvokeCommand" }),
  ]);
  const error = await exchangeFailure(reader.read("Get-MailContact", {}, {}, signal));
  expect(error).toMatchObject({ kind: "foreign-link" });
  expect(script.seen).toHaveLength(1);
});

test("a read that fails on its second page fails", async () => {
  const { reader, signal } = exchangeWorld([
    rowsAnswer([{ Guid: "1" }], { next: `${commandUrl}?2` }),
    forbidden,
  ]);
  const error = await exchangeFailure(reader.read("Get-MailContact", {}, {}, signal));
  expect(error).toMatchObject({ kind: "no-permission" });
});

test.each([
  ["Get-MailContact", { Identity: "galops-x" }],
  ["Get-AcceptedDomain", {}],
] as const)("%s of what cannot be divided fails where rows were left out", async (cmdlet, parameters) => {
  const { reader, script, signal } = exchangeWorld([
    rowsAnswer([{ Guid: "1" }], { warnings: [moreWarning] }),
  ]);
  const error = await exchangeFailure(reader.read(cmdlet, parameters, {}, signal));
  expect(error).toMatchObject({ kind: "incomplete-read" });
  expect(script.seen.map(parametersOf)).toEqual([parameters]);
});

test("halves of a range have nothing in common and together are the range", () => {
  const name = fc.string({ minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(fc.uniqueArray(name, { minLength: 2, maxLength: 30 }), (names) => {
      const halves = halvesOf(
        { from: "a", to: "z" },
        names.map((Name) => ({ Name })),
      );
      expect(halves?.[0].from).toBe("a");
      expect(halves?.[1].to).toBe("z");
      expect(halves?.[0].to).toBe(halves?.[1].from);
      expect(names).toContain(halves?.[0].to);
    }),
  );
});

test("names are cut in the middle, in whatever case they are written", () => {
  const halves = halvesOf(
    { from: null, to: null },
    ["B", "a", "C", "d"].map((Name) => ({ Name })),
  );
  expect(halves?.[0].to).toBe("C");
});

test("a filter is kept whole when a range is added to it", () => {
  expect(filterWithin("A -eq 'x' -or B -eq 'y'", { from: "O'Neil", to: null })).toBe(
    "(A -eq 'x' -or B -eq 'y') -and (Name -ge 'O''Neil')",
  );
  expect(filterWithin("", { from: null, to: null })).toBe("");
});
