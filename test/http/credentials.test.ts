import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { authFailure } from "../../src/http/auth-failure.ts";
import { createTokenProvider } from "../../src/http/credentials.ts";
import { githubAssertion } from "../../src/http/github-assertion.ts";
import { AuthError } from "../../src/http/token.ts";
import { whyUnreachable } from "../../src/http/why-unreachable.ts";
import type { Auth } from "../../src/model/config.ts";
import { rejection } from "../fakes/graph-world.ts";
import { manualClock } from "../fakes/manual-clock.ts";
import { connectionError, scriptedFetch } from "../fakes/scripted-fetch.ts";
import { clientId, contosoId, tenantAt } from "../fakes/tenant-config.ts";

const never = new AbortController().signal;
const authority = "https://login.microsoftonline.com";
const github = {
  ACTIONS_ID_TOKEN_REQUEST_URL: "https://actions.example/token?api-version=2",
  ACTIONS_ID_TOKEN_REQUEST_TOKEN: "request-token",
};
const byGithub: Auth = { method: "github-oidc", clientId };
const secret = "s3cr3t~of.contoso";
const bySecret: Auth = { method: "client-secret", clientId, clientSecret: secret };

async function authError(promise: Promise<unknown>): Promise<AuthError> {
  const error = await rejection(promise);
  if (error instanceof AuthError) return error;
  throw error;
}

test.each([
  ["global", "api://AzureADTokenExchange"],
  ["gcc-high", "api://AzureADTokenExchangeUSGov"],
  ["dod", "api://AzureADTokenExchangeUSGov"],
  ["china", "api://AzureADTokenExchangeChina"],
] as const)("GitHub is asked for a proof for the audience of cloud %s", async (cloud, audience) => {
  const { fetch, seen } = scriptedFetch({ json: { value: "a.b.c" } });
  expect(await githubAssertion(cloud, { env: github, fetch }, never)).toBe("a.b.c");
  const url = new URL(seen[0]?.url ?? "");
  expect(url.searchParams.get("audience")).toBe(audience);
  expect(url.searchParams.get("api-version")).toBe("2");
  expect(seen[0]?.headers.get("authorization")).toBe("Bearer request-token");
});

test("outside of GitHub Actions, github-oidc says what it needs", async () => {
  const { fetch } = scriptedFetch();
  const world = { env: {}, fetch, clock: manualClock() };
  const tokens = createTokenProvider(tenantAt(authority, byGithub), "graph", world);
  const error = await authError(tokens.token({ renew: false }, never));
  expect(error.code).toBe("github-oidc-unavailable");
  expect(error.message).toContain("id-token: write");
  expect(error.message).toContain("`auth: { method: azure-cli }`");
});

test.each([
  [{ status: 500, text: "<html>" }, "github-oidc-failed", true],
  [{ json: { value: 7 } }, "github-oidc-failed", true],
  [{ text: "{" }, "github-oidc-failed", true],
  [connectionError("ENOTFOUND", "getaddrinfo"), "github-oidc-unreachable", false],
])("GitHub answering %j is a failed sign-in", async (answer, code, reached) => {
  const { fetch } = scriptedFetch(answer);
  const error = await authError(githubAssertion("global", { env: github, fetch }, never));
  expect(error).toMatchObject({ code, reached });
  expect(error.message).not.toContain("request-token");
});

test("who is aborted while GitHub answers is rejected with the reason", async () => {
  const controller = new AbortController();
  const { fetch } = scriptedFetch(() => {
    controller.abort("SIGINT");
    return connectionError("ECONNRESET");
  });
  const asked = githubAssertion("global", { env: github, fetch }, controller.signal);
  expect(await rejection(asked)).toBe("SIGINT");
});

test.each([
  [7000215, "client-secret-wrong"],
  [7000222, "client-secret-expired"],
  [700027, "certificate-not-registered"],
  [700016, "application-not-found"],
  [90002, "tenant-not-found"],
  [700213, "federated-credential-mismatch"],
  [700024, "assertion-expired"],
  [53003, "blocked-by-conditional-access"],
  [999999, "sign-in-refused"],
])("AADSTS%i is %s", (aadsts, code) => {
  const said = new Error(
    `invalid_client: Error(s): ${aadsts} - Timestamp: now - Description: AADSTS${aadsts}: Words.`,
  );
  expect(authFailure(said, bySecret, authority)).toMatchObject({ code, aadsts, reached: true });
});

test("Entra ID's words are kept, its trace ids and all secrets are not", () => {
  const said = new Error(
    `AADSTS700213: No record for subject 'repo:contoso/gal:ref:refs/heads/main', secret ${secret}, proof eyJhbGciOi.eyJzdWIi.c2ln. Trace ID: 8d1f Correlation ID: 77a0\r\nmore`,
  );
  const { message, cause } = authFailure(said, bySecret, authority);
  expect(message).toContain("No record for subject 'repo:contoso/gal:ref:refs/heads/main'");
  for (const hidden of [secret, "eyJ", "c2ln", "8d1f", "more"]) expect(message).not.toContain(hidden);
  expect(cause).toBeUndefined();
});

test("the reason may stand in a cause, and is cut to a length that people read", () => {
  const cause = new Error(`AADSTS7000222: ${"x".repeat(5000)}`);
  const { code, message } = authFailure(new Error("outer", { cause }), bySecret, authority);
  expect(code).toBe("client-secret-expired");
  expect(message.length).toBeLessThan(600);
});

test.each([
  ["client-certificate", "certificate-unusable"],
  ["workload-identity", "workload-identity-unavailable"],
  ["managed-identity", "managed-identity-unavailable"],
  ["azure-cli", "azure-cli-unavailable"],
  ["github-oidc", "sign-in-failed"],
] as const)("%s that fails before anybody is asked is %s", (method, code) => {
  const auth = { method, clientId, certificate: "PEM", certificatePassword: "" } as Auth; // what the method has is not read
  expect(authFailure(new Error("Something odd."), auth, authority).code).toBe(code);
});

test("a tenant that the sign-in service does not know is found by asking it", async () => {
  const words = { error: "invalid_tenant", error_description: "AADSTS90002: Tenant not found." };
  const { fetch, seen } = scriptedFetch({ status: 400, json: words });
  const reason = await whyUnreachable(tenantAt(authority, bySecret), fetch, never);
  expect(seen[0]?.url).toBe(`${authority}/${contosoId}/v2.0/.well-known/openid-configuration`);
  expect(reason?.code).toBe("tenant-not-found");
});

test("a sign-in service that answers well tells nothing", async () => {
  const { fetch } = scriptedFetch({ json: {} });
  expect(await whyUnreachable(tenantAt(authority, bySecret), fetch, never)).toBeNull();
});

test.each([
  [{ text: "<html>Welcome</html>" }, "login.microsoftonline.com answered 200 with a page"],
  [{ status: 404, text: "<html>" }, "login.microsoftonline.com answered 404 with a page"],
  [{ status: 302, text: "" }, "login.microsoftonline.com answered 302 with a page"],
  [connectionError("ECONNREFUSED", "connect"), "login.microsoftonline.com refused the connection."],
  [new TypeError("fetch failed", { cause: new Error("bad port") }), "failed: bad port."],
])("a service that does not answer as one (%j) is told with host and reason", async (answer, words) => {
  const { fetch } = scriptedFetch(answer);
  const reason = await whyUnreachable(tenantAt(authority, bySecret), fetch, never);
  expect(reason).toMatchObject({ reached: false, message: expect.stringContaining(words) as string });
  expect(reason?.message).toContain("Check the network, the proxy and `endpoints.authority`.");
});

test("a page in place of a token is told as one, without its text", () => {
  const said = new Error(
    "unknown_error: An unknown error occured.\nHttp status code: 200\nHttp status message: <html>Hotel</html>\nHeaders: {}",
  );
  const { message, reached } = authFailure(said, bySecret, authority);
  expect(message).toContain("answered 200 with a page that did not come from a sign-in service");
  expect(message).not.toContain("Hotel");
  expect(reached).toBe(false);
});

test("a host that a reference gives is shown as it is written where nobody answers", async () => {
  const references = new Map([["127.0.0.1:1", "${env:HOST}"]]);
  const tenant = { ...tenantAt("https://127.0.0.1:1", bySecret), references };
  const { fetch } = scriptedFetch(connectionError("ECONNREFUSED"));
  const tokens = createTokenProvider(tenant, "graph", { env: {}, fetch, clock: manualClock() });
  const { message } = await authError(tokens.token({ renew: false }, never));
  expect(message).toContain("${env:HOST}");
  expect(message).not.toContain("127.0.0.1");
});

test("a token file that a reference gives is shown as it is written where it cannot be read", async () => {
  const tokenFile = path.join(tmpdir(), "canary-of-a-secret");
  const auth: Auth = { method: "workload-identity", clientId, tokenFile };
  const tenant = { ...tenantAt(authority, auth), references: new Map([[tokenFile, "${env:FILE}"]]) };
  const { fetch } = scriptedFetch({ json: {} });
  const tokens = createTokenProvider(tenant, "graph", { env: {}, fetch, clock: manualClock() });
  const { message } = await authError(tokens.token({ renew: false }, never));
  expect(message).toContain("${env:FILE}");
  expect(message).not.toContain("canary");
});
