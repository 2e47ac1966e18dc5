import { expect, test } from "vitest";
import { readOnly } from "../../../src/http/graph/read-only.ts";
import { createTransport } from "../../../src/http/graph/transport.ts";
import { NoAnswer } from "../../../src/http/no-answer.ts";
import { graphOrigin, graphWorld, rejection } from "../../fakes/graph-world.ts";
import { scriptedFetch } from "../../fakes/scripted-fetch.ts";

const root = `${graphOrigin}/v1.0`;
const init = { headers: {}, signal: new AbortController().signal };

test("a reader has no method that writes", () => {
  expect(Object.keys(graphWorld([]).reader).toSorted()).toEqual(["get", "getAll", "getBytes", "pages"]);
});

test("a reader reads, one by one and in batches", async () => {
  const { reader, signal } = graphWorld([
    { json: 1 },
    { json: { responses: [{ id: "1", status: 200, body: 2 }] } },
  ]);
  const request = { url: "/users", lane: "directory" } as const;
  expect(await reader.get(request, signal)).toBe(1);
  expect(await reader.getAll([request], signal)).toMatchObject([{ body: 2 }]);
});

test.each([
  ["POST", "/users/ann/contacts", "{}"],
  ["PATCH", "/users/ann/contacts/1", "{}"],
  ["PUT", "/users/ann/contacts/1/photo/$value", new Uint8Array([1])],
  ["DELETE", "/users/ann/contacts/1", undefined],
  ["POST", "/$batch", JSON.stringify({ requests: [{ method: "GET" }, { method: "DELETE" }] })],
  ["POST", "/$batch", JSON.stringify({ requests: [{ method: "get" }, {}] })],
  ["POST", "/$batch", JSON.stringify({ requests: [null] })],
  ["POST", "/$batch", JSON.stringify({})],
  ["POST", "/$batch?x", JSON.stringify({ requests: [{ method: "GET" }] })],
  ["POST", "/$batch", new Uint8Array([1])],
])("%s %s with %j never leaves a reader", async (method, path, body) => {
  const inner = scriptedFetch({ json: {} });
  const fetch = readOnly(inner.fetch, root);
  const error = await rejection(
    fetch(root + path, { ...init, method, ...(body === undefined ? {} : { body }) }),
  );
  expect(error).toBeInstanceOf(Error);
  expect(inner.seen).toEqual([]);
});

test("a write in a reader is a bug, and not taken for a failure of the network", async () => {
  const inner = scriptedFetch({ json: {} });
  const send = createTransport(readOnly(inner.fetch, root));
  const request = { ...init, method: "DELETE", url: `${root}/users/1` };
  const error = await rejection(send({ ...request, expects: "json", places: new Map(), repeatable: true }));
  expect(error).not.toBeInstanceOf(NoAnswer);
  expect(String(error)).toContain("A read-only client was about to send DELETE.");
});
