import { getEventListeners } from "node:events";
import type { Socket } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { createNetworkFetch } from "../../src/http/network.ts";
import { rejection } from "../fakes/graph-world.ts";
import {
  allClosed,
  failureOf,
  get,
  getText,
  serve,
  serveProxy,
  serveRaw,
  trustLoopback,
} from "./loopback.ts";

trustLoopback();

const patiently = { timeout: 20_000 };
const soon = { connectMs: 100, answerMs: 60_000 };
const impatient = { connectMs: 60_000, answerMs: 100 };

/** Warnings of this process, from now on. */
function warnings(): readonly Error[] {
  const heard: Error[] = [];
  const hear = (warning: Error): void => void heard.push(warning);
  process.on("warning", hear);
  onTestFinished(() => void process.off("warning", hear));
  return heard;
}

test("requests one after another share a connection, on which nothing heaps up", async () => {
  const { host, open, count } = await serve((_request, response) => response.end("[1]"), { tls: true });
  const fetch = createNetworkFetch({});
  const heard = warnings();
  for (let round = 0; round < 30; round++) expect(await getText(fetch, `https://${host}/`)).toBe("[1]");
  expect([count(), open.size]).toEqual([1, 1]);
  await new Promise(setImmediate);
  expect(heard).toEqual([]);
});

test("many at once may have one signal, and nothing is left on it", async () => {
  const { host } = await serve((_request, response) => response.end("[1]"));
  const proxy = await serveProxy();
  const secure = await serve((_request, response) => response.end("[1]"), { tls: true });
  const fetch = createNetworkFetch({ HTTPS_PROXY: proxy.host });
  const { signal } = new AbortController();
  const heard = warnings();
  const all = Array.from({ length: 40 }, async (_, at) => {
    const response = await get(fetch, at % 2 === 0 ? `http://${host}/` : `https://${secure.host}/`, signal);
    return await response.text();
  });
  expect(new Set(await Promise.all(all))).toEqual(new Set(["[1]"]));
  await rejection(get(fetch, "http://127.0.0.1:1/", signal));
  await expect.poll(() => getEventListeners(signal, "abort"), patiently).toEqual([]);
  expect(heard).toEqual([]);
});

test("a connection that the host closed while nobody used it is not used again", async () => {
  const server = await serve((_request, response) => response.end("[1]"));
  const fetch = createNetworkFetch({});
  await getText(fetch, `http://${server.host}/`);
  for (const socket of server.open) socket.end();
  await allClosed(server);
  expect(await getText(fetch, `http://${server.host}/`)).toBe("[1]");
  expect(server.count()).toBe(2);
});

test("a request that meets the end of a kept connection may have arrived, and is not sent again", async () => {
  let requests = 0;
  const { host, count } = await serve((request, response) => {
    requests++;
    if (requests === 1) response.end("[1]");
    else request.socket.resetAndDestroy();
  });
  const fetch = createNetworkFetch({});
  const url = `http://${host}/`;
  await getText(fetch, url);
  const body = { method: "POST", headers: {}, body: "{}", signal: new AbortController().signal };
  expect(await rejection(fetch(url, body))).toMatchObject({ code: "ECONNRESET" });
  expect([requests, count()]).toEqual([2, 1]);
  expect(await failureOf(url)).toMatchObject({ code: "connection-reset", sent: true, passing: true });
});

test("what comes on a kept connection unasked is no answer to the next request", async () => {
  let first: Socket | null = null;
  let heard = 0;
  const { host } = await serveRaw((socket) => {
    first ??= socket;
    socket.on("data", () => void (heard++, socket.write("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ntrue")));
  });
  const fetch = createNetworkFetch({});
  expect(await getText(fetch, `http://${host}/`)).toBe("true");
  const unasked = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nfalse";
  await new Promise((resolve) => first?.write(unasked, resolve));
  for (let turn = 0; turn < 3; turn++) await new Promise(setImmediate); // it has arrived
  expect(await getText(fetch, `http://${host}/`)).toBe("true");
  expect(heard).toBe(2);
});

test("a host that accepts a connection and does not begin TLS is given up", async () => {
  const server = await serveRaw(() => {});
  expect(await failureOf(`https://${server.host}/`, {}, soon)).toMatchObject({
    code: "connect-timeout",
    sent: false,
    passing: true,
  });
  await allClosed(server);
});

test.each([
  ["at all", ""],
  ["after a part of its head", "HTTP/1.1 200 OK\r\nContent-"],
  ["after its head", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n"],
  ["after a part of its body", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n[1]"],
])("who does not go on answering %s is given up", async (_, said) => {
  const server = await serveRaw((socket) => socket.once("data", () => socket.write(said)));
  expect(await failureOf(`http://${server.host}/`, {}, impatient)).toMatchObject({
    code: "timeout",
    sent: true,
    passing: true,
  });
  await allClosed(server);
});

test("a kept connection is waited on like a new one", async () => {
  const server = await serve((request, response) => {
    if (request.url === "/") response.end("[1]");
  });
  const fetch = createNetworkFetch({}, { connectMs: 60_000, answerMs: 1000 });
  await getText(fetch, `http://${server.host}/`);
  expect(await rejection(getText(fetch, `http://${server.host}/silent`))).toMatchObject({
    code: "ETIMEDOUT",
  });
  await allClosed(server);
});

test("who is aborted before is not even connected", async () => {
  const { host, count } = await serve((_request, response) => response.end());
  const asked = get(createNetworkFetch({}), `http://${host}/`, AbortSignal.abort("SIGINT"));
  expect(await rejection(asked)).toBe("SIGINT");
  expect(count()).toBe(0);
});

test("who is aborted at once leaves nothing open", async () => {
  const controller = new AbortController();
  const server = await serveRaw(() => {});
  const other = await serve((_request, response) => response.end("[1]"));
  const fetch = createNetworkFetch({});
  const asked = rejection(get(fetch, `https://${server.host}/`, controller.signal));
  controller.abort("SIGINT");
  expect(await asked).toBe("SIGINT");
  await getText(fetch, `http://${other.host}/`); // until then a connection would be there
  await expect.poll(() => getEventListeners(controller.signal, "abort"), patiently).toEqual([]);
  await allClosed(server);
});

test("who is aborted while waiting is rejected with the reason", async () => {
  const controller = new AbortController();
  const server = await serve(() => controller.abort("SIGINT"), { tls: true });
  const asked = get(createNetworkFetch({}), `https://${server.host}/`, controller.signal);
  expect(await rejection(asked)).toBe("SIGINT");
  await allClosed(server);
});

test("who is aborted within a body does not get a part of it", async () => {
  const controller = new AbortController();
  const server = await serve((_request, response) => void response.write("[1]"), { tls: true });
  const response = await get(createNetworkFetch({}), `https://${server.host}/`, controller.signal);
  const body = rejection(response.arrayBuffer());
  controller.abort("SIGINT");
  expect(await body).toBe("SIGINT");
  await allClosed(server);
});

test("who is aborted while sending leaves nothing open", async () => {
  const controller = new AbortController();
  const server = await serveRaw((socket) => socket.once("data", () => controller.abort("SIGINT")));
  const init = { method: "PUT", headers: {}, body: new Uint8Array(20_000_000), signal: controller.signal };
  expect(await rejection(createNetworkFetch({})(`http://${server.host}/`, init))).toBe("SIGINT");
  await allClosed(server);
});
