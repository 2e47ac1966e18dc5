/**
 * What wire.test.ts lets run in a process of its own, since a process reads NODE_EXTRA_CA_CERTS once: signs in for
 * Exchange in each cloud, then makes contacts and reads them over the network as the program does, and prints what came
 * of it as JSON.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { createTokenProvider } from "../../../src/http/credentials.ts";
import { createExchangeClient } from "../../../src/http/exchange/exchange-client.ts";
import { createNetworkFetch } from "../../../src/http/network.ts";
import type { Auth } from "../../../src/model/config.ts";
import type { Clock } from "../../../src/model/context.ts";
import { tenantAt } from "../../fakes/tenant-config.ts";

const given = JSON.parse(process.argv[2] ?? "") as { origin: string; tenantId: string; auth: Auth }; // by wire.test.ts
const { origin, tenantId, auth } = given;
const clock: Clock = {
  now: () => Date.now(),
  sleep: async (milliseconds, signal) => {
    await sleep(Math.min(milliseconds, 5), undefined, { signal });
  },
};
const { env } = process;
const fetch = createNetworkFetch(env);
const { signal } = new AbortController();
const tenant = { ...tenantAt(origin, auth), tenantId };

for (const cloud of ["gcc-high", "dod", "china"] as const) {
  const there = createTokenProvider({ ...tenant, cloud }, "exchange", { env, fetch, clock });
  await there.token({ renew: false }, signal);
}
const token = createTokenProvider(tenant, "exchange", { env, fetch, clock });
const exchange = createExchangeClient({ baseUrl: origin, tenantId, fetch, token, clock, random: () => 0 });
for (const Name of ["galops-a", "galops-b", "galops-c"]) {
  const ExternalEmailAddress = `${Name}@fabrikam.com`;
  await exchange.invoke("New-MailContact", { Name, Alias: Name, ExternalEmailAddress }, signal);
}
const rows = await exchange.read("Get-MailContact", { Filter: "Alias -like 'galops-*'" }, {}, signal);
process.stdout.write(JSON.stringify({ names: rows.map(({ Name }) => Name) }));
