import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { rootCertificates, setDefaultCACertificates } from "node:tls";
import { expect, onTestFinished } from "vitest";
import { run } from "../../src/cli/program.ts";
import { createNetworkFetch } from "../../src/http/network.ts";
import { openSandbox } from "../../src/sandbox/sandbox.ts";
import { office, tenantFile } from "../cli/office.ts";
import type { Ended, Office } from "../cli/office.ts";
import { fakeContext } from "../fakes/context.ts";
import { certificateFile, openHttpsTenant } from "../fakes/https-tenant.ts";
import type { HttpsTenant, HttpsTenantOptions } from "../fakes/https-tenant.ts";
import { manualClock } from "../fakes/manual-clock.ts";
import { clientId } from "../fakes/tenant-config.ts";

// As NODE_EXTRA_CA_CERTS does for a process of its own.
setDefaultCACertificates([...rootCertificates, readFileSync(certificateFile, "utf8")]);

/** Every kind of secret that galops is given or gets, each with a word that stands nowhere else. */
export const secrets = {
  clientSecret: "kR8~canary/secret+of=contoso",
  wrongSecret: "wR9~canary/secret&that is wrong",
  /** Of an access token, which is a JWT with real tenants and anything with others. */
  token: "canary.access.token",
  requestToken: "canaryRequestTokenOfTheJob",
  assertion: "eyJhbGciOiJub25lIn0.eyJjYW5hcnkiOiJhc3NlcnRpb24ifQ.c2lnbmVkY2FuYXJ5",
  passphrase: "canary passphrase of plans",
  password: "canary-password-of-the-key",
  githubToken: "ghs_canaryTokenOfTheJob",
  proxyPassword: "canary-of-the-proxy",
  redactionKey: "canary key of pseudonyms that is long enough to be one",
} as const;

/** Whatever of them may be found, encoded or not, in whole or in part. */
const canary = /canary|c2lnbmVkY2FuYXJ5|eyJhbGciOiJub25lIn0|Y2FuYXJ5|BEGIN [A-Z ]*PRIVATE KEY/iu;

function expectNoSecret(where: string, text: string, { clientPem }: HttpsTenant): void {
  const lines = clientPem.split("\n").filter((line) => line.length > 20 && !line.startsWith("-----"));
  const found = [canary.exec(text)?.[0], ...lines.filter((line) => text.includes(line.slice(0, 20)))];
  expect({ where, found: found.filter((one) => one !== undefined) }).toEqual({ where, found: [] });
}

export interface SecretWorld {
  readonly made: Office;
  readonly tenant: HttpsTenant;
  /** Runs the program as its users do, and looks at what it says; at `--verbose`, where it can. */
  galops(env: Readonly<Record<string, string>>, ...argv: readonly string[]): Promise<Ended>;
}

export async function secretWorld(
  auth: string,
  more: Partial<HttpsTenantOptions> = {},
): Promise<SecretWorld> {
  const made = await office();
  const sandbox = await openSandbox(path.join(made.folder, tenantFile), {
    clock: manualClock(),
    random: () => 0,
  });
  const tenant = await openHttpsTenant({
    fetch: sandbox.fetch,
    graphOrigin: "https://graph.sandbox.invalid",
    tenantId: sandbox.tenantId,
    clientId,
    clientSecret: secrets.clientSecret,
    token: secrets.token,
    ...more,
  });
  onTestFinished(async () => {
    await tenant.close();
    await sandbox.close();
    for (const [file, written] of filesOf(made)) expectNoSecret(file, written, tenant);
  });
  made.write("galops.yaml", configFor(tenant, sandbox.tenantId, auth));
  return {
    made,
    tenant,
    async galops(env, ...argv) {
      const fake = fakeContext({ cwd: made.folder, env, fetch: createNetworkFetch(env) });
      const code = await run([...argv, "--verbose"], fake.context);
      const [stdout, stderr] = [fake.stdout(), fake.stderr()];
      expectNoSecret(argv.join(" "), stdout + stderr, tenant);
      return { code, stdout, stderr };
    },
  };
}

/** What galops wrote: plans, journals, summaries, what there is of a lock. */
function filesOf({ folder }: Office): readonly (readonly [string, string])[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile() && !file.name.startsWith("given-") && file.name !== tenantFile)
    .map((file) => path.join(file.parentPath, file.name))
    .map((file) => [file, readFileSync(file, "latin1")]);
}

function configFor({ origin }: HttpsTenant, tenantId: string, auth: string): string {
  return `version: 1
tenants:
  contoso:
    tenantId: ${tenantId}
    organization: contoso.onmicrosoft.com
    auth: { clientId: ${clientId}, ${auth} }
    endpoints: { authority: "${origin}", graph: "${origin}", exchange: "${origin}" }
sources:
  staff: { kind: users, tenant: contoso }
syncs:
  phones:
    owner: 0d9f6c3a-5a39-4a53-9b1a-6f8f0d1f3c11
    from: [staff]
    to: { kind: mailbox-contacts, tenant: contoso, mailboxes: { users: [ann@contoso.com, bo@contoso.com] } }
`;
}
