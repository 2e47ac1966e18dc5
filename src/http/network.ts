import type { Dispatcher, fetch as undiciFetch } from "undici";
import type { Environment, Fetch } from "../model/context.ts";

const connectTimeoutMs = 15_000;
/** Until the first byte, and between bytes; Graph itself gives up earlier, Exchange works a minute on some cmdlets. */
const answerTimeoutMs = 120_000;

/**
 * Fetch over the network, through the proxy that HTTPS_PROXY or HTTP_PROXY names, but for the hosts in NO_PROXY.
 * Redirects are not followed. Node itself adds the authorities of NODE_EXTRA_CA_CERTS.
 *
 * undici is loaded with the first request: a run on sandboxes only needs none of it.
 */
export function createNetworkFetch(env: Environment): Fetch {
  let loading: ReturnType<typeof load> | null = null;
  return async (url, init) => {
    loading ??= load(env);
    const { fetch, dispatcher } = await loading;
    const response = await fetch(url, { ...init, redirect: "manual", dispatcher });
    return response as unknown as Response; // undici's own Response, of the same shape as the global one
  };
}

async function load(env: Environment): Promise<{
  readonly fetch: typeof undiciFetch;
  readonly dispatcher: Dispatcher;
}> {
  const { EnvHttpProxyAgent, fetch } = await import("undici");
  const dispatcher = new EnvHttpProxyAgent({
    // Empty text, not undefined, keeps the agent from reading the process's environment itself.
    httpProxy: proxyUrl(env["http_proxy"] ?? env["HTTP_PROXY"] ?? ""),
    httpsProxy: proxyUrl(env["https_proxy"] ?? env["HTTPS_PROXY"] ?? ""),
    noProxy: env["no_proxy"] ?? env["NO_PROXY"] ?? "",
    allowH2: false,
    connect: { timeout: connectTimeoutMs },
    headersTimeout: answerTimeoutMs,
    bodyTimeout: answerTimeoutMs,
  });
  return { fetch, dispatcher };
}

/** Many write the proxy without its scheme, as curl allows. */
function proxyUrl(text: string): string {
  return text === "" || text.includes("://") ? text : `http://${text}`;
}
