import { expect, test } from "vitest";
import type { GraphGet, GraphWrite } from "../../../src/http/graph/graph.ts";
import { GraphError } from "../../../src/http/graph/graph.ts";
import { graphOrigin, graphWorld, rejection } from "../../fakes/graph-world.ts";
import { connectionError } from "../../fakes/scripted-fetch.ts";
import type { ScriptedResponse, Seen } from "../../fakes/scripted-fetch.ts";

interface Sub {
  readonly id: string;
  readonly method: string;
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

const lane = "mailbox:ann";
const post = (name: string): GraphWrite => ({ method: "POST", url: `/c/${name}`, lane, body: { name } });
const patch = (name: string): GraphWrite => ({ ...post(name), method: "PATCH" });
const get = (name: string): GraphGet => ({ url: `/c/${name}?$select=id`, lane });

function subsOf(seen: Seen | undefined): readonly Sub[] {
  if (seen === undefined) throw new Error("Nothing was sent.");
  const { requests } = seen.body as { readonly requests: readonly Sub[] }; // the test sent a batch
  return requests;
}

/** What Graph answers to each sub-request, last first. */
function batch(answer: (sub: Sub) => object | null): ScriptedResponse {
  return (seen) => {
    const responses = subsOf(seen).map((sub) => {
      const given = answer(sub);
      return given === null ? null : { id: sub.id, ...given };
    });
    return { json: { responses: responses.filter((response) => response !== null).toReversed() } };
  };
}

const echo = (sub: Sub): object => ({ status: 200, headers: { "Request-Id": `r${sub.id}` }, body: sub.url });
const ok = batch(echo);
const names = (seen: readonly Seen[]): readonly string[] =>
  seen.map((one) =>
    subsOf(one)
      .map(({ url }) => url.slice(3))
      .join(" "),
  );

test("any number goes out twenty at a time, and the answers come in the order of the requests", async () => {
  const { client, script, signal } = graphWorld([ok, ok, ok]);
  const requests = Array.from({ length: 41 }, (_, index) => get(String(index)));
  const answers = await client.getAll(requests, signal);
  expect(answers.map((answer) => answer.ok && answer.body)).toEqual(requests.map(({ url }) => url));
  expect(script.seen.map((seen) => subsOf(seen).length)).toEqual([20, 20, 1]);
  expect(script.seen[0]).toMatchObject({ method: "POST", url: `${graphOrigin}/v1.0/$batch` });
});

test("a sub-request is as Graph wants it", async () => {
  const { client, script, signal } = graphWorld([ok]);
  const headers = { Prefer: 'IdType="ImmutableId"' };
  const photo = {
    ...patch("p"),
    headers: { "Content-Type": "image/jpeg" },
    body: new Uint8Array([255, 216]),
  };
  await client.sendAll(
    [{ ...post("1"), headers }, { ...patch("2"), method: "DELETE", body: undefined }, photo] as GraphWrite[],
    signal,
  );
  expect(subsOf(script.seen[0])).toEqual([
    {
      id: "1",
      method: "POST",
      url: "/c/1",
      headers: { "Content-Type": "application/json", ...headers },
      body: { name: "1" },
    },
    { id: "2", method: "DELETE", url: "/c/2" },
    { id: "3", method: "PATCH", url: "/c/p", headers: { "Content-Type": "image/jpeg" }, body: "/9g=" },
  ]);
});

const large = (name: string, size: number): GraphWrite => ({
  ...patch(name),
  body: { text: "é".repeat(size) },
});

test("a batch stays below what Graph takes, and what is larger alone goes alone", async () => {
  const { client, script, signal } = graphWorld([ok, ok, ok]);
  await client.sendAll([large("1", 900_000), large("2", 900_000), large("3", 2_000_000)], signal);
  expect(names(script.seen)).toEqual(["1", "2", "3"]);
});

test("answers have status, body and the id of their request, whatever the case of its header", async () => {
  const { client, signal } = graphWorld([ok]);
  expect(await client.sendAll([post("1")], signal)).toEqual([
    { ok: true, status: 200, body: "/c/1", requestId: "r1" },
  ]);
});

test("one batch is in flight for a mailbox", async () => {
  let inFlight = 0;
  const slow: ScriptedResponse = async () => {
    expect(++inFlight).toBe(1);
    await new Promise((resolve) => setImmediate(resolve));
    inFlight--;
    return ok;
  };
  const { client, signal } = graphWorld([slow, slow, slow]);
  const answers = await client.sendAll(
    Array.from({ length: 60 }, (_, index) => patch(String(index))),
    signal,
  );
  expect(answers.filter((answer) => answer.ok)).toHaveLength(60);
});

test("what was throttled goes out again, alone and after the longest wait asked for", async () => {
  const after: Readonly<Record<string, string>> = { "/c/2": "3", "/c/4": "7.5" };
  const { client, script, clock, waits, signal } = graphWorld([
    batch((sub) =>
      after[sub.url] === undefined
        ? echo(sub)
        : {
            status: 429,
            headers: { "retry-after": after[sub.url] },
            body: { error: { code: "ApplicationThrottled", message: "MailboxConcurrency" } },
          },
    ),
    ok,
  ]);
  const answers = await client.sendAll(["1", "2", "3", "4"].map(post), signal);
  expect(answers.every((answer) => answer.ok)).toBe(true);
  expect(names(script.seen)).toEqual(["1 2 3 4", "2 4"]);
  expect(clock.slept).toEqual([7500]);
  expect(waits).toEqual(["mailbox:ann 7.5 ApplicationThrottled"]);
});

test("what throttles one batch of a mailbox holds up the next one", async () => {
  const times: number[] = [];
  const timed: ScriptedResponse = () => {
    times.push(clock.now() - start);
    return ok;
  };
  const throttled = batch((sub) =>
    sub.id === "7" ? { status: 429, headers: { "Retry-After": "9" } } : echo(sub),
  );
  const { client, clock, signal } = graphWorld([throttled, timed, timed]);
  const start = clock.now();
  const requests = Array.from({ length: 40 }, (_, index) => patch(String(index)));
  const answers = await client.sendAll(requests, signal);
  expect(answers.every((answer) => answer.ok)).toBe(true);
  expect(times).toEqual([9000, 9000]);
});

test.each([500, 503, 504])("of what ended in %i only what does no harm goes out again", async (status) => {
  const { client, script, signal } = graphWorld([batch(() => ({ status })), ok]);
  const answers = await client.sendAll([post("1"), patch("2")], signal);
  expect(answers).toMatchObject([
    { ok: false, error: { method: "POST", path: "/c/1", status, outcome: "unknown" } },
    { ok: true },
  ]);
  expect(names(script.seen)).toEqual(["1 2", "2"]);
});

test("what has no answer goes out again, but a create", async () => {
  const { client, script, signal } = graphWorld([batch((sub) => (sub.id === "1" ? echo(sub) : null)), ok]);
  const answers = await client.sendAll([patch("1"), post("2"), patch("3")], signal);
  expect(answers).toMatchObject([
    { ok: true },
    { ok: false, error: { code: "no-answer", status: 200, outcome: "unknown" } },
    { ok: true },
  ]);
  expect(names(script.seen)).toEqual(["1 2 3", "3"]);
});

test("a create that another request was in the way of never happened, so it goes out again", async () => {
  const { client, signal } = graphWorld([batch(() => ({ status: 424 })), ok]);
  expect(await client.sendAll([post("1")], signal)).toMatchObject([{ ok: true }]);
});

test("a batch that ended in 424 as a whole may have made its creates, so that only the rest goes out again", async () => {
  const { client, script, signal } = graphWorld([
    { status: 424, json: { error: { code: "FailedDependency", message: "Throttled." } } },
    ok,
  ]);
  const answers = await client.sendAll([post("1"), patch("2")], signal);
  expect(answers).toMatchObject([
    { ok: false, error: { method: "POST", path: "/c/1", status: 424, outcome: "unknown" } },
    { ok: true },
  ]);
  expect(names(script.seen)).toEqual(["1 2", "2"]);
});

test("a batch that only reads goes out again as a whole after 424", async () => {
  const { client, script, signal } = graphWorld([{ status: 424 }, ok]);
  expect(await client.getAll([get("1"), get("2")], signal)).toMatchObject([{ ok: true }, { ok: true }]);
  expect(script.seen).toHaveLength(2);
});

test("a refusal is one request's, and the others stand", async () => {
  const refused = {
    status: 404,
    body: { error: { code: "ErrorItemNotFound", message: "Gone.", innerError: { "request-id": "r9" } } },
  };
  const { client, signal } = graphWorld([batch((sub) => (sub.id === "2" ? refused : echo(sub)))]);
  const answers = await client.getAll([get("1"), get("2")], signal);
  expect(answers[0]).toMatchObject({ ok: true });
  expect(answers[1]).toMatchObject({
    ok: false,
    error: {
      method: "GET",
      path: "/c/2",
      status: 404,
      code: "ErrorItemNotFound",
      requestId: "r9",
      outcome: "refused",
    },
  });
});

test("what stays throttled is given up after six attempts", async () => {
  const throttled = batch(() => ({ status: 429 }));
  const { client, signal } = graphWorld(Array(6).fill(throttled));
  const answers = await client.sendAll([post("1")], signal);
  expect(answers).toMatchObject([{ ok: false, error: { status: 429, outcome: "refused" } }]);
});

test("after a batch that was lost, creates are unknown and the rest goes out again", async () => {
  const { client, script, signal } = graphWorld([connectionError("ECONNRESET"), ok]);
  const answers = await client.sendAll([post("1"), patch("2")], signal);
  expect(answers).toMatchObject([
    { ok: false, error: { method: "POST", path: "/c/1", code: "connection-reset", outcome: "unknown" } },
    { ok: true },
  ]);
  expect(names(script.seen)).toEqual(["1 2", "2"]);
});

test("a batch of creates that was throttled as a whole goes out again", async () => {
  const { client, signal } = graphWorld([{ status: 429 }, ok]);
  expect(await client.sendAll([post("1"), post("2")], signal)).toMatchObject([{ ok: true }, { ok: true }]);
});

test("a batch that is refused as a whole is the failure of each of its writes", async () => {
  const { client, signal } = graphWorld([
    { status: 403, json: { error: { code: "Denied", message: "No." } } },
  ]);
  const answers = await client.sendAll([patch("1"), post("2")], signal);
  expect(answers).toMatchObject([
    { ok: false, error: { method: "PATCH", path: "/c/1", code: "Denied" } },
    { ok: false, error: { method: "POST", path: "/c/2", code: "Denied" } },
  ]);
});

test("reads fail together when one of their batches does, and the others are stopped", async () => {
  const { client, signal } = graphWorld([
    { status: 403, json: { error: { code: "Denied", message: "No." } } },
    // On its way already when the first has failed; the other three never are.
    async () => {
      await new Promise((resolve) => setImmediate(resolve));
      return ok;
    },
  ]);
  const requests = Array.from({ length: 100 }, (_, index) => get(String(index)));
  const error = await rejection(client.getAll(requests, signal));
  expect(error).toBeInstanceOf(GraphError);
  expect(error).toMatchObject({ method: "POST", path: "/$batch", code: "Denied" });
});

test.each([
  ["nothing", null],
  ["no list", { responses: {} }],
  ["no answers", { responses: [null, 1, { id: 1 }, { id: "1", status: "200" }] }],
])("a batch that is answered with %s has no answers", async (_what, json) => {
  const { client, signal } = graphWorld([{ json }]);
  const answers = await client.sendAll([post("1")], signal);
  expect(answers).toMatchObject([{ ok: false, error: { code: "no-answer", outcome: "unknown" } }]);
});

test("nothing to ask is asked of nobody", async () => {
  const { client, signal } = graphWorld([]);
  expect(await client.getAll([], signal)).toEqual([]);
});

test("an abort between batches ends the rest with its reason", async () => {
  const { client, abort, signal } = graphWorld([
    () => {
      abort("SIGINT");
      return ok;
    },
  ]);
  const requests = Array.from({ length: 60 }, (_, index) => patch(String(index)));
  expect(await rejection(client.sendAll(requests, signal))).toBe("SIGINT");
});
