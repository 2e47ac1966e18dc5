import { readFile } from "node:fs/promises";
import { createServer as createHttpServer } from "node:http";
import type { IncomingMessage, Server } from "node:http";
import { createServer } from "node:https";
import { connect } from "node:net";
import type { AddressInfo, Socket } from "node:net";
import { fileURLToPath } from "node:url";
import type { Fetch, FetchResponse } from "../../src/model/context.ts";

export const certificateFile = fileURLToPath(new URL("loopback-tls/certificate.pem", import.meta.url));
const keyFile = fileURLToPath(new URL("loopback-tls/key.pem", import.meta.url));

export interface HttpsTenantOptions {
  /** What serves Graph and Exchange; requests reach it under `graphOrigin`, with its own token check satisfied. */
  readonly fetch: Fetch;
  /** Under which the inner fetch is addressed, and which its nextLinks name. */
  readonly graphOrigin: string;
  readonly tenantId: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Requests that one token is good for; then Graph says 401 until there is a new one. Default: no limit. */
  readonly requestsPerToken?: number;
  /** How tokens begin that sign-ins give; `token` when left out. */
  readonly token?: string;
  /** Asked first about every request: who answers in the services' place; null lets it through. */
  readonly gateway?: (request: IncomingMessage, body: string) => Response | null;
}

type Resource = "graph" | "exchange";

/** A whole tenant on loopback: sign-in, Graph and Exchange behind real TLS, and a proxy on the way to it. */
export interface HttpsTenant {
  /** `https://localhost:<port>`, for all of `endpoints`. */
  readonly origin: string;
  /** For HTTPS_PROXY. */
  readonly proxy: string;
  /** For NODE_EXTRA_CA_CERTS. */
  readonly certificateFile: string;
  /** Certificate and key in one PEM, for `client-certificate`; any proof signed with anything is accepted. */
  readonly clientPem: string;
  /** Form fields of the token requests, in their order. */
  readonly signIns: readonly Readonly<Record<string, string>>[];
  /** `METHOD path` of all other requests but discovery. */
  readonly requests: string[];
  /** Hosts that the proxy connected to. */
  readonly tunnels: readonly string[];
  close(): Promise<void>;
}

export async function openHttpsTenant(options: HttpsTenantOptions): Promise<HttpsTenant> {
  const [cert, key] = await Promise.all([readFile(certificateFile, "utf8"), readFile(keyFile, "utf8")]);
  const signIns: Readonly<Record<string, string>>[] = [];
  const requests: string[] = [];
  const tunnels: string[] = [];
  let origin = "";
  const tokens = new Map<Resource, { readonly value: string; usesLeft: number }>();

  function signIn(form: Readonly<Record<string, string>>): Response {
    signIns.push(form);
    const refusal = refusalOf(form, options);
    if (refusal !== null) return refusal;
    const access_token = `${options.token ?? "token"}-${signIns.length}`;
    const usesLeft = options.requestsPerToken ?? Number.POSITIVE_INFINITY;
    tokens.set(form["scope"]?.includes("outlook") === true ? "exchange" : "graph", {
      value: access_token,
      usesLeft,
    });
    return Response.json({ token_type: "Bearer", expires_in: 3599, ext_expires_in: 3599, access_token });
  }

  async function service(request: IncomingMessage, path: string, body: Buffer): Promise<Response> {
    requests.push(`${request.method} ${path}`);
    // Each service takes what was given for it, and nothing else.
    const token = tokens.get(path.startsWith("/adminapi/") ? "exchange" : "graph");
    if (token === undefined || request.headers.authorization !== `Bearer ${token.value}`)
      return tokenRefused();
    if (token.usesLeft-- <= 0) return tokenRefused();
    const response = await options.fetch(`${options.graphOrigin}${path}`, {
      method: request.method ?? "GET",
      headers: headersOf(request),
      ...(body.length === 0 ? {} : { body: isText(request) ? body.toString() : body }),
      signal: new AbortController().signal,
    });
    const answer = { status: response.status, headers: [...response.headers] };
    const bytes = Buffer.from(await response.arrayBuffer());
    const sent = isJson(response) ? bytes.toString().replaceAll(options.graphOrigin, origin) : bytes;
    return new Response(sent.length === 0 ? null : sent, answer);
  }

  async function tenant(request: IncomingMessage, path: string, body: Buffer): Promise<Response> {
    if (/^\/(v1\.0|adminapi)\//.test(path)) return await service(request, path, body);
    const discovery = authority(path, origin, options.tenantId);
    return discovery ?? signIn(Object.fromEntries(new URLSearchParams(body.toString())));
  }

  const server = createServer({ cert, key }, (request, response) => {
    void (async () => {
      const body = await bodyOf(request);
      const path = request.url ?? "/";
      const answer = options.gateway?.(request, body.toString()) ?? (await tenant(request, path, body));
      const bytes = Buffer.from(await answer.arrayBuffer());
      answer.headers.delete("content-length"); // of the text before its links were turned to this origin
      response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(bytes);
    })().catch(() => response.destroy());
  });
  const tunnelled = new Set<Socket>();
  const proxy = createHttpServer().on("connect", (request, client: Socket) => {
    tunnels.push(request.url ?? "");
    tunnelled.add(client);
    const upstream = connect(Number(request.url?.split(":")[1]), "127.0.0.1", () => {
      client.write("HTTP/1.1 200 Connection established\r\n\r\n");
      upstream.pipe(client).pipe(upstream);
    });
    upstream.on("error", () => client.destroy());
    client.on("error", () => upstream.destroy());
  });
  origin = `https://localhost:${await listen(server)}`;
  const proxyPort = await listen(proxy);
  return {
    origin,
    proxy: `http://127.0.0.1:${proxyPort}`,
    certificateFile,
    clientPem: `${cert}\n${key}`,
    signIns,
    requests,
    tunnels,
    async close() {
      for (const socket of tunnelled) socket.destroy();
      await Promise.all([closed(server), closed(proxy)]);
    },
  };
}

/** OpenID discovery; null for what is no part of it, which is a token request. */
function authority(path: string, origin: string, tenantId: string): Response | null {
  if (!path.includes("/.well-known/openid-configuration")) return null;
  const root = `${origin}/${tenantId}`;
  return Response.json({
    issuer: `${root}/v2.0`,
    authorization_endpoint: `${root}/oauth2/v2.0/authorize`,
    token_endpoint: `${root}/oauth2/v2.0/token`,
    jwks_uri: `${root}/discovery/v2.0/keys`,
  });
}

function refusalOf(form: Readonly<Record<string, string>>, options: HttpsTenantOptions): Response | null {
  if (form["client_id"] !== options.clientId) {
    return entraError(400, "unauthorized_client", 700016, "Application with this identifier was not found.");
  }
  if (form["client_assertion"] !== undefined) return null;
  if (form["client_secret"] === options.clientSecret) return null;
  return entraError(401, "invalid_client", 7000215, "Invalid client secret provided.");
}

function entraError(status: number, error: string, code: number, text: string): Response {
  const error_description = `AADSTS${code}: ${text} Trace ID: 8d1f Correlation ID: 77a0 Timestamp: 2026-11-24`;
  return Response.json({ error, error_description, error_codes: [code] }, { status });
}

function tokenRefused(): Response {
  const error = { code: "InvalidAuthenticationToken", message: "Lifetime validation failed." };
  return Response.json({ error }, { status: 401 });
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer); // no encoding is set
  return Buffer.concat(chunks);
}

function headersOf(request: IncomingMessage): Record<string, string> {
  const entries = Object.entries(request.headers).map(([name, value]) => [name, String(value)]);
  return Object.fromEntries(entries) as Record<string, string>; // pairs of text
}

function isText(request: IncomingMessage): boolean {
  return request.headers["content-type"]?.startsWith("application/json") === true;
}

function isJson(response: FetchResponse): boolean {
  return response.headers.get("content-type")?.includes("json") === true;
}

async function listen(server: Server | ReturnType<typeof createServer>): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port; // a TCP server that listens has one
}

async function closed(server: Server | ReturnType<typeof createServer>): Promise<void> {
  server.closeAllConnections();
  await new Promise<void>((resolve) => server.close(() => resolve()));
}
