import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { createNetworkFetch } from "../../src/http/network.ts";
import { rejection } from "../fakes/graph-world.ts";
import { allClosed, failureOf, get, getText, serve, serveRaw, trustLoopback } from "./loopback.ts";
import type { Listening } from "./loopback.ts";

trustLoopback();

const page = JSON.stringify(Array.from({ length: 20_000 }, (_, id) => ({ id, name: `Bö ${id * 7919}` })));

const codings: readonly (readonly [string, Uint8Array])[] = [
  ["gzip", gzipSync(page)],
  ["X-GZIP", gzipSync(page)],
  ["deflate", deflateSync(page)],
  ["deflate", deflateRawSync(page)],
  ["br", brotliCompressSync(page)],
  ["deflate, gzip", gzipSync(deflateSync(page))],
  ["identity", Buffer.from(page)],
];

function sending(coding: string, body: Uint8Array, status = 200): Promise<Listening> {
  return serve((_request, response) => response.writeHead(status, { "Content-Encoding": coding }).end(body));
}

test.each(codings)("what is coded as %s is read", async (coding, body) => {
  const { host } = await sending(coding, body);
  expect(await getText(createNetworkFetch({}), `http://${host}/`)).toBe(page);
});

test.each(codings.slice(0, -1))(
  "what is coded as %s and ends too early is a failure, wherever it ends",
  async (coding, body) => {
    for (const left of [1, Math.floor(body.length / 2), body.length - 1]) {
      const { host } = await sending(coding, body.subarray(0, left));
      expect(await failureOf(`http://${host}/`)).toMatchObject({ sent: true, passing: true });
    }
  },
);

test("what is damaged is a failure", async () => {
  const body = gzipSync(page);
  const sum = body.length - 6;
  body[sum] = (body[sum] ?? 0) ^ 1;
  const { host } = await sending("gzip", body);
  expect(await failureOf(`http://${host}/`)).toMatchObject({ sent: true, passing: true });
});

test("a coding that nobody asked for is a failure", async () => {
  const { host } = await sending("compress", Buffer.from(page));
  expect((await failureOf(`http://${host}/`)).message).toContain("compress");
});

test("a refusal is known by its status, also where its body cannot be read", async () => {
  const { host } = await sending("gzip", new Uint8Array(8), 403);
  const response = await get(createNetworkFetch({}), `http://${host}/`);
  expect(response.status).toBe(403);
  expect(await rejection(response.text())).toBeInstanceOf(Error);
});

test("nothing is nothing in every coding", async () => {
  const { host } = await sending("gzip", new Uint8Array(), 204);
  expect(await getText(createNetworkFetch({}), `http://${host}/`)).toBe("");
});

test.each([
  ["counted, and ends too early", "Content-Length: 100\r\n\r\n[1]"],
  ["in chunks, and ends within one", "Transfer-Encoding: chunked\r\n\r\n9\r\n[1]"],
  ["in chunks, and ends between them", "Transfer-Encoding: chunked\r\n\r\n3\r\n[1]\r\n"],
  ["in chunks that are none", "Transfer-Encoding: chunked\r\n\r\n3\r\n[1]\r\nxyz\r\n"],
  ["longer than it says", "Content-Length: 2\r\n\r\n[1]"],
])("a body that is %s is a failure", async (_, rest) => {
  const { host } = await serveRaw((socket) =>
    socket.once("data", () => socket.end(`HTTP/1.1 200 OK\r\n${rest}`)),
  );
  expect(await failureOf(`http://${host}/`)).toMatchObject({ sent: true, passing: true });
});

test.each([{ tls: false }, { tls: true }])(
  "a body that breaks off is a lost connection (%o)",
  async ({ tls }) => {
    const { host } = await serve(
      (_request, response) => {
        response.writeHead(200, { "Content-Length": page.length });
        response.write("[", () => response.destroy());
      },
      { tls },
    );
    const failure = await failureOf(`${tls ? "https" : "http"}://${host}/`);
    expect(failure).toMatchObject({ code: "connection-reset", sent: true });
  },
);

test("a body that ends with its connection is read", async () => {
  const { host } = await serveRaw((socket) =>
    socket.once("data", () => socket.end("HTTP/1.1 200 OK\r\n\r\n[1]")),
  );
  expect(await getText(createNetworkFetch({}), `http://${host}/`)).toBe("[1]");
});

test("who does not read a body that breaks off is not told", async () => {
  const server = await serve((_request, response) => {
    response.writeHead(200, { "Content-Length": 100 });
    response.write("[", () => response.destroy());
  });
  expect((await get(createNetworkFetch({}), `http://${server.host}/`)).status).toBe(200);
  await allClosed(server);
});
