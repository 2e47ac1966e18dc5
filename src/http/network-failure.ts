import { ProxyError } from "./proxy-error.ts";
import { withoutSecrets } from "./without-secrets.ts";

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

/** What a rejection of fetch means, whoever made it: Node or a fake. */
export function networkFailure(error: unknown, url: string): NetworkFailure {
  const { host } = new URL(url);
  const chain = causes(error);
  for (const cause of chain) {
    const known = failureOf(cause, host);
    if (known !== null) return known;
  }
  const reason = withoutSecrets(chain.at(-1)?.message ?? "no reason is known");
  const message = `The connection to ${host} failed: ${reason}.`;
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
  // It has the code of one of its errors, but not what it happened to.
  if (cause instanceof AggregateError) return null;
  const code = typeof cause.code === "string" ? cause.code : "";
  if (certificateCodes.has(code) || code.startsWith("ERR_TLS_CERT")) {
    const message = `The certificate of ${host} is not trusted (${code}). Where a proxy or an own authority signs, name its certificate in NODE_EXTRA_CA_CERTS.`;
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
  /** What the host did, or did not. */
  readonly predicate: string;
}

const lost: Passing = { code: "connection-reset", sent: true, predicate: "broke the connection off" };
const silent: Passing = { code: "timeout", sent: true, predicate: "did not answer in time" };
const unknown: Passing = { code: "name-not-found", sent: false, predicate: "is a name that is not found" };
const refused: Passing = { code: "connection-refused", sent: false, predicate: "refused the connection" };
const slow: Passing = {
  code: "connect-timeout",
  sent: false,
  predicate: "could not be connected to in time",
};
const far: Passing = { code: "unreachable", sent: false, predicate: "cannot be reached from here" };

const byCode: Readonly<Record<string, Passing>> = {
  EAI_AGAIN: unknown,
  ECONNREFUSED: refused,
  ECONNRESET: lost,
  ENOTFOUND: unknown,
  EPIPE: lost,
  ETIMEDOUT: silent,
};

/** What means less harm before anything was sent. */
const whileConnecting: Readonly<Record<string, Passing>> = {
  EHOSTUNREACH: far,
  ENETUNREACH: far,
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
