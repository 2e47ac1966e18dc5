import type { TokenCredential } from "@azure/identity";
import type { Auth, Cloud, MicrosoftTenant } from "../model/config.ts";
import type { Context } from "../model/context.ts";
import { authFailure, unreachable } from "./auth-failure.ts";
import { withReferences } from "./with-references.ts";
import { whyUnreachable } from "./why-unreachable.ts";
import { githubAssertion } from "./github-assertion.ts";
import { AuthError, cachedTokens } from "./token.ts";
import type { TokenProvider } from "./token.ts";

type World = Pick<Context, "env" | "fetch" | "clock">;

/**
 * The resource that a token is requested for, whatever host the requests go to: a proxy in front of Graph needs a token
 * for Graph.
 *
 * @see https://learn.microsoft.com/en-us/graph/deployments
 */
const audiences: Record<"graph" | "exchange", Readonly<Record<Cloud, string>>> = {
  graph: {
    global: "https://graph.microsoft.com",
    "gcc-high": "https://graph.microsoft.us",
    dod: "https://dod-graph.microsoft.us",
    china: "https://microsoftgraph.chinacloudapi.cn",
  },
  exchange: {
    global: "https://outlook.office365.com",
    "gcc-high": "https://outlook.office365.us",
    dod: "https://outlook-dod.office365.us",
    china: "https://partner.outlook.cn",
  },
};

/** Authorities that the identity library accepts without instance discovery, which always asks the global cloud. */
const knownAuthorities: ReadonlySet<string> = new Set([
  "https://login.microsoftonline.com",
  "https://login.microsoftonline.us",
  "https://login.chinacloudapi.cn",
  "https://login.partner.microsoftonline.cn",
]);

/**
 * Creates the token provider for a tenant's configured authentication. The identity library is loaded with the first
 * token.
 */
export function createTokenProvider(
  tenant: MicrosoftTenant,
  resource: "graph" | "exchange",
  world: World,
): TokenProvider {
  const scope = `${audiences[resource][tenant.cloud]}/.default`;
  return cachedTokens(async (signal) => {
    try {
      // A credential caches its tokens and would return a refused one again, so each acquisition creates a new
      // credential.
      const credential = await credentialFor(tenant, world, signal);
      const token = await credential.getToken(scope, { abortSignal: signal });
      if (token === null)
        throw new AuthError({ code: "sign-in-failed", message: "The sign-in returned no token." });
      return { token: token.token, expiresAt: token.expiresOnTimestamp };
    } catch (error) {
      signal.throwIfAborted();
      throw await explained(error, tenant, world, signal);
    }
  }, world.clock);
}

async function explained(
  error: unknown,
  tenant: MicrosoftTenant,
  world: World,
  signal: AbortSignal,
): Promise<AuthError> {
  const { auth, endpoints, name, place, references } = tenant;
  const failure = authFailure(error, auth, endpoints.authority);
  const isVague = failure.code === unreachable || failure.code === "sign-in-failed";
  const reason = isVague ? await whyUnreachable(tenant, world.fetch, signal) : null;
  const { code, aadsts, reached } = reason ?? failure;
  const message = withReferences((reason ?? failure).message, references);
  return new AuthError({ code, message, aadsts, reached, tenant: { name, place } });
}

async function credentialFor(
  tenant: MicrosoftTenant,
  world: World,
  signal: AbortSignal,
): Promise<TokenCredential> {
  // Named one by one so that the bundler drops the credentials that are not used.
  const {
    AzureCliCredential,
    ClientAssertionCredential,
    ClientCertificateCredential,
    ClientSecretCredential,
    ManagedIdentityCredential,
    WorkloadIdentityCredential,
  } = await import("@azure/identity");
  const { tenantId, auth } = tenant;
  const { authority } = tenant.endpoints;
  const options = {
    authorityHost: authority,
    disableInstanceDiscovery: !knownAuthorities.has(authority),
    // Retries after about 1 s and 2 s: a service that is still down by then seldom comes back shortly after.
    retryOptions: { maxRetries: 2, retryDelayInMs: 500 },
  };
  switch (auth.method) {
    case "client-secret":
      return new ClientSecretCredential(tenantId, auth.clientId, auth.clientSecret, options);
    case "client-certificate":
      return new ClientCertificateCredential(tenantId, auth.clientId, pemOf(auth), options);
    case "github-oidc": {
      const assertion = await githubAssertion(tenant.cloud, world, signal);
      const give = (): Promise<string> => Promise.resolve(assertion);
      return new ClientAssertionCredential(tenantId, auth.clientId, give, options);
    }
    case "workload-identity": {
      const { clientId, tokenFile: tokenFilePath } = auth;
      return new WorkloadIdentityCredential({ tenantId, clientId, tokenFilePath, ...options });
    }
    case "managed-identity":
      return new ManagedIdentityCredential(auth.clientId === "" ? {} : { clientId: auth.clientId });
    case "azure-cli":
      break;
  }
  return new AzureCliCredential({ tenantId });
}

function pemOf(auth: Auth & { readonly method: "client-certificate" }): {
  certificate: string;
  certificatePassword?: string;
} {
  const { certificate, certificatePassword } = auth;
  return certificatePassword === "" ? { certificate } : { certificate, certificatePassword };
}
