import { once } from "node:events";
import { createServer } from "node:http";
import type { RequestListener } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { networkFailure } from "../../src/http/network-failure.ts";
import { createNetworkFetch } from "../../src/http/network.ts";
import type { Environment, Fetch, FetchResponse } from "../../src/model/context.ts";
import { rejection } from "../fakes/graph-world.ts";

const never = new AbortController().signal;

/** A server on loopback; as a proxy it answers every CONNECT with the status. */
async function serve(listener: RequestListener, connectStatus = 407): Promise<string> {
  const server = createServer(listener).listen(0, "127.0.0.1");
  server.on("connect", (_request, socket: Socket) => socket.end(`HTTP/1.1 ${connectStatus} No\r\n\r\n`));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  await once(server, "listening");
  return `127.0.0.1:${(server.address() as AddressInfo).port}`; // a TCP server that listens has one
}

function get(fetch: Fetch, url: string, signal = never): Promise<FetchResponse> {
  return fetch(url, { method: "GET", headers: { "X-Name": "1" }, signal });
}

async function failureOf(env: Environment, url: string): Promise<ReturnType<typeof networkFailure>> {
  return networkFailure(await rejection(get(createNetworkFetch(env), url)), url);
}

test("a redirect comes back as it is", async () => {
  const host = await serve((_request, response) => response.writeHead(302, { location: "/other" }).end());
  const response = await get(createNetworkFetch({}), `http://${host}/`);
  expect([response.status, response.headers.get("location")]).toEqual([302, "/other"]);
});

test("bodies go out and come back as they are", async () => {
  const host = await serve((request, response) => request.pipe(response));
  const fetch = createNetworkFetch({});
  const body = new Uint8Array([0, 255, 10]);
  const response = await fetch(`http://${host}/`, { method: "PUT", headers: {}, body, signal: never });
  expect(new Uint8Array(await response.arrayBuffer())).toEqual(body);
});

test("a connection that ends before the answer may have carried the request", async () => {
  const host = await serve((request) => request.socket.destroy());
  expect(await failureOf({}, `http://${host}/`)).toMatchObject({
    code: "connection-reset",
    sent: true,
    passing: true,
  });
});

test("an answer that ends too early is a lost connection", async () => {
  const host = await serve((_request, response) => {
    response.writeHead(200, { "Content-Length": 100 });
    response.write("{", () => response.destroy());
  });
  const response = await get(createNetworkFetch({}), `http://${host}/`);
  const error = await rejection(response.text());
  expect(networkFailure(error, `http://${host}/`)).toMatchObject({ code: "connection-reset", sent: true });
});

test("where nobody listens nothing was sent", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`; // as above
  server.close();
  await once(server, "close");
  expect(await failureOf({}, `http://${host}/`)).toEqual({
    code: "connection-refused",
    sent: false,
    passing: true,
    message: `${host} refused the connection.`,
  });
});

test.each(["https_proxy", "HTTPS_PROXY"])(
  "a proxy in %s that refuses to connect is named as the reason",
  async (name) => {
    const proxy = await serve(() => {});
    for (const written of [proxy, `http://${proxy}`]) {
      const failure = await failureOf({ [name]: written }, "https://graph.invalid/");
      expect(failure).toMatchObject({ code: "proxy", sent: false, passing: false });
      expect(failure.message).toContain("407");
    }
  },
);

test("a proxy that is no URL is named as the reason", async () => {
  const failure = await failureOf({ HTTPS_PROXY: "http://" }, "https://graph.invalid/");
  expect(failure).toMatchObject({ code: "proxy", sent: false, passing: false });
  expect(failure.message).toContain("HTTPS_PROXY");
});

test("who is aborted is rejected with the reason", async () => {
  const controller = new AbortController();
  const host = await serve(() => controller.abort("SIGINT"));
  const asked = get(createNetworkFetch({}), `http://${host}/`, controller.signal);
  expect(await rejection(asked)).toBe("SIGINT");
});
