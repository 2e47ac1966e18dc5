import type { Auth } from "../model/config.ts";
import { adviceFor } from "./auth-advice.ts";
import type { Advice } from "./auth-advice.ts";
import { networkFailure } from "./network-failure.ts";
import { AuthError } from "./token.ts";
import { withoutSecrets } from "./without-secrets.ts";

/** The error code when all that is known is that the sign-in service did not answer as one. */
export const unreachable = "sign-in-unreachable";

/**
 * Explains why a sign-in failed. The identity library gives Entra ID's error number only in its message text.
 *
 * The returned error has no `cause`: the library's errors may hold the request, and with it the secret.
 */
export function authFailure(error: unknown, auth: Auth, authority: string): AuthError {
  if (error instanceof AuthError) return error;
  const text = textOf(error);
  const page = /^Http status code: (\d+)$/m.exec(text);
  if (page !== null) return noSignInService(authority, Number(page[1]));
  const said = /AADSTS(\d+)/.exec(text);
  if (said !== null) {
    const aadsts = Number(said[1]);
    const advice = adviceFor(aadsts) ?? unknownRefusal;
    return new AuthError({ ...withWords(advice, wordsOf(text, auth)), aadsts });
  }
  if (networkFailure(error, authority).code !== "network") return notReached(error, authority);
  if (/endpoints_resolution_error|openid_config_error|network_error|ENOTFOUND|ECONNREFUSED/.test(text)) {
    const message = `Signing in failed: ${authority} did not answer like a sign-in service. ${whatToCheck}`;
    return new AuthError({ code: unreachable, message, reached: false });
  }
  return new AuthError(withWords(unusable[auth.method], wordsOf(text, auth)));
}

/** The error for a sign-in that got no answer. */
export function notReached(error: unknown, authority: string): AuthError {
  const { code, message } = networkFailure(error, authority);
  const said = `Signing in failed: ${message} ${whatToCheck}`;
  return new AuthError({ code: `sign-in-${code}`, message: said, reached: false });
}

/**
 * The error for an answer that did not come from a sign-in service, but from a captive portal, a proxy or another
 * server.
 */
export function noSignInService(authority: string, status: number): AuthError {
  const message = `Signing in failed: ${authority} answered ${status} with a page that did not come from a sign-in service. A captive portal or a proxy may have answered instead. ${whatToCheck}`;
  return new AuthError({ code: unreachable, message, reached: false });
}

const whatToCheck = "Check the network, the proxy and `endpoints.authority`.";

const unknownRefusal: Advice = {
  code: "sign-in-refused",
  message: "Entra ID refused the sign-in.",
};

const failed: Advice = { code: "sign-in-failed", message: "Signing in failed." };

/** What went wrong before any request was sent, by authentication method. */
const unusable: Readonly<Record<Auth["method"], Advice>> = {
  "client-secret": failed,
  "github-oidc": failed,
  "client-certificate": {
    code: "certificate-unusable",
    message:
      "The certificate cannot be used. It must be in PEM format and contain both the certificate and its private key; a password-protected key needs `certificatePassword`.",
  },
  "workload-identity": {
    code: "workload-identity-unavailable",
    message:
      "No workload identity is available here. Set `tokenFile` to the path of the token that the platform projects into the pod.",
  },
  "managed-identity": {
    code: "managed-identity-unavailable",
    message:
      "No managed identity is available here. Run on an Azure machine or service that has one; for a user-assigned identity, check `clientId`.",
  },
  "azure-cli": {
    code: "azure-cli-unavailable",
    message: "The Azure CLI returned no token. Install it, and run `az login` for this tenant.",
  },
};

function withWords({ code, message }: Advice, words: string): Advice {
  return { code, message: words === "" ? message : `${message} (${words})` };
}

/** The beginning of the service's own message, without trace ids and without secrets. */
function wordsOf(text: string, auth: Auth): string {
  const from = Math.max(0, text.search(/AADSTS\d+/));
  const firstLine = text.slice(from).split(/[\r\n]| Trace ID:| - Correlation/, 1)[0] ?? "";
  const harmless = withoutSecrets(firstLine, secretsOf(auth)).trim();
  return harmless.length > 400 ? `${harmless.slice(0, 400)}…` : harmless;
}

function secretsOf(auth: Auth): readonly string[] {
  if (auth.method === "client-secret") return [auth.clientSecret];
  return auth.method === "client-certificate" ? [auth.certificate, auth.certificatePassword] : [];
}

function textOf(error: unknown): string {
  const parts: string[] = [];
  for (let next = error; next instanceof Error && parts.length < 10; next = next.cause)
    parts.push(next.message);
  return parts.join("\n");
}
