import type { Environment } from "../model/context.ts";
import { ProxyError } from "./proxy-error.ts";

/**
 * Which proxy a URL is asked through: the one of HTTPS_PROXY or HTTP_PROXY by its scheme, for https the latter where
 * only that is set; null for the hosts in NO_PROXY. Names in small letters come first, also when they are empty.
 *
 * @returns throws ProxyError where what the environment names can be no proxy
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

/** Many write the proxy without its scheme, as curl allows. */
function proxyAt(written: string): URL {
  const proxy = URL.parse(written.includes("://") ? written : `http://${written}`);
  if (proxy?.protocol === "http:" || proxy?.protocol === "https:") return proxy;
  const instead = proxy === null ? "no URL" : `a ${proxy.protocol} URL, which is not supported`;
  throw new ProxyError(`HTTPS_PROXY or HTTP_PROXY is ${instead}. Write it as http://proxy.example:8080.`);
}

type Covers = (url: URL) => boolean;

/** With commas or spaces between them. */
function exceptionsIn(noProxy: string): readonly Covers[] {
  return noProxy
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((entry) => entry !== "")
    .map(exceptionFor);
}

/**
 * A host, for itself and all below it; `*.host` only for those below it; `*` for everything. Each with a port or
 * without. Addresses are compared as they are written.
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

/** Without the brackets of IPv6 and the dot that makes a name absolute. */
function bare(host: string): string {
  return host.replace(/^\[(.+)\]$/, "$1").replace(/(.)\.$/, "$1");
}

function portOf({ port, protocol }: URL): number {
  return Number(port) || (protocol === "https:" ? 443 : 80);
}
