import http from "node:http";
import type { ClientRequest } from "node:http";
import https from "node:https";
import type { RequestOptions } from "node:https";
import { urlToHttpOptions } from "node:url";
import type { Environment } from "../model/context.ts";
import { PlainConnections, SecureConnections, TunnelledConnections } from "./agents.ts";
import type { Asking } from "./agents.ts";
import { createProxyChoice } from "./proxy-choice.ts";
import { addressOf, credentialsFor } from "./tunnel.ts";

/** What a request is, but for where it goes and what it carries. */
export interface RequestHead {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  readonly timeout: number;
}

/**
 * Begins requests on the way that their URL takes: to the host itself, through a tunnel of a proxy, or, without TLS, to
 * the proxy that asks the host.
 *
 * @returns throws ProxyError, and what Node throws for a header that cannot be sent
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
    // Not Node's own `signal`: it would have the request fail with an error of Node's.
    const head = { ...urlToHttpOptions(url), method, headers, timeout, asker: signal };
    if (url.protocol === "https:") {
      if (proxy === null) return https.request({ ...head, agent: secure });
      tunnels ??= new TunnelledConnections(proxy, connectMs); // one at most is named
      return https.request({ ...head, agent: tunnels });
    }
    if (proxy === null) return http.request({ ...head, agent: plain });
    return askingProxy(proxy, url, head, proxy.protocol === "https:" ? secure : plain);
  };
}

function askingProxy(
  proxy: URL,
  url: URL,
  head: RequestOptions & Asking,
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
