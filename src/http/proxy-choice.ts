import type { Environment } from "../model/context.ts";
import { ProxyError } from "./proxy-error.ts";

/**
 * Creates a function that gives the proxy for a URL: HTTPS_PROXY or HTTP_PROXY by the URL's scheme, where https falls
 * back to HTTP_PROXY; null without a proxy and for the hosts in NO_PROXY. Lowercase names take precedence, even when
 * empty.
 *
 * @returns a function that throws ProxyError when the environment names an unusable proxy
 */
export function createProxyChoice(env: Environment): (url: URL) => URL | null {
  const forHttp = env["http_proxy"] ?? env["HTTP_PROXY"] ?? "";
  const forHttps = env["https_proxy"] ?? env["HTTPS_PROXY"] ?? "";
  const exceptions = exceptionsIn(env["no_proxy"] ?? env["NO_PROXY"] ?? "");
  return (url) => {
    const written = (url.protocol === "https:" ? forHttps : "") || forHttp;
    return written === "" || exceptions.some((covers) => covers(url)) ? null : proxyAt(written);
  };
}

/** The scheme may be omitted, as with curl. */
function proxyAt(written: string): URL {
  const proxy = URL.parse(written.includes("://") ? written : `http://${written}`);
  if (proxy?.protocol === "http:" || proxy?.protocol === "https:") return proxy;
  const instead = proxy === null ? "not a URL" : `a ${proxy.protocol} URL, which is not supported`;
  throw new ProxyError(`HTTPS_PROXY or HTTP_PROXY is ${instead}. Write it as http://proxy.example:8080.`);
}

type Covers = (url: URL) => boolean;

/** Entries are separated by commas or whitespace. */
function exceptionsIn(noProxy: string): readonly Covers[] {
  return noProxy
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((entry) => entry !== "")
    .map(exceptionFor);
}

/**
 * `host` matches the host and its subdomains, `*.host` only the subdomains, `*` everything; each with an optional port.
 * IP addresses are compared as text.
 */
function exceptionFor(entry: string): Covers {
  const [, written = entry, port] = /^(\*|[^:]+|\[.+\]):(\d+)$/.exec(entry) ?? [];
  const name = bare(written);
  const parent = `.${name.replace(/^\*?\./, "")}`;
  return (url) => {
    if (port !== undefined && Number(port) !== portOf(url)) return false;
    const host = bare(url.hostname);
    return name === "*" || host.endsWith(parent) || (!name.startsWith("*") && `.${host}` === parent);
  };
}

/** The host without the brackets of IPv6 and without a trailing dot. */
function bare(host: string): string {
  return host.replace(/^\[(.+)\]$/, "$1").replace(/(.)\.$/, "$1");
}

function portOf({ port, protocol }: URL): number {
  return Number(port) || (protocol === "https:" ? 443 : 80);
}
