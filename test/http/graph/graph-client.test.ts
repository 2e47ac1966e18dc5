import { expect, test } from "vitest";
import { GraphError } from "../../../src/http/graph/graph.ts";
import { AuthError, cachedTokens } from "../../../src/http/token.ts";
import { graphOrigin, graphWorld, rejection } from "../../fakes/graph-world.ts";
import { manualClock } from "../../fakes/manual-clock.ts";
import type { ScriptedResponse, Seen } from "../../fakes/scripted-fetch.ts";
import { create, change, failure, ann } from "./requests.ts";

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

test("a path that does not begin at the version root is a bug", async () => {
  const { client, signal } = graphWorld([]);
  const error = await rejection(client.get({ ...ann, url: "users" }, signal));
  expect(error).not.toBeInstanceOf(GraphError);
});
