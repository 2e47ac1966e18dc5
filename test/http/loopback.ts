import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer as createPlainServer } from "node:http";
import type { IncomingMessage, RequestListener, Server } from "node:http";
import { createServer as createSecureServer } from "node:https";
import { connect, createServer as createRawServer } from "node:net";
import type { AddressInfo, Server as RawServer, Socket } from "node:net";
import { fileURLToPath } from "node:url";
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { afterAll, beforeAll, expect, onTestFinished } from "vitest";
import { networkFailure } from "../../src/http/network-failure.ts";
import type { NetworkFailure } from "../../src/http/network-failure.ts";
import { createNetworkFetch } from "../../src/http/network.ts";
import type { Environment, Fetch, FetchResponse } from "../../src/model/context.ts";
import { rejection } from "../fakes/graph-world.ts";

/** Servers and proxies on loopback that live as long as a test. */

export const never: AbortSignal = new AbortController().signal;

const folder = new URL("../fakes/loopback-tls/", import.meta.url);
const cert = readFileSync(new URL("certificate.pem", folder), "utf8");
export const certificateFile = fileURLToPath(new URL("certificate.pem", folder));
const identity = { cert, key: readFileSync(new URL("key.pem", folder), "utf8") };

/** For the tests of this file the certificate of loopback is as good as one that NODE_EXTRA_CA_CERTS names. */
export function trustLoopback(): void {
  const before = getCACertificates("default");
  beforeAll(() => setDefaultCACertificates([...before, cert]));
  afterAll(() => setDefaultCACertificates(before));
}

export interface Listening {
  /** `127.0.0.1:<port>` */
  readonly host: string;
  /** Connections that are open. */
  readonly open: ReadonlySet<Socket>;
  /** How many connections there were. */
  count(): number;
}

/** A server without TLS, or with it. */
export async function serve(listener: RequestListener, { tls = false } = {}): Promise<Listening> {
  // It never ends a connection by itself.
  const patient = { keepAliveTimeout: 0 };
  return await listening(
    tls ? createSecureServer({ ...identity, ...patient }, listener) : createPlainServer(patient, listener),
  );
}

/** A server that does not speak HTTP. */
export async function serveRaw(connected: (socket: Socket) => void): Promise<Listening> {
  return await listening(createRawServer((socket) => connected(socket.resume())));
}

export interface Proxy extends Listening {
  /** What arrived at it itself. */
  readonly asked: readonly Pick<IncomingMessage, "method" | "url" | "headers">[];
}

export interface ProxyOptions {
  readonly tls?: boolean;
  /** What it answers to CONNECT; null for nothing at all. Left out, it connects. */
  readonly refusal?: string | null;
  /** Told of each tunnel. */
  readonly tunnelled?: (client: Socket) => void;
}

/** A proxy for CONNECT; what it is asked without is answered with `forwarded`. */
export async function serveProxy(options: ProxyOptions = {}): Promise<Proxy> {
  const { tls = false, refusal, tunnelled } = options;
  const asked: IncomingMessage[] = [];
  const forward: RequestListener = (request, response) => {
    asked.push(request);
    if (typeof refusal === "string") response.writeHead(Number(refusal.slice(0, 3)));
    response.end("forwarded");
  };
  const server: Server = tls ? createSecureServer(identity, forward) : createPlainServer(forward);
  server.on("connect", (request, client: Socket) => {
    asked.push(request);
    client.on("error", () => {});
    if (refusal === null) return void client.resume().on("end", () => client.end());
    if (refusal !== undefined) return void client.end(refusal === "" ? "" : `HTTP/1.1 ${refusal}\r\n\r\n`);
    const upstream = connect(Number(request.url?.split(":").at(-1)), "127.0.0.1", () => {
      client.write("HTTP/1.1 200 Connection established\r\n\r\n");
      upstream.pipe(client).pipe(upstream);
      tunnelled?.(client);
    });
    client.on("close", () => upstream.destroy());
    upstream.on("error", () => client.destroy());
  });
  return { ...(await listening(server)), asked };
}

async function listening(server: RawServer): Promise<Listening> {
  const open = new Set<Socket>();
  let all = 0;
  server.on("connection", (socket: Socket) => {
    all++;
    open.add(socket);
    socket.on("error", () => {}).once("close", () => open.delete(socket));
  });
  server.listen(0, "127.0.0.1");
  onTestFinished(() => {
    for (const socket of open) socket.destroy();
    server.close();
  });
  await once(server, "listening");
  const { port } = server.address() as AddressInfo; // a TCP server that listens has one
  return { host: `127.0.0.1:${port}`, open, count: () => all };
}

/** Waits until nobody is connected to them any more, for less time than a connection is kept for the next request. */
export async function allClosed(...servers: readonly Listening[]): Promise<void> {
  await expect
    .poll(() => servers.map(({ open }) => open.size), { timeout: 3000 })
    .toEqual(servers.map(() => 0));
}

/** An address at which nobody listens. */
export async function nobody(): Promise<string> {
  const server = createRawServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo; // as above
  server.close();
  await once(server, "close");
  return `127.0.0.1:${port}`;
}

export function get(fetch: Fetch, url: string, signal: AbortSignal = never): Promise<FetchResponse> {
  return fetch(url, { method: "GET", headers: { "X-Name": "1" }, signal });
}

export async function getText(fetch: Fetch, url: string): Promise<string> {
  return await (await get(fetch, url)).text();
}

/** What it means that a GET failed, in its head or its body. */
export async function failureOf(
  url: string,
  env: Environment = {},
  patience: Parameters<typeof createNetworkFetch>[1] = { connectMs: 15_000, answerMs: 120_000 },
): Promise<NetworkFailure> {
  return networkFailure(await rejection(getText(createNetworkFetch(env, patience), url)), url);
}
