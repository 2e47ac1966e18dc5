import { expect, test } from "vitest";
import { exchangeAdvice } from "../../../src/http/exchange/advice.ts";
import { ExchangeError } from "../../../src/http/exchange/exchange.ts";
import type { Outcome } from "../../../src/model/plan.ts";
import { applyTo, desiredIn, planBook, readAll } from "../../contract/target.ts";
import * as errors from "../../fakes/exchange-errors.ts";
import type { ScriptedResponse } from "../../fakes/scripted-fetch.ts";
import { openMailWorld } from "./world.ts";
import type { MailWorld } from "./world.ts";
import { contact, told, watch } from "./writing.ts";

const signal = new AbortController().signal;

function response(answer: ScriptedResponse): Response {
  if (answer instanceof Error || typeof answer === "function")
    throw new Error("Only answers that stand still.");
  const { status = 200, headers = {}, json, text, bytes } = answer;
  return new Response(bytes ?? text ?? JSON.stringify(json), { status, headers });
}

/** A tenant whose Exchange answers like that when `who` is made, as often as `times` says; and three people for it. */
async function refusing(answer: ScriptedResponse, who: RegExp, times = Infinity) {
  let left = times;
  const faults = watch(({ cmdlet, parameters }) =>
    cmdlet === "New-MailContact" && who.test(JSON.stringify(parameters["DisplayName"])) && left-- > 0
      ? response(answer)
      : undefined,
  );
  const world = await openMailWorld({}, faults);
  const people = ["ann", "bo", "cai"].map((name) => desiredIn(world, name, contact(name)));
  const outcomes = await applyTo(world, await planBook(world, people));
  left = 0;
  return { world, people, outcomes, sent: faults.cmdlets() };
}

async function namesIn(world: MailWorld): Promise<readonly string[]> {
  return (await readAll(world)).map(({ fields }) => fields.displayName ?? "").toSorted();
}

function messageOf(outcomes: readonly Outcome[]): string {
  return outcomes.find(({ status }) => status === "failed")?.problem?.message ?? "";
}

test.each([
  ["an invalid address", errors.invalidAddress, "invalid-address", /Correct it in the source/],
  ["a name that is too long", errors.tooLong, "value-too-long", /Shorten the value in the source/],
  ["a value that is none", errors.badValue, "invalid-value", /set the field to `null`/],
  ["an unknown parameter", errors.unknownParameter, "exchange-request-refused", /no role .* includes/],
  [
    "a synchronized object",
    errors.directorySynced,
    "directory-synced",
    /It can be changed only in that directory/,
  ],
  [
    "a server that stays busy",
    errors.busy,
    "exchange-busy",
    /The change may have been made .*Run again later/,
  ],
] as const)(
  "%s fails one contact, with what to do, and the next run makes it",
  async (_, answer, code, words) => {
    const { world, people, outcomes } = await refusing(answer, /"ann"/);
    expect(told(outcomes).toSorted()).toEqual([
      `create ann: failed (${code})`,
      "create bo: done",
      "create cai: done",
    ]);
    expect(messageOf(outcomes)).toMatch(/^New-MailContact was answered with \d+/);
    expect(messageOf(outcomes)).toMatch(words);
    await applyTo(world, await planBook(world, people));
    expect(await namesIn(world)).toEqual(["ann", "bo", "cai"]);
  },
);

test.each([
  ["no app role", { status: 401 }, "exchange-app-role-missing", /Exchange\.ManageAsApp/],
  [
    "no role for a cmdlet, or none of that name",
    errors.forbidden,
    "exchange-role-missing",
    /Recipient Admin/,
  ],
  ["a wrong organization", errors.wrongOrganization, "wrong-organization", /Check `tenantId` and/],
  [
    "throttling without an end",
    { status: 429, headers: { "Retry-After": "3" }, json: {} },
    "exchange-throttled",
    /Run again later/,
  ],
  [
    "throttling without an end, in plain text",
    { status: 503, text: errors.plainThrottle },
    "exchange-throttled",
    /Run again later/,
  ],
  ["the creation quota", errors.creationQuota, "creation-quota", /Nothing is lost: run again in a few hours/],
] as const)(
  "%s fails one contact and skips the others, and the next run makes all",
  async (_, answer, code, words) => {
    const { world, people, outcomes } = await refusing(answer, /./);
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(["failed", "skipped", "skipped"]);
    expect(new Set(outcomes.map(({ problem }) => problem?.code))).toEqual(new Set([code]));
    expect(messageOf(outcomes)).toMatch(words);
    await applyTo(world, await planBook(world, people));
    expect(await namesIn(world)).toEqual(["ann", "bo", "cai"]);
  },
);

test.each([
  ["a busy server", errors.busy],
  ["a directory that is away", errors.directoryTransient],
  ["throttling", { status: 429, headers: { "Retry-After": "3" }, json: {} }],
  ["throttling in plain text", { status: 503, text: errors.plainThrottle }],
] as const)("%s that passes is waited for", async (_, answer) => {
  const { world, outcomes } = await refusing(answer, /"ann"/, 1);
  expect(new Set(outcomes.map(({ status }) => status))).toEqual(new Set(["done"]));
  expect(await namesIn(world)).toEqual(["ann", "bo", "cai"]);
});

test("after 20 contacts that fail because Exchange is busy no other one is begun", async () => {
  const faults = watch(({ cmdlet }) => (cmdlet === "New-MailContact" ? response(errors.busy) : undefined));
  const world = await openMailWorld({}, faults);
  const people = Array.from({ length: 60 }, (__, index) =>
    desiredIn(world, `p${index}`, contact(`p${index}`)),
  );
  const outcomes = await applyTo(world, await planBook(world, people));
  const failed = outcomes.filter(({ status }) => status === "failed").length;
  expect(failed).toBeGreaterThanOrEqual(20);
  expect(failed).toBeLessThan(30);
  expect(told(outcomes).filter((line) => line.endsWith("skipped (exchange-busy)"))).toHaveLength(60 - failed);
});

test.each([
  [{ access: "no-app-role" }, "exchange-app-role-missing"],
  [{ access: "no-rbac" }, "exchange-role-missing"],
  [{ cmdlets: ["New-MailContact"] }, "exchange-role-missing"],
] as const)("a plan that Exchange refuses to be asked for says why (%o)", async (exchange, code) => {
  const world = await openMailWorld({}, { exchange });
  const books = world.writer.books(signal)[Symbol.asyncIterator]();
  const error = await books.next().catch((reason: unknown) => reason);
  expect(error instanceof ExchangeError && exchangeAdvice(error).code).toBe(code);
  await expect(readAll(world)).rejects.toMatchObject({ problem: { severity: "error", code } });
});
