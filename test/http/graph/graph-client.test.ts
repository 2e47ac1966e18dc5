import { expect, test } from "vitest";
import type { GraphGet, GraphWrite } from "../../../src/http/graph/graph.ts";
import { GraphError } from "../../../src/http/graph/graph.ts";
import { AuthError, cachedTokens } from "../../../src/http/token.ts";
import { graphOrigin, graphWorld, rejection } from "../../fakes/graph-world.ts";
import { manualClock } from "../../fakes/manual-clock.ts";
import { connectionError } from "../../fakes/scripted-fetch.ts";
import type { ScriptedResponse, Seen } from "../../fakes/scripted-fetch.ts";

const ann: GraphGet = { url: "/users/ann%40contoso.com?$select=id", lane: "directory" };
const contacts = "/users/ann/contacts";
const create: GraphWrite = { method: "POST", url: contacts, lane: "mailbox:ann", body: { givenName: "Bo" } };
const change: GraphWrite = { ...create, method: "PATCH", url: `${contacts}/1` };

async function failure(promise: Promise<unknown>): Promise<GraphError> {
  const error = await rejection(promise);
  if (error instanceof GraphError) return error;
  throw error;
}

async function all<Item>(pages: AsyncIterable<readonly Item[]>): Promise<readonly Item[]> {
  const items: Item[] = [];
  for await (const page of pages) items.push(...page);
  return items;
}

const throttled = (after: string): ScriptedResponse => ({
  status: 429,
  headers: { "Retry-After": after },
  json: { error: { code: "TooManyRequests", message: "Slow down." } },
});

test("a request goes out with token, headers and body as they were meant", async () => {
  const { client, script, signal } = graphWorld([
    { status: 201, json: { id: "1" }, headers: { "request-id": "r1" } },
  ]);
  const sent = await client.send({ ...create, headers: { Prefer: 'IdType="ImmutableId"' } }, signal);
  expect(sent).toEqual({ body: { id: "1" }, requestId: "r1" });
  const [seen] = script.seen;
  expect(seen).toMatchObject({
    method: "POST",
    url: `${graphOrigin}/v1.0/users/ann/contacts`,
    body: { givenName: "Bo" },
  });
  expect(seen?.headers.get("authorization")).toBe("Bearer t");
  expect(seen?.headers.get("content-type")).toBe("application/json");
  expect(seen?.headers.get("prefer")).toBe('IdType="ImmutableId"');
});

test("a URL goes out letter by letter, whatever Microsoft's client would make of it", async () => {
  const url =
    "/users?%24skip=10&$select=id&z=1&10=2&$select=mail&$filter=businessHomePage%20eq%20'https://x.example/v1.0/a?b=c'&flag&a%2Bb=%26";
  const { client, script, signal } = graphWorld([{ json: {} }]);
  await client.get({ url, lane: "directory" }, signal);
  expect(script.seen[0]?.url).toBe(`${graphOrigin}/v1.0${url}`);
});

test("bytes are sent as they are, of a view no more than it shows", async () => {
  const { client, script, signal } = graphWorld([{ status: 200 }]);
  const view = new Uint8Array([9, 1, 2, 3, 9]).subarray(1, 4);
  const headers = { "Content-Type": "image/jpeg" };
  await client.send({ ...change, method: "PUT", headers, body: view }, signal);
  expect(Buffer.from([1, 2, 3]).equals(script.seen[0]?.body as Uint8Array)).toBe(true);
  expect(script.seen[0]?.headers.get("content-type")).toBe("image/jpeg");
});

test("bytes come back with their type", async () => {
  const { client, signal } = graphWorld([
    { bytes: new Uint8Array([255, 216]), headers: { "Content-Type": "image/jpeg" } },
  ]);
  const photo = await client.getBytes({ url: "/users/1/photo/$value", lane: "directory" }, signal);
  expect(photo).toEqual({ bytes: new Uint8Array([255, 216]), contentType: "image/jpeg" });
});

test("an answer without a body is null", async () => {
  const { client, signal } = graphWorld([{ status: 204 }]);
  expect((await client.send({ ...change, method: "DELETE" }, signal)).body).toBeNull();
});

test("a refusal says what Graph said, and names the path without its query", async () => {
  const { client, signal } = graphWorld([
    {
      status: 403,
      headers: { "request-id": "r-header" },
      json: { error: { code: "Authorization_RequestDenied", message: "Insufficient privileges." } },
    },
  ]);
  expect(await failure(client.get(ann, signal))).toMatchObject({
    name: "GraphError",
    message: "Insufficient privileges.",
    method: "GET",
    path: "/users/ann%40contoso.com",
    status: 403,
    code: "Authorization_RequestDenied",
    requestId: "r-header",
    outcome: "refused",
  });
});

test.each([
  ["innerError", { error: { code: "X", innerError: { "request-id": "r1" } } }, "X", "r1"],
  ["innererror", { error: { code: "X", innererror: { "request-id": "r2" } } }, "X", "r2"],
  ["no code", { error: { code: "", message: "" } }, "http-404", ""],
  ["null", null, "http-404", ""],
  ["a list", [1], "http-404", ""],
])("a refusal with %s is understood", async (_shape, json, code, requestId) => {
  const { client, signal } = graphWorld([{ status: 404, json }]);
  expect(await failure(client.get(ann, signal))).toMatchObject({ status: 404, code, requestId });
});

test.each(["", "<html><h1>404</h1></html>"])(
  "a refusal with the body %j has a message all the same",
  async (text) => {
    const { client, signal } = graphWorld([{ status: 404, text }]);
    const error = await failure(client.get(ann, signal));
    expect(error.message).toBe("The service answered 404 and gave no reason.");
  },
);

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
  ["a timeout", connectionError("UND_ERR_HEADERS_TIMEOUT")],
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
    message: "graph.test.invalid is a name that is not found.",
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

test("pages are read along their links, which go back as they came, with the headers of the first", async () => {
  const next = `${graphOrigin}/v1.0/users/ann/contacts?%24skip=10&$expand=x($filter=id%20eq%20'a')`;
  const { client, script, signal } = graphWorld([
    { json: { value: [{ id: "1" }], "@odata.nextLink": next } },
    { json: { value: [], "@odata.nextLink": `${next}&more` } },
    { json: { value: [{ id: "2" }] } },
  ]);
  const request = { ...ann, headers: { ConsistencyLevel: "eventual" } };
  const pages = [];
  for await (const page of client.pages(request, signal)) pages.push(page);
  expect(pages).toEqual([[{ id: "1" }], [], [{ id: "2" }]]);
  expect(script.seen.map(({ url }) => url).slice(1)).toEqual([next, `${next}&more`]);
  expect(script.seen.map(({ headers }) => headers.get("consistencylevel"))).toEqual(
    Array(3).fill("eventual"),
  );
});

test.each([
  ["is no page", { error: null }],
  ["has no list", { value: {} }],
  ["is empty", null],
  ["has a link that is none", { value: [], "@odata.nextLink": "next" }],
])("a collection whose page %s is not taken for a short one", async (_what, json) => {
  const { client, signal } = graphWorld([{ json }]);
  const error = await failure(all(client.pages(ann, signal)));
  expect(error.code).toBe("malformed-answer");
});

test("a web page in place of an answer is not asked for again", async () => {
  const { client, signal, script } = graphWorld([
    { bytes: new Uint8Array(Buffer.from("\n<!DOCTYPE html><html>Hôtel</html>", "latin1")) },
  ]);
  const error = await failure(client.get(ann, signal));
  expect(error).toMatchObject({ code: "malformed-answer", status: 0 });
  expect(error.message).toContain("answered with a web page, as a captive portal or a proxy does");
  expect(script.seen).toHaveLength(1);
});

test("a page that leads to itself is no page", async () => {
  const { client, signal } = graphWorld([
    { json: { value: [], "@odata.nextLink": `${graphOrigin}/v1.0${ann.url}` } },
  ]);
  const error = await failure(all(client.pages(ann, signal)));
  expect(error.code).toBe("malformed-answer");
});

test("pages that lead back to one before are a circle, and no collection", async () => {
  const next = `${graphOrigin}/v1.0/users?$skip=1`;
  const { client, signal } = graphWorld([
    { json: { value: [{ id: "1" }], "@odata.nextLink": next } },
    { json: { value: [{ id: "2" }], "@odata.nextLink": `${next}1` } },
    { json: { value: [{ id: "1" }], "@odata.nextLink": next } },
  ]);
  const error = await failure(all(client.pages(ann, signal)));
  expect(error.code).toBe("malformed-answer");
});

test.each([
  "https://graph.test.invalid.evil.example/v1.0/users",
  "http://graph.test.invalid/v1.0/users",
  "https://graph.test.invalid:8443/v1.0/users",
])("a link to %s is never asked", async (link) => {
  const { client, signal } = graphWorld([{ json: { value: [], "@odata.nextLink": link } }]);
  const error = await failure(all(client.pages(ann, signal)));
  expect(error).toMatchObject({ code: "foreign-link", status: 0 });
});

test.each([
  ["https://evil.example/v1.0/users", "foreign-link"],
  [`${graphOrigin}/v1.0/elsewhere`, "redirected"],
  ["/v1.0/elsewhere", "redirected"],
  ["", "redirected"],
])("a redirect to %j is not followed", async (location, code) => {
  const { client, signal } = graphWorld([{ status: 302, headers: { location } }]);
  expect(await failure(client.get(ann, signal))).toMatchObject({ code, status: 302, outcome: "refused" });
});

const stale = ({ headers }: Seen): ScriptedResponse =>
  headers.get("authorization") === "Bearer token-0" ? { status: 401, json: {} } : { json: "ok" };

test("a token that is not accepted is renewed once, for all who had it", async () => {
  let made = 0;
  const token = cachedTokens(
    () => Promise.resolve({ token: `token-${made++}`, expiresAt: Number.POSITIVE_INFINITY }),
    manualClock(),
  );
  const { client, signal } = graphWorld([stale, stale, stale, stale], { token });
  expect(await Promise.all([client.get(ann, signal), client.get(ann, signal)])).toEqual(["ok", "ok"]);
  expect(made).toBe(2);
});

test("a refusal that comes late does not renew a token that is renewed already", async () => {
  let made = 0;
  const token = cachedTokens(
    () => Promise.resolve({ token: `token-${made++}`, expiresAt: Number.POSITIVE_INFINITY }),
    manualClock(),
  );
  const late: ScriptedResponse = async (seen) => {
    for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
    return stale(seen);
  };
  const { client, signal } = graphWorld([late, stale, stale, stale], { token });
  expect(await Promise.all([client.get(ann, signal), client.get(ann, signal)])).toEqual(["ok", "ok"]);
  expect(made).toBe(2);
});

test("a token that is not accepted twice is a refusal", async () => {
  const refused = { status: 401, json: { error: { code: "InvalidAuthenticationToken", message: "No." } } };
  const { client, signal } = graphWorld([refused, refused], {
    token: { token: ({ renew }) => Promise.resolve(renew ? "new" : "old") },
  });
  expect(await failure(client.get(ann, signal))).toMatchObject({
    status: 401,
    code: "InvalidAuthenticationToken",
  });
});

test.each([
  [true, 401],
  [false, 0],
])("a sign-in that failed (reached: %j) is a GraphError with its cause", async (reached, status) => {
  const cause = new AuthError({ code: "client-secret-expired", message: "Expired.", reached });
  const { client, signal } = graphWorld([], { token: { token: () => Promise.reject(cause) } });
  const error = await failure(client.send(create, signal));
  expect(error).toMatchObject({
    status,
    code: "client-secret-expired",
    message: "Expired.",
    outcome: "refused",
  });
  expect(error.cause).toBe(cause);
});

test("who is aborted while waiting for a lane is rejected with the reason", async () => {
  const { client, abort, signal } = graphWorld(
    [
      () => {
        abort("SIGINT");
        return connectionError("ECONNRESET");
      },
    ],
    { parallelism: 1 },
  );
  const both = [1, 2].map(() => rejection(client.get(ann, signal)));
  expect(await Promise.all(both)).toEqual(["SIGINT", "SIGINT"]);
});

test("who is aborted in the middle of a create is rejected with the reason", async () => {
  const { client, abort, signal } = graphWorld([
    () => {
      abort("SIGINT");
      return connectionError("ECONNRESET");
    },
  ]);
  expect(await rejection(client.send(create, signal))).toBe("SIGINT");
});

test("who is aborted while a lane is paused is rejected with the reason, and nothing more is sent", async () => {
  const { client, abort, waits, signal } = graphWorld([throttled("600")]);
  const waiting = rejection(client.get(ann, signal));
  while (waits.length === 0) await Promise.resolve();
  abort("SIGTERM");
  expect(await waiting).toBe("SIGTERM");
});

test("who was aborted before sends nothing", async () => {
  const { client, abort, signal } = graphWorld([]);
  abort("SIGINT");
  expect(await rejection(client.get(ann, signal))).toBe("SIGINT");
  expect(await rejection(client.sendAll([create], signal))).toBe("SIGINT");
  expect(await rejection(all(client.pages(ann, signal)))).toBe("SIGINT");
});

test("no more requests are in flight than allowed, over all lanes", async () => {
  let inFlight = 0;
  let most = 0;
  const slow: ScriptedResponse = async () => {
    most = Math.max(most, ++inFlight);
    await new Promise((resolve) => setImmediate(resolve));
    inFlight--;
    return { json: {} };
  };
  const { client, signal } = graphWorld(Array(12).fill(slow), { parallelism: 3 });
  const lanes = ["mailbox:ann", "mailbox:bo", "directory"] as const;
  await Promise.all(
    Array.from({ length: 12 }, (_, index) =>
      client.get({ ...ann, lane: lanes[index % 3] ?? "directory" }, signal),
    ),
  );
  expect(most).toBe(3);
});

test("a path that does not begin at the version root is a bug", async () => {
  const { client, signal } = graphWorld([]);
  const error = await rejection(client.get({ ...ann, url: "users" }, signal));
  expect(error).not.toBeInstanceOf(GraphError);
});
