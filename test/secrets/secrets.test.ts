import { createPrivateKey } from "node:crypto";
import path from "node:path";
import type { IncomingMessage } from "node:http";
import { writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { githubJob } from "../github/actions-world.ts";
import { secrets, secretWorld } from "./world.ts";

// The program as a user has it, with a canary for every secret; `galops` looks for them in all that is said, and the
// world, when it is closed, in all that was written.

const minutes = 60_000;
const bySecret = 'method: client-secret, clientSecret: "${env:CONTOSO_SECRET}"';
const right = { CONTOSO_SECRET: secrets.clientSecret, GALOPS_REDACTION_KEY: secrets.redactionKey };

test("a run from plan to rollback tells and keeps no secret", { timeout: minutes }, async () => {
  const { galops, tenant } = await secretWorld(bySecret);
  expect(await galops(right, "plan", "-o", "week.plan")).toMatchObject({ code: 0 });
  expect(await galops(right, "show", "week.plan", "--redact", "partial")).toMatchObject({ code: 0 });
  expect(await galops(right, "apply", "week.plan", "--format", "junit")).toMatchObject({ code: 0 });
  expect(await galops(right, "runs")).toMatchObject({ code: 0 });
  expect(
    (await galops(right, "rollback", "last", "--auto-approve", "--allow", "deletes=18")).stdout,
  ).toContain("Rollback");
  expect(await galops(right, "validate", "--format", "sarif")).toMatchObject({ code: 0 });
  // They were there to be told: in the form that signs in.
  expect(tenant.signIns[0]).toMatchObject({ client_secret: secrets.clientSecret });
});

test(
  "who answers in the services' place and quotes the request gives nothing away",
  { timeout: minutes },
  async () => {
    let isUp = true;
    const { galops } = await secretWorld(bySecret, {
      gateway: (request) =>
        isUp || !/\/contacts|\$batch/u.test(request.url ?? "") ? null : quoting(request, 403),
    });
    await galops(right, "plan", "-o", "week.plan");
    isUp = false;
    const planned = await galops(right, "plan");
    expect(planned).toMatchObject({ code: 1 });
    const applied = await galops(right, "apply", "week.plan", "--format", "json");
    expect(applied).toMatchObject({ code: 3 });
    expect(planned.stderr + applied.stdout).toMatch(/\*\*\*/u);
  },
);

test("a refused sign-in that quotes the form gives nothing away", { timeout: minutes }, async () => {
  const { galops } = await secretWorld(bySecret, {
    gateway(request, body) {
      if (request.url?.includes("/token") !== true) return null;
      const form = Object.fromEntries(new URLSearchParams(body));
      const error_description = `AADSTS7000215: Invalid client secret '${form["client_secret"]}' in ${body}`;
      return Response.json({ error: "invalid_client", error_description }, { status: 401 });
    },
  });
  const wrong = { CONTOSO_SECRET: secrets.wrongSecret };
  for (const format of ["text", "json", "markdown", "html"]) {
    const { code, stderr } = await galops(wrong, "plan", "--format", format);
    expect(code).toBe(1);
    expect(stderr).toContain("The client secret does not belong to the application");
  }
});

test(
  "certificate, key and password are not told, whatever is wrong with them",
  { timeout: minutes },
  async () => {
    const auth =
      'method: client-certificate, certificate: "${file:given-app.pem}", certificatePassword: "${env:PASSWORD}"';
    const { galops, made, tenant } = await secretWorld(auth);
    const [, certificate = ""] =
      /(-----BEGIN CERTIFICATE-----[^]*?-----END CERTIFICATE-----)/u.exec(tenant.clientPem) ?? [];
    const key = createPrivateKey(tenant.clientPem).export({
      type: "pkcs8",
      format: "pem",
      cipher: "aes-256-cbc",
      passphrase: secrets.password,
    });
    const pem = path.join(made.folder, "given-app.pem");
    writeFileSync(pem, `${certificate}\n${String(key)}`);
    expect(await galops({ PASSWORD: secrets.password }, "plan")).toMatchObject({ code: 0 });
    expect(await galops({ PASSWORD: "canary-of-a-wrong-password" }, "plan")).toMatchObject({ code: 1 });
    writeFileSync(pem, tenant.clientPem.replace("-----END", "canary-----END"));
    expect(await galops({ PASSWORD: "" }, "plan")).toMatchObject({ code: 1 });
    writeFileSync(pem, tenant.clientPem.slice(0, 300));
    expect(await galops({ PASSWORD: "" }, "validate")).toMatchObject({ code: 0 });
    expect(await galops({ PASSWORD: "" }, "plan")).toMatchObject({ code: 1 });
  },
);

test("neither the token of a job nor what it proves is told", { timeout: minutes }, async () => {
  let fails = false;
  const { galops, tenant, made } = await secretWorld("method: github-oidc", {
    gateway(request) {
      if (request.url?.startsWith("/repos/") === true) return quoting(request, 401);
      if (request.url?.startsWith("/oidc") !== true) return null;
      return fails ? quoting(request, 500) : Response.json({ value: secrets.assertion });
    },
  });
  const job = {
    ...githubJob(made).env,
    GITHUB_API_URL: tenant.origin,
    GITHUB_TOKEN: secrets.githubToken,
    ACTIONS_ID_TOKEN_REQUEST_URL: `${tenant.origin}/oidc?x=1`,
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: secrets.requestToken,
  };
  expect(await galops(job, "plan", "-o", "week.plan")).toMatchObject({ code: 0 });
  expect(tenant.signIns[0]).toMatchObject({ client_assertion: secrets.assertion });
  const told = await galops(job, "ci", "github", "--plan", "week.plan");
  expect(told.code).toBe(1);
  expect(told.stderr).toContain("***");
  fails = true;
  expect(await galops(job, "plan")).toMatchObject({ code: 1 });
  // Node quotes a header that it does not like.
  const broken = { ...job, ACTIONS_ID_TOKEN_REQUEST_TOKEN: `${secrets.requestToken}\n canary` };
  expect(await galops(broken, "plan")).toMatchObject({ code: 1 });
});

test("a passphrase, an identity and the password of a proxy are not told", { timeout: minutes }, async () => {
  const { galops, tenant } = await secretWorld(bySecret);
  const locked = { ...right, GALOPS_PLAN_PASSPHRASE: secrets.passphrase };
  expect(await galops(locked, "plan", "-o", "week.plan")).toMatchObject({ code: 0 });
  expect(await galops(locked, "apply", "week.plan")).toMatchObject({ code: 0 });
  const wrong = { ...right, GALOPS_PLAN_PASSPHRASE: "a wrong canary" };
  expect(await galops(wrong, "show", "week.plan")).toMatchObject({ code: 1 });
  expect(await galops(wrong, "rollback", "last")).toMatchObject({ code: 1 });
  const identity = { ...right, GALOPS_PLAN_IDENTITY: "AGE-SECRET-KEY-1CANARY" };
  expect(await galops(identity, "show", "week.plan")).toMatchObject({ code: 1 });
  // Pasted where the recipient belongs.
  expect(
    await galops(right, "plan", "-o", "other.plan", "--encrypt-to", "AGE-SECRET-KEY-1CANARY"),
  ).toMatchObject({
    code: 1,
  });
  const proxy = { ...right, HTTPS_PROXY: `http://user:${secrets.proxyPassword}@127.0.0.1:9` };
  expect(await galops(proxy, "plan")).toMatchObject({ code: 1 });
  const noProxy = { ...right, HTTPS_PROXY: `http://user:${secrets.proxyPassword}@[` };
  expect(await galops(noProxy, "plan")).toMatchObject({ code: 1 });
  expect(tenant.requests.length).toBeGreaterThan(0);
});

/** As a gateway that means to help: the error holds the request with its headers. */
function quoting(request: IncomingMessage, status: number): Response {
  const headers = Object.entries(request.headers).map(([name, value]) => `${name}: ${String(value)}`);
  const message = `Denied by policy: ${request.method} ${request.url} ${headers.join("; ")}`;
  return Response.json({ message, error: { code: "Denied", message } }, { status });
}
