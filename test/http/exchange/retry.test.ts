import { expect, test } from "vitest";
import { writeForecastMs } from "../../../src/http/exchange/budget.ts";
import type { Parameters } from "../../../src/http/exchange/exchange.ts";
import * as errors from "../../fakes/exchange-errors.ts";
import { exchangeFailure, exchangeWorld, rowsAnswer } from "../../fakes/exchange-world.ts";
import { rejection } from "../../fakes/graph-world.ts";
import { connectionError } from "../../fakes/scripted-fetch.ts";
import type { ScriptedResponse } from "../../fakes/scripted-fetch.ts";

const guid = "3f0e7b9c-0000-4000-8000-000000000001";
const anna: Parameters = { Name: "gr-a1", Alias: "gr-a1", ExternalEmailAddress: "anna.meyer@contoso.com" };
const title: Parameters = { Identity: guid, Title: "Engineer" };
const done: ScriptedResponse = { status: 204 };
const reset = connectionError("ECONNRESET");
const timeout = connectionError("ETIMEDOUT");

test.each([
  ["a connection that was lost", reset, "unreachable"],
  ["an answer that does not come", timeout, "unreachable"],
  ["503", { status: 503 }, "busy"],
  ["504", { status: 504, text: "<html>" }, "busy"],
  ["a busy server that says 400", errors.busy, "ServerBusyException"],
  ["a directory that is away", errors.directoryTransient, "ADTransientException"],
  ["a truncated answer", { text: '{"value":[' }, "malformed-answer"],
])("after %s an update is sent again", async (_, trouble, reason) => {
  const { client, waits, signal } = exchangeWorld([trouble, done]);
  await client.invoke("Set-Contact", title, signal);
  expect(waits).toEqual([`exchange 1 ${reason}`]);
});

test.each([
  ["a truncated answer", { text: '{"value":[' }],
  ["an empty answer", { text: "" }],
  ["an answer without rows", { json: {} }],
  ["rows that are null", { json: { value: null } }],
  ["a body that breaks off", { text: '{"value":[', broken: true }],
])("%s is no reading of nothing: it is asked again", async (_, trouble) => {
  const { reader, waits, signal } = exchangeWorld([trouble, rowsAnswer([{ Guid: guid }])]);
  expect(await reader.read("Get-MailContact", {}, {}, signal)).toEqual([{ Guid: guid }]);
  expect(waits).toHaveLength(1);
});

test.each([200, 302, 403, 404])(
  "a web page with %i is told at once as what it is, and not asked for again",
  async (status) => {
    const page = { status, text: "<!DOCTYPE html><html><title>Sign in to the WLAN</title><p>\u001b[2J" };
    const { reader, waits, signal } = exchangeWorld([page]);
    const error = await exchangeFailure(reader.read("Get-MailContact", {}, {}, signal));
    expect(error).toMatchObject({ kind: "unreachable", status });
    expect(error.message).toMatch(
      /^[\w.]+ answered with a web page\. A captive portal or a proxy may have answered in its place\.$/,
    );
    expect(waits).toEqual([]);
  },
);

test("what Exchange keeps answering ends after six attempts", async () => {
  const { reader, clock, signal } = exchangeWorld(Array.from({ length: 6 }, () => ({ json: {} })));
  const error = await exchangeFailure(reader.read("Get-MailContact", {}, {}, signal));
  expect(error).toMatchObject({ kind: "malformed-answer" });
  expect(clock.slept).toEqual([1000, 2000, 4000, 8000, 16_000]);
});

test("what Entra ID does not take is tried three times", async () => {
  const { client, signal } = exchangeWorld(Array.from({ length: 3 }, () => errors.directoryWriteFailed));
  const error = await exchangeFailure(client.invoke("Set-MailContact", title, signal));
  expect(error).toMatchObject({ kind: "directory-write-failed" });
});

test.each([
  ["not found", errors.notFound],
  ["in use", errors.addressInUse],
  ["not permitted", errors.forbidden],
  ["another organization's", errors.wrongOrganization],
])("what is %s stays so, and is not asked for again", async (_, answer) => {
  const { client, clock, signal } = exchangeWorld([answer]);
  await exchangeFailure(client.invoke("Set-MailContact", title, signal));
  expect(clock.slept).toEqual([]);
});

test.each([
  ["a connection that was lost", reset, "unreachable"],
  ["an answer that does not come", timeout, "unreachable"],
  ["503", { status: 503 }, "busy"],
  ["an answer that broke off", { text: '{"val', broken: true }, "unreachable"],
])("a contact that may have been made before %s is not made again", async (_, trouble, kind) => {
  const { client, signal } = exchangeWorld([trouble]);
  const error = await exchangeFailure(client.invoke("New-MailContact", anna, signal));
  expect(error).toMatchObject({ kind, outcome: "unknown", cmdlet: "New-MailContact" });
});

test.each([
  ["throttling", { status: 429, text: errors.plainThrottle }],
  ["throttling that says 500", { status: 500, text: errors.plainThrottle }],
  ["throttling that says 200", { status: 200, text: errors.plainThrottle }],
  ["a connection that was never made", connectionError("ECONNREFUSED", "connect")],
])("after %s a contact was certainly not made, and is made then", async (_, trouble) => {
  const { client, signal } = exchangeWorld([trouble, rowsAnswer([{ Guid: guid }])]);
  expect(await client.invoke("New-MailContact", anna, signal)).toEqual([{ Guid: guid }]);
});

test("a removal whose answer was lost is done when there is nothing left to remove", async () => {
  const { client, signal } = exchangeWorld([reset, errors.notFound]);
  const removed = await client.invoke("Remove-MailContact", { Identity: guid, Confirm: false }, signal);
  expect(removed).toEqual([]);
});

test("a removal of what was never there is told", async () => {
  const { client, signal } = exchangeWorld([{ status: 429 }, errors.notFound]);
  const removal = client.invoke("Remove-MailContact", { Identity: guid, Confirm: false }, signal);
  expect(await exchangeFailure(removal)).toMatchObject({ kind: "not-found" });
});

test("an update of what is gone is told, whatever came before", async () => {
  const { client, signal } = exchangeWorld([reset, errors.notFound]);
  expect(await exchangeFailure(client.invoke("Set-Contact", title, signal))).toMatchObject({
    kind: "not-found",
  });
});

test.each([
  ["seconds", "3", 3],
  ["a fraction of seconds", "2.5", 2.5],
  ["a date", "Tue, 24 Nov 2026 08:00:30 GMT", 30],
  ["nothing", null, 1],
  ["nonsense", "soon", 1],
  ["less than a moment", "0", 1],
])("where %s is asked to wait, everybody waits and nobody longer", async (_, after, seconds) => {
  const headers = after === null ? {} : { "Retry-After": after };
  const { client, script, waits, clock, signal } = exchangeWorld([
    { status: 429, headers, json: { error: { code: "TooManyRequests", message: "Slow down." } } },
    rowsAnswer([]),
    rowsAnswer([]),
  ]);
  const start = clock.now();
  const first = client.read("Get-Contact", {}, {}, signal);
  await new Promise(setImmediate);
  expect(script.seen).toHaveLength(1);
  await Promise.all([first, client.read("Get-MailContact", {}, {}, signal)]);
  expect(waits).toEqual([`exchange ${seconds} throttled`]);
  expect(clock.now() - start).toBe(seconds * 1000);
});

test("one pause is told once, however many run into it", async () => {
  const throttled = { status: 429, headers: { "Retry-After": "10" } };
  const { client, waits, signal } = exchangeWorld([
    throttled,
    throttled,
    ...Array.from({ length: 2 }, () => rowsAnswer([])),
  ]);
  await Promise.all(["a", "b"].map((Anr) => client.read("Get-Contact", { Anr }, {}, signal)));
  expect(waits).toEqual(["exchange 10 throttled"]);
});

test("a pause of hours is not waited for", async () => {
  const { client, clock, signal } = exchangeWorld([{ status: 429, headers: { "Retry-After": "7200" } }]);
  const error = await exchangeFailure(client.invoke("New-MailContact", anna, signal));
  expect(error).toMatchObject({ kind: "throttled", outcome: "refused" });
  expect(clock.slept).toEqual([]);
});

test("who is aborted while waiting is rejected with the reason, and nothing is sent", async () => {
  const { client, abort, script, signal } = exchangeWorld([
    () => {
      setImmediate(() => abort("SIGINT"));
      return { status: 429, headers: { "Retry-After": "600" } };
    },
  ]);
  expect(await rejection(client.invoke("Set-Contact", title, signal))).toBe("SIGINT");
  expect(script.seen).toHaveLength(1);
});

/** Answers that take so long, and the most of them that were under way at a time. */
function slow(
  clock: () => ReturnType<typeof exchangeWorld>["clock"],
  times: number,
): {
  readonly answers: readonly ScriptedResponse[];
  readonly starts: number[];
  readonly most: () => number;
} {
  const starts: number[] = [];
  let under = 0;
  let most = 0;
  const answer: ScriptedResponse = async (_, signal) => {
    starts.push(clock().now());
    most = Math.max(most, ++under);
    await clock().sleep(1500, signal);
    under--;
    return rowsAnswer([]);
  };
  return { answers: Array.from({ length: times }, () => answer), starts, most: () => most };
}

test.each([
  [undefined, 4],
  [1, 1],
  [100, 8],
])("with a parallelism of %s, %i cmdlets run at a time", async (parallelism, expected) => {
  const { answers, most } = slow(() => world.clock, 24);
  const world = exchangeWorld(answers, parallelism === undefined ? {} : { parallelism });
  const reads = answers.map((_, index) =>
    world.client.read("Get-Contact", { Anr: `${index}` }, {}, world.signal),
  );
  await Promise.all(reads);
  expect(most()).toBe(expected);
});

test("writes keep to two a second and 120 a minute, and use what they may", async () => {
  const count = 200;
  const { answers, starts } = slow(() => world.clock, count);
  const world = exchangeWorld(answers, { parallelism: 8 });
  const start = world.clock.now();
  const writes = answers.map(() => world.client.invoke("Set-Contact", title, world.signal));
  await Promise.all(writes);
  const within = (from: number, ms: number): number =>
    starts.filter((at) => at >= from && at < from + ms).length;
  expect(Math.max(...starts.map((at) => within(at, 1000)))).toBe(2);
  expect(Math.max(...starts.map((at) => within(at, 60_000)))).toBe(120);
  const took = world.clock.now() - start;
  expect(took).toBeLessThanOrEqual(1.2 * writeForecastMs(count, 8));
  expect(took).toBeGreaterThanOrEqual((count - 1) * 500);
});

test("writes that waited for a pause do not come all at once after it", async () => {
  const { answers, starts } = slow(() => world.clock, 60);
  const world = exchangeWorld([{ status: 429, headers: { "Retry-After": "60" } }, ...answers]);
  const writes = answers.map(() => world.client.invoke("Set-Contact", title, world.signal));
  await Promise.all(writes);
  const gaps = starts.slice(1).map((at, index) => at - (starts[index] ?? 0));
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(500);
  // Nor do they use up their turns while nobody may send.
  expect((starts.at(-1) ?? 0) - (starts[0] ?? 0)).toBeLessThan(60 * 500 + 2000);
});

test("reads do not wait for the budget of writes", async () => {
  const { client, clock, signal } = exchangeWorld(Array.from({ length: 12 }, () => rowsAnswer([])));
  for (let index = 0; index < 12; index++) await client.read("Get-Contact", { Identity: guid }, {}, signal);
  expect(clock.slept).toEqual([]);
});

test.each([
  [0, 4, 0],
  [1, 4, 1500],
  [3000, 4, 1_501_000],
  [3000, 2, 2_250_000],
  [100, 1, 150_000],
])("%i writes, %i at a time, are forecast to take %i ms", (writes, parallelism, ms) => {
  expect(writeForecastMs(writes, parallelism)).toBe(ms);
});

test("a client forecasts by its own parallelism", () => {
  const { client, reader } = exchangeWorld([], { parallelism: 1 });
  expect([client.forecastMs(100), reader.forecastMs(100)]).toEqual([150_000, 150_000]);
});
