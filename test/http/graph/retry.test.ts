import { expect, test } from "vitest";
import type { GraphGet } from "../../../src/http/graph/graph.ts";
import { graphWorld } from "../../fakes/graph-world.ts";
import { connectionError } from "../../fakes/scripted-fetch.ts";
import type { ScriptedResponse } from "../../fakes/scripted-fetch.ts";
import { throttled, ann, failure, change, create } from "./requests.ts";

test.each([1, 8])(
  "what Graph asks to wait, everybody in the lane waits (parallelism %i)",
  async (parallelism) => {
    const times: number[] = [];
    const timed: ScriptedResponse = () => {
      times.push(clock.now() - start);
      return { json: "ok" };
    };
    const script = [throttled("5"), timed, timed, timed, timed, timed, timed, timed, timed, timed];
    const { client, clock, waits, signal } = graphWorld(script, { parallelism });
    const start = clock.now();
    await Promise.all(Array.from({ length: 9 }, () => client.get(ann, signal)));
    // Those that were on their way already could not be held back.
    expect(times.filter((time) => time < 5000)).toHaveLength(parallelism - 1);
    expect(waits).toEqual(["directory 5 TooManyRequests"]);
  },
);

test("another lane goes on while one is throttled", async () => {
  const { client, clock, signal } = graphWorld([throttled("60"), { json: "bo" }, { json: "ann" }]);
  const start = clock.now();
  const times: string[] = [];
  const get = async (lane: GraphGet["lane"]): Promise<void> => {
    const name = await client.get<string>({ ...ann, lane }, signal);
    times.push(`${name} ${clock.now() - start}`);
  };
  await Promise.all([get("mailbox:ann"), get("mailbox:bo")]);
  expect(times).toEqual(["bo 0", "ann 60000"]);
});

test("without a Retry-After the waits double, and end after six attempts", async () => {
  const down: ScriptedResponse = { status: 503, text: "<html>" };
  const { client, clock, signal } = graphWorld([down, down, down, down, down, down]);
  expect(await failure(client.get(ann, signal))).toMatchObject({ status: 503, code: "http-503" });
  expect(clock.slept).toEqual([1000, 2000, 4000, 8000, 16_000]);
});

test("who is asked to wait for a day gives up at once", async () => {
  const { client, clock, signal } = graphWorld([throttled("86400")]);
  expect(await failure(client.get(ann, signal))).toMatchObject({ status: 429, outcome: "refused" });
  expect(clock.slept).toEqual([]);
});

test.each([500, 502, 503, 504])(
  "a change that ended in %i is sent again, since twice is as good as once",
  async (status) => {
    const { client, signal } = graphWorld([{ status, text: "" }, { json: { id: "1" } }]);
    expect((await client.send(change, signal)).body).toEqual({ id: "1" });
  },
);

test.each([
  ["a 503", { status: 503, headers: { "Retry-After": "1" } }],
  ["a 504 page", { status: 504, text: "<html>" }],
  ["a lost connection", connectionError("ECONNRESET")],
  ["a timeout", connectionError("ETIMEDOUT")],
  ["something that nobody knows", new Error("odd")],
  ["an answer that is cut off", { status: 201, text: '{"id":"1' }],
] satisfies [string, ScriptedResponse][])(
  "a create that ended in %s is not repeated, its outcome is unknown",
  async (_end, end) => {
    const { client, clock, signal } = graphWorld([end]);
    expect((await failure(client.send(create, signal))).outcome).toBe("unknown");
    expect(clock.slept).toEqual([]);
  },
);

test.each([
  ["throttled", throttled("1")],
  ["not connected", connectionError("ECONNREFUSED", "connect")],
  ["not found by name", connectionError("ENOTFOUND", "getaddrinfo")],
] satisfies [string, ScriptedResponse][])(
  "a create that was %s never happened, so it is sent again",
  async (_end, end) => {
    const { client, signal } = graphWorld([end, { status: 201, json: { id: "1" } }]);
    expect((await client.send(create, signal)).body).toEqual({ id: "1" });
  },
);

test("where nobody is there, three attempts are enough", async () => {
  const gone = connectionError("ENOTFOUND", "getaddrinfo");
  const { client, signal } = graphWorld([gone, gone, gone]);
  expect(await failure(client.get(ann, signal))).toMatchObject({
    status: 0,
    code: "name-not-found",
    outcome: "refused",
    message: "graph.test.invalid was not found by name resolution.",
  });
});

test("a certificate that is not trusted is not asked twice", async () => {
  const { client, signal } = graphWorld([connectionError("SELF_SIGNED_CERT_IN_CHAIN")]);
  const error = await failure(client.get(ann, signal));
  expect(error).toMatchObject({ status: 0, code: "certificate" });
  expect(error.message).toContain("NODE_EXTRA_CA_CERTS");
});

test("the reason is found where several addresses were tried", async () => {
  const each = Object.assign(new Error("connect"), { code: "ECONNREFUSED", syscall: "connect" });
  const both = new TypeError("fetch failed", { cause: new AggregateError([each, each]) });
  const { client, signal } = graphWorld([both, both, both]);
  expect((await failure(client.get(ann, signal))).code).toBe("connection-refused");
});

test("a page that is cut off is read again", async () => {
  const { client, signal } = graphWorld([{ text: '{"value":[{"id"' }, { json: { value: [] } }]);
  expect(await client.get(ann, signal)).toEqual({ value: [] });
});

test("an answer whose text is damaged is read again", async () => {
  const damaged = new Uint8Array(Buffer.from('{"displayName":"Åsa"}', "latin1"));
  const { client, signal } = graphWorld([{ bytes: damaged }, { json: { displayName: "Åsa" } }]);
  expect(await client.get(ann, signal)).toEqual({ displayName: "Åsa" });
});

test.each([400, 404, 409, 412, 501, 507])("a refusal with %i is final", async (status) => {
  const { client, signal } = graphWorld([{ status, json: {} }]);
  expect(await failure(client.send(change, signal))).toMatchObject({ status, outcome: "refused" });
});
