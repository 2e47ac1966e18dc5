import type { Cloud } from "../model/config.ts";
import type { Context } from "../model/context.ts";
import { networkFailure } from "./network-failure.ts";
import { AuthError } from "./token.ts";

/** @see https://learn.microsoft.com/en-us/entra/workload-id/workload-identity-federation-create-trust */
const audiences: Readonly<Record<Cloud, string>> = {
  global: "api://AzureADTokenExchange",
  "gcc-high": "api://AzureADTokenExchangeUSGov",
  dod: "api://AzureADTokenExchangeUSGov",
  china: "api://AzureADTokenExchangeChina",
};

/**
 * Gets the OIDC token that identifies this GitHub Actions workflow. It is valid for minutes only, so each sign-in needs
 * a new one.
 *
 * @see https://docs.github.com/en/actions/reference/security/oidc
 * @throws {AuthError} outside GitHub Actions, without the `id-token` permission, and when GitHub fails
 */
export async function githubAssertion(
  cloud: Cloud,
  { env, fetch }: Pick<Context, "env" | "fetch">,
  signal: AbortSignal,
): Promise<string> {
  const requestUrl = env["ACTIONS_ID_TOKEN_REQUEST_URL"] ?? "";
  const requestToken = env["ACTIONS_ID_TOKEN_REQUEST_TOKEN"] ?? "";
  // Node would quote a header that cannot be sent, and with it the token, in its error.
  if (!URL.canParse(requestUrl) || !/^[\x21-\x7e]+$/.test(requestToken)) {
    throw new AuthError({
      code: "github-oidc-unavailable",
      message:
        "GitHub does not provide an identity for this job. `github-oidc` works only in GitHub Actions, in a job with `permissions: id-token: write`, and never for a pull request from a fork. On your own machine, sign in with `az login` and use `auth: { method: azure-cli }` here, without a clientId; or plan in the pull request.",
    });
  }
  const url = new URL(requestUrl);
  url.searchParams.set("audience", audiences[cloud]);
  const headers = { Accept: "application/json", Authorization: `Bearer ${requestToken}` };
  const response = await reach(fetch(url.href, { method: "GET", headers, signal }), url.href, signal);
  const body = await reach(response.text(), url.href, signal);
  const assertion = response.ok ? valueIn(body) : "";
  if (assertion !== "") return assertion;
  const message = `GitHub did not provide an identity for this job: it answered ${response.status}. Run the job again.`;
  throw new AuthError({ code: "github-oidc-failed", message });
}

async function reach<T>(step: Promise<T>, url: string, signal: AbortSignal): Promise<T> {
  try {
    return await step;
  } catch (error) {
    signal.throwIfAborted();
    const { message } = networkFailure(error, url);
    throw new AuthError({
      code: "github-oidc-unreachable",
      message: `GitHub did not provide an identity for this job: ${message}`,
      reached: false,
    });
  }
}

function valueIn(json: string): string {
  try {
    const { value } = JSON.parse(json) as { readonly value?: unknown }; // value is checked below
    return typeof value === "string" ? value : "";
  } catch {
    return "";
  }
}
