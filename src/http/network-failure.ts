import { ProxyError, UnreachableProxyError } from "./proxy-error.ts";
import { withoutSecrets } from "./without-secrets.ts";

/** Why a request got no response. */
export interface NetworkFailure {
  /** Stable, kebab-case. */
  readonly code: string;
  /** False when the request certainly did not reach the service. */
  readonly sent: boolean;
  /** Whether the failure may be temporary. */
  readonly passing: boolean;
  /** A full sentence. */
  readonly message: string;
}

/** Classifies a rejection of `fetch`, whether from Node or a test double. */
export function networkFailure(error: unknown, url: string): NetworkFailure {
  const chain = causes(error);
  const proxy = chain.find((cause) => cause instanceof UnreachableProxyError) ?? null;
  const failure = failureIn(chain, proxy === null ? new URL(url).host : `the proxy ${proxy.host}`);
  if (proxy === null) return failure;
  const message = `${failure.message.replace(/^the/, "The")} Check HTTPS_PROXY and NO_PROXY.`;
  return { ...failure, sent: false, message };
}

/** @param host - that was not reached, or the proxy before it */
function failureIn(chain: readonly Cause[], host: string): NetworkFailure {
  for (const cause of chain) {
    const known = failureOf(cause, host);
    if (known !== null) return known;
  }
  const reason = withoutSecrets(chain.at(-1)?.message ?? "the reason is unknown");
  const message = `The connection to ${host} failed: ${reason}.`;
  return { code: "network", sent: true, passing: true, message };
}

type Cause = Error & { readonly code?: unknown; readonly syscall?: unknown };

/**
 * The error and its chain of causes, including all errors of an AggregateError (one for each address that was tried).
 */
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
  // It repeats the code of one of its errors, but without the syscall.
  if (cause instanceof AggregateError) return null;
  const code = typeof cause.code === "string" ? cause.code : "";
  if (certificateCodes.has(code) || code.startsWith("ERR_TLS_CERT")) {
    const message = `The certificate of ${host} is not trusted (${code}). If a proxy or a private certificate authority signed it, set NODE_EXTRA_CA_CERTS to the file with that authority's certificate.`;
    return { code: "certificate", sent: false, passing: false, message };
  }
  if (cause instanceof ProxyError) {
    return { code: "proxy", sent: false, passing: false, message: withoutSecrets(cause.message) };
  }
  const connecting = cause.syscall === "connect";
  const known = connecting ? (whileConnecting[code] ?? byCode[code]) : byCode[code];
  if (known === undefined) return null;
  return { code: known.code, sent: known.sent, passing: true, message: `${host} ${known.predicate}.` };
}

interface Passing {
  readonly code: string;
  readonly sent: boolean;
  /** What the host did or failed to do, as the rest of a sentence. */
  readonly predicate: string;
}

const lost: Passing = {
  code: "connection-reset",
  sent: true,
  predicate: "closed the connection unexpectedly",
};
const silent: Passing = { code: "timeout", sent: true, predicate: "did not answer in time" };
const unknown: Passing = {
  code: "name-not-found",
  sent: false,
  predicate: "was not found by name resolution",
};
const refused: Passing = { code: "connection-refused", sent: false, predicate: "refused the connection" };
const slow: Passing = {
  code: "connect-timeout",
  sent: false,
  predicate: "did not accept a connection in time",
};
const unroutable: Passing = { code: "unreachable", sent: false, predicate: "cannot be reached from here" };

const byCode: Readonly<Record<string, Passing>> = {
  EAI_AGAIN: unknown,
  ECONNREFUSED: refused,
  ECONNRESET: lost,
  ENOTFOUND: unknown,
  EPIPE: lost,
  ETIMEDOUT: silent,
};

/** Codes that mean something else, and less harm, while connecting: nothing was sent yet. */
const whileConnecting: Readonly<Record<string, Passing>> = {
  EHOSTUNREACH: unroutable,
  ENETUNREACH: unroutable,
  ETIMEDOUT: slow,
};

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
