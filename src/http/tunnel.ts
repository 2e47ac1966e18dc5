import http from "node:http";
import type { ClientRequest, IncomingMessage } from "node:http";
import https from "node:https";
import type { RequestOptions } from "node:https";
import { isIP, isIPv6 } from "node:net";
import type { Socket } from "node:net";
import { connectTimeout } from "./connect-time.ts";
import { ProxyError, UnreachableProxyError } from "./proxy-error.ts";

/** The host at the far end of a tunnel. */
export interface TunnelEnd {
  readonly host: string;
  readonly port: number;
}

/**
 * Opens a connection to a host through a proxy (CONNECT). The caller starts TLS on it.
 *
 * @param milliseconds - the time limit for the connection
 * @throws {ProxyError} when the proxy refuses to connect
 * @throws {UnreachableProxyError} when the proxy does not answer
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
  request.on("error", (error) =>
    reject(
      isBrokenOff(error)
        ? notConnected(to, "it closed the connection")
        : new UnreachableProxyError(proxy, error),
    ),
  );
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
 * The address of a proxy, and the name that its certificate must have: Node would otherwise expect the certificate of
 * the Host header, which names the target. Leaves out the proxy's user name and password, which Node would send to the
 * target.
 */
export function addressOf(proxy: URL): Pick<RequestOptions, "hostname" | "port" | "servername"> {
  const hostname = proxy.hostname.replace(/^\[(.+)\]$/, "$1");
  return { hostname, port: proxy.port, servername: isIP(hostname) === 0 ? hostname : "" };
}

/** The Proxy-Authorization header, if the proxy's URL has a user name or password. */
export function credentialsFor({ username, password }: URL): Readonly<Record<string, string>> {
  if (username === "" && password === "") return {};
  const pair = `${unescaped(username)}:${unescaped(password)}`;
  return { "proxy-authorization": `Basic ${Buffer.from(pair).toString("base64")}` };
}

/** Keeps the text as is when it has a literal percent sign. */
function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/**
 * Whether the proxy closed an open connection. A connection that was never made does not count: that may be temporary.
 */
function isBrokenOff({ code, syscall }: NodeJS.ErrnoException): boolean {
  return (code === "ECONNRESET" || code === "EPIPE") && syscall !== "connect";
}
