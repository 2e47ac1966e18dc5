/** What it means that no response came. */
export interface NetworkFailure {
  /** Stable, kebab-case. */
  readonly code: string;
  /** False when the request certainly never reached the service. */
  readonly sent: boolean;
  /** Whether it may pass by itself. */
  readonly passing: boolean;
  /** A full sentence. */
  readonly message: string;
}

/** What a rejection of fetch means, whoever made it: Node, undici, or a fake. */
export function networkFailure(error: unknown, url: string): NetworkFailure {
  const { host } = new URL(url);
  const chain = causes(error);
  for (const cause of chain) {
    const known = failureOf(cause, host);
    if (known !== null) return known;
  }
  const message = `The connection to ${host} failed: ${chain.at(-1)?.message ?? "no reason is known"}.`;
  return { code: "network", sent: true, passing: true, message };
}

type Cause = Error & { readonly code?: unknown; readonly syscall?: unknown };

/** The error, what caused it and what caused that; of several at once (one for each address) all. */
function causes(error: unknown): readonly Cause[] {
  const found: Cause[] = [];
  const queue = [error];
  for (let next = queue.shift(); next !== undefined && found.length < 20; next = queue.shift()) {
    if (!(next instanceof Error)) continue;
    found.push(next);
    if (next instanceof AggregateError) queue.push(...(next.errors as readonly unknown[]));
    queue.push(next.cause);
  }
  return found;
}

function failureOf(cause: Cause, host: string): NetworkFailure | null {
  const code = typeof cause.code === "string" ? cause.code : "";
  const connecting = cause.syscall === "connect" || cause.syscall === "getaddrinfo";
  if (certificateCodes.has(code) || code.startsWith("ERR_TLS_CERT")) {
    const message = `The certificate of ${host} is not trusted (${code}). Where a proxy or an own authority signs, name its certificate in NODE_EXTRA_CA_CERTS.`;
    return { code: "certificate", sent: false, passing: false, message };
  }
  if (cause.message.startsWith("Proxy response (") || code.startsWith("UND_ERR_PRX")) {
    const message = `The proxy did not connect to ${host}: ${cause.message}. Check HTTPS_PROXY and NO_PROXY.`;
    return { code: "proxy", sent: false, passing: false, message };
  }
  switch (code) {
    case "ERR_INVALID_URL": {
      const message = "HTTPS_PROXY or HTTP_PROXY is no URL. Write it as http://proxy.example:8080.";
      return { code: "proxy", sent: false, passing: false, message };
    }
    case "ECONNREFUSED":
      return unsent("connection-refused", `The connection to ${host} was refused.`);
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return unsent("name-not-found", `The name ${host} could not be resolved.`);
    case "UND_ERR_CONNECT_TIMEOUT":
      return unsent("connect-timeout", `${host} could not be connected to in time.`);
    case "EHOSTUNREACH":
    case "ENETUNREACH":
      return { ...unsent("unreachable", `${host} cannot be reached from here.`), sent: !connecting };
    case "ETIMEDOUT":
      if (connecting) return unsent("connect-timeout", `${host} could not be connected to in time.`);
      return lost("timeout", `${host} did not answer in time.`);
    case "UND_ERR_HEADERS_TIMEOUT":
    case "UND_ERR_BODY_TIMEOUT":
      return lost("timeout", `${host} did not answer in time.`);
    case "ECONNRESET":
    case "EPIPE":
    case "UND_ERR_SOCKET":
      return lost("connection-reset", `The connection to ${host} was lost before the answer came.`);
    default:
      return null;
  }
}

function unsent(code: string, message: string): NetworkFailure {
  return { code, sent: false, passing: true, message };
}

function lost(code: string, message: string): NetworkFailure {
  return { code, sent: true, passing: true, message };
}

const certificateCodes: ReadonlySet<string> = new Set([
  "CERT_HAS_EXPIRED",
  "CERT_NOT_YET_VALID",
  "CERT_REVOKED",
  "CERT_SIGNATURE_FAILURE",
  "CERT_UNTRUSTED",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_GET_ISSUER_CERT",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
]);
