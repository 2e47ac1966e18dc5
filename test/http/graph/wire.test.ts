import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import type { TestContext } from "vitest";
import type { Auth } from "../../../src/model/config.ts";
import type { Fetch } from "../../../src/model/context.ts";
import { openHttpsTenant } from "../../fakes/https-tenant.ts";
import type { HttpsTenant } from "../../fakes/https-tenant.ts";
import { clientId, contosoId } from "../../fakes/tenant-config.ts";

const graphOrigin = "https://graph.inside.invalid";
const rightSecret = "kR8~right.secret";
const bySecret: Auth = { method: "client-secret", clientId, clientSecret: rightSecret };

/** Two pages of users, a batch, and a photo that is put and got. */
function smallGraph(): Fetch {
  let photo: Uint8Array<ArrayBuffer> | null = null;
  return async (url, { method, body }) => {
    const path = url.slice(graphOrigin.length);
    if (path === "/v1.0/users?$top=1") {
      return Response.json({
        value: [{ id: "ann" }],
        "@odata.nextLink": `${graphOrigin}/v1.0/users?%24skip=1`,
      });
    }
    if (path === "/v1.0/users?%24skip=1") return Response.json({ value: [{ id: "bo" }] });
    if (path === "/v1.0/$batch") {
      const { requests } = JSON.parse(String(body)) as { requests: readonly { id: string; body: unknown }[] };
      const responses = requests.map((request) => ({ id: request.id, status: 201, body: request.body }));
      return Response.json({ responses });
    }
    if (path === "/v1.0/moved") {
      return new Response(null, { status: 302, headers: { location: "https://elsewhere.invalid/" } });
    }
    if (path.endsWith("/photo/$value") && method === "PUT" && body instanceof Uint8Array) {
      photo = new Uint8Array(body);
      return new Response(null, { status: 200 });
    }
    if (path.endsWith("/photo/$value") && photo !== null) {
      return new Response(photo, { headers: { "Content-Type": "image/jpeg" } });
    }
    return new Response(null, { status: 404 });
  };
}

async function tenantFor(
  { onTestFinished }: TestContext,
  more: { readonly requestsPerToken?: number } = {},
): Promise<HttpsTenant> {
  const identity = { tenantId: contosoId, clientId, clientSecret: rightSecret };
  const tenant = await openHttpsTenant({ fetch: smallGraph(), graphOrigin, ...identity, ...more });
  onTestFinished(() => tenant.close());
  return tenant;
}

async function runJob(
  tenant: Pick<HttpsTenant, "origin" | "certificateFile">,
  auth: Auth,
  env: Readonly<Record<string, string>> = {},
): Promise<{ readonly outcome: Record<string, unknown>; readonly stderr: string }> {
  const { stdout, stderr } = await promisify(execFile)(
    process.execPath,
    [new URL("wire-job.ts", import.meta.url).pathname, JSON.stringify({ origin: tenant.origin, auth })],
    { env: { PATH: process.env["PATH"], NODE_EXTRA_CA_CERTS: tenant.certificateFile, ...env } },
  );
  return { outcome: JSON.parse(stdout) as Record<string, unknown>, stderr };
}

const done = {
  moved: {
    status: 302,
    code: "foreign-link",
    message: "The service redirects to https://elsewhere.invalid. galops does not follow redirects.",
  },
  pages: [[{ id: "ann" }], [{ id: "bo" }]],
  batch: [{ ok: true, status: 201, body: { displayName: "Bö Li" }, requestId: "" }],
  sent: null,
  photo: { bytes: [255, 216, 0, 10], contentType: "image/jpeg" },
};

// The children mostly wait: for the identity library, which asks again where nobody listens.
describe.concurrent("over the wire", () => {
  test("sign-in, pages, batches and photos go over real TLS, quietly", async (context) => {
    const tenant = await tenantFor(context);
    expect(await runJob(tenant, bySecret)).toEqual({ outcome: done, stderr: "" });
    expect(tenant.signIns).toHaveLength(1);
    expect(tenant.signIns[0]).toMatchObject({
      grant_type: "client_credentials",
      client_id: clientId,
      scope: "https://graph.microsoft.com/.default",
    });
  });

  test("a token that ends in the middle of a run is replaced", async (context) => {
    const tenant = await tenantFor(context, { requestsPerToken: 2 });
    expect((await runJob(tenant, bySecret)).outcome).toEqual(done);
    expect(tenant.signIns.length).toBeGreaterThan(1);
  });

  test("a certificate signs in with a signed proof and no secret", async (context) => {
    const tenant = await tenantFor(context);
    const auth: Auth = {
      method: "client-certificate",
      clientId,
      certificate: tenant.clientPem,
      certificatePassword: "",
    };
    expect((await runJob(tenant, auth)).outcome).toEqual(done);
    const form = tenant.signIns[0] ?? {};
    expect(form["client_assertion"]?.split(".")).toHaveLength(3);
    expect(form["client_secret"]).toBeUndefined();
  });

  test("sign-in and Graph both go through the proxy that the environment names", async (context) => {
    const tenant = await tenantFor(context);
    const { host } = new URL(tenant.origin);
    const { outcome } = await runJob(tenant, bySecret, { HTTPS_PROXY: tenant.proxy });
    expect(outcome).toEqual(done);
    // Microsoft's identity library has connections of its own.
    expect(tenant.tunnels.length).toBeGreaterThanOrEqual(2);
    expect(new Set(tenant.tunnels)).toEqual(new Set([host]));
  });

  test("what NO_PROXY names does not go through the proxy", async (context) => {
    const tenant = await tenantFor(context);
    const env = { HTTPS_PROXY: tenant.proxy, NO_PROXY: "localhost" };
    expect((await runJob(tenant, bySecret, env)).outcome).toEqual(done);
    expect(tenant.tunnels).toEqual([]);
  });

  test("a wrong secret is told as such, and not shown", async (context) => {
    const tenant = await tenantFor(context);
    const wrong = "wR0ng~secret.value";
    const { outcome, stderr } = await runJob(tenant, { ...bySecret, clientSecret: wrong });
    expect(outcome).toMatchObject({ status: 401, code: "client-secret-wrong" });
    expect(outcome["message"]).toContain("AADSTS7000215: Invalid client secret provided.");
    expect(JSON.stringify(outcome) + stderr).not.toContain(wrong);
  });

  test("an application that the tenant does not know is told as such", async (context) => {
    const tenant = await tenantFor(context);
    const { outcome } = await runJob(tenant, { ...bySecret, clientId: contosoId });
    expect(outcome).toMatchObject({ status: 401, code: "application-not-found" });
  });

  test("a certificate that is none is told as such", async (context) => {
    const tenant = await tenantFor(context);
    const auth = {
      method: "client-certificate",
      clientId,
      certificate: "-----no PEM-----",
      certificatePassword: "",
    };
    const { outcome } = await runJob(tenant, auth as Auth);
    expect(outcome).toMatchObject({ status: 401, code: "certificate-unusable" });
    expect(outcome["message"]).not.toContain("no PEM");
  });

  test("without NODE_EXTRA_CA_CERTS a private authority is not trusted, and the message names it", async (context) => {
    const tenant = await tenantFor(context);
    const { outcome } = await runJob({ origin: tenant.origin, certificateFile: "" }, bySecret);
    expect(outcome).toMatchObject({ status: 0, code: "sign-in-certificate" });
    expect(outcome["message"]).toContain("NODE_EXTRA_CA_CERTS");
  });

  test("where nobody listens the sign-in cannot be reached", async (context) => {
    const tenant = await tenantFor(context);
    await tenant.close();
    const { outcome } = await runJob(tenant, bySecret);
    expect(outcome).toMatchObject({ status: 0, code: "sign-in-connection-refused" });
  });

  test("a proxy that is not there is told as such", async (context) => {
    const tenant = await tenantFor(context);
    const closed = await tenantFor(context);
    await closed.close();
    const { outcome } = await runJob(tenant, bySecret, { HTTPS_PROXY: closed.proxy });
    expect(outcome).toMatchObject({ status: 0, code: "sign-in-connection-refused" });
  });
});
