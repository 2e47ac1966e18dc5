import http from "node:http";
import type { ClientRequest } from "node:http";
import https from "node:https";
import type { RequestOptions } from "node:https";
import { urlToHttpOptions } from "node:url";
import type { Environment } from "../model/context.ts";
import { PlainConnections, SecureConnections, TunnelledConnections } from "./agents.ts";
import type { WithRequestSignal } from "./agents.ts";
import { createProxyChoice } from "./proxy-choice.ts";
import { addressOf, credentialsFor } from "./tunnel.ts";

/** A request without its URL and body. */
export interface RequestHead {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  readonly timeout: number;
}

/**
 * Creates a function that starts a request on the route for its URL: directly to the host, through a proxy tunnel, or,
 * without TLS, by asking a proxy to forward it.
 *
 * @returns a function that throws ProxyError, and Node's own error for a header that cannot be sent
 */
export function createRoutes(
  env: Environment,
  connectMs: number,
): (url: URL, head: RequestHead) => ClientRequest {
  const proxyFor = createProxyChoice(env);
  const plain = new PlainConnections(connectMs);
  const secure = new SecureConnections(connectMs);
  let tunnels: TunnelledConnections | null = null;

  return (url, { method, headers, signal, timeout }) => {
    const proxy = proxyFor(url);
    // Not Node's `signal` option: it would fail the request with Node's own error.
    const head = { ...urlToHttpOptions(url), method, headers, timeout, requestSignal: signal };
    if (url.protocol === "https:") {
      if (proxy === null) return https.request({ ...head, agent: secure });
      tunnels ??= new TunnelledConnections(proxy, connectMs); // the environment names at most one
      return https.request({ ...head, agent: tunnels });
    }
    if (proxy === null) return http.request({ ...head, agent: plain });
    return askingProxy(proxy, url, head, proxy.protocol === "https:" ? secure : plain);
  };
}

function askingProxy(
  proxy: URL,
  url: URL,
  head: RequestOptions & WithRequestSignal,
  agent: PlainConnections | SecureConnections,
): ClientRequest {
  return (proxy.protocol === "https:" ? https.request : http.request)({
    ...head,
    ...addressOf(proxy),
    protocol: proxy.protocol,
    path: url.origin + url.pathname + url.search,
    headers: { host: url.host, ...(head.headers as Record<string, string>), ...credentialsFor(proxy) },
    agent,
  });
}
