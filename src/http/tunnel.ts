import http from "node:http";
import type { ClientRequest, IncomingMessage } from "node:http";
import https from "node:https";
import type { RequestOptions } from "node:https";
import { isIP, isIPv6 } from "node:net";
import type { Socket } from "node:net";
import { connectTimeout } from "./connect-time.ts";
import { ProxyError } from "./proxy-error.ts";

/** Where a tunnel leads. */
export interface TunnelEnd {
  readonly host: string;
  readonly port: number;
}

/**
 * A connection to a host through a proxy (CONNECT). Over it, TLS is for the caller to begin.
 *
 * @param milliseconds - within which it is there, or given up
 * @throws {ProxyError} where the proxy does not connect
 */
export async function openTunnel(
  proxy: URL,
  to: TunnelEnd,
  signal: AbortSignal,
  milliseconds: number,
): Promise<Socket> {
  const { promise, resolve, reject } = Promise.withResolvers<Socket>();
  const request = connectRequest(proxy, `${isIPv6(to.host) ? `[${to.host}]` : to.host}:${to.port}`);
  const abort = (): void => void request.destroy(new Error("The request was aborted."));
  const timer = setTimeout(() => request.destroy(connectTimeout()), milliseconds);
  signal.addEventListener("abort", abort);
  request.once("connect", (response: IncomingMessage, socket: Socket, rest: Buffer) => {
    const { statusCode, statusMessage } = response;
    if (statusCode === 200) {
      if (rest.length > 0) socket.unshift(rest);
      resolve(socket);
      return;
    }
    socket.destroy();
    reject(notConnected(to, `it answered ${statusCode} ${statusMessage}`));
  });
  request.on("error", (error) => reject(isBrokenOff(error) ? notConnected(to, "it hung up") : error));
  request.end();
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", abort);
  }
}

function notConnected({ host }: TunnelEnd, why: string): ProxyError {
  return new ProxyError(
    `The proxy did not connect to ${host}: ${why.trim()}. Check HTTPS_PROXY and NO_PROXY.`,
  );
}

function connectRequest(proxy: URL, authority: string): ClientRequest {
  const send = proxy.protocol === "https:" ? https.request : http.request;
  return send({
    method: "CONNECT",
    ...addressOf(proxy),
    path: authority,
    headers: { host: authority, "proxy-connection": "keep-alive", ...credentialsFor(proxy) },
    agent: false,
  });
}

/**
 * Where a proxy listens, and whose certificate it has: Node looks for that of the Host header, which is the host's.
 * Unlike what Node makes of a URL, without a name and password, which are not for the host.
 */
export function addressOf(proxy: URL): Pick<RequestOptions, "hostname" | "port" | "servername"> {
  const hostname = proxy.hostname.replace(/^\[(.+)\]$/, "$1");
  return { hostname, port: proxy.port, servername: isIP(hostname) === 0 ? hostname : "" };
}

/** Name and password, when its URL has any. */
export function credentialsFor({ username, password }: URL): Readonly<Record<string, string>> {
  if (username === "" && password === "") return {};
  const pair = `${unescaped(username)}:${unescaped(password)}`;
  return { "proxy-authorization": `Basic ${Buffer.from(pair).toString("base64")}` };
}

/** A percent sign that stands for itself is left. */
function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Not by a connection that was never made: that may pass. */
function isBrokenOff({ code, syscall }: NodeJS.ErrnoException): boolean {
  return (code === "ECONNRESET" || code === "EPIPE") && syscall !== "connect";
}
