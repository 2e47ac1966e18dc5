import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { describe, expect, onTestFinished, test } from "vitest";
import type { Auth } from "../../../src/model/config.ts";
import { openHttpsTenant } from "../../fakes/https-tenant.ts";
import type { HttpsTenant } from "../../fakes/https-tenant.ts";
import { clientId } from "../../fakes/tenant-config.ts";
import { openTenant } from "../../sandbox/world.ts";

const clientSecret = "kR8~right.secret";

interface Wire {
  readonly tenant: HttpsTenant;
  run(auth: Auth): Promise<unknown>;
}

async function wire(requestsPerToken: number): Promise<Wire> {
  const { sandbox } = await openTenant({ exchange: { pageSize: 2 } });
  const { fetch, tenantId } = sandbox;
  const graphOrigin = "https://exchange.inside.invalid";
  const tenant = await openHttpsTenant({
    fetch,
    graphOrigin,
    tenantId,
    clientId,
    clientSecret,
    requestsPerToken,
  });
  onTestFinished(() => tenant.close());
  return {
    tenant,
    async run(auth) {
      const { stdout } = await promisify(execFile)(
        process.execPath,
        [
          new URL("wire-job.ts", import.meta.url).pathname,
          JSON.stringify({ origin: tenant.origin, tenantId, auth }),
        ],
        { env: { PATH: process.env["PATH"], NODE_EXTRA_CA_CERTS: tenant.certificateFile } },
      );
      return JSON.parse(stdout);
    },
  };
}

describe("over the wire", () => {
  test("contacts are made and read in pages over real TLS, with a token for the cloud's Exchange", async () => {
    const { tenant, run } = await wire(Number.POSITIVE_INFINITY);
    const outcome = await run({ method: "client-secret", clientId, clientSecret });
    expect(outcome).toEqual({ names: ["galops-a", "galops-b", "galops-c"] });
    expect(tenant.signIns.map(({ scope }) => scope)).toEqual([
      "https://outlook.office365.us/.default",
      "https://outlook-dod.office365.us/.default",
      "https://partner.outlook.cn/.default",
      "https://outlook.office365.com/.default",
    ]);
  });

  test("a certificate signs in, and a token that ends in the middle is replaced", async () => {
    const { tenant, run } = await wire(2);
    const certificate = tenant.clientPem;
    const outcome = await run({
      method: "client-certificate",
      clientId,
      certificate,
      certificatePassword: "",
    });
    expect(outcome).toMatchObject({ names: ["galops-a", "galops-b", "galops-c"] });
    expect(tenant.signIns.length).toBeGreaterThan(5);
    expect(tenant.signIns.every((form) => form["client_assertion"]?.split(".").length === 3)).toBe(true);
  });
});
