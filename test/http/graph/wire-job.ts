/**
 * What wire.test.ts lets run in a process of its own, since a process reads NODE_EXTRA_CA_CERTS once: reads and writes
 * over the network as the program does, and prints what came of it as JSON.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { createTokenProvider } from "../../../src/http/credentials.ts";
import { createGraphClient } from "../../../src/http/graph/graph-client.ts";
import { GraphError } from "../../../src/http/graph/graph.ts";
import { createNetworkFetch } from "../../../src/http/network.ts";
import type { Auth } from "../../../src/model/config.ts";
import type { Clock } from "../../../src/model/context.ts";
import { tenantAt } from "../../fakes/tenant-config.ts";

const { origin, auth } = JSON.parse(process.argv[2] ?? "") as { origin: string; auth: Auth }; // by wire.test.ts
const clock: Clock = {
  now: () => Date.now(),
  sleep: async (milliseconds, signal) => {
    await sleep(Math.min(milliseconds, 5), undefined, { signal });
  },
};
const { env } = process;
const fetch = createNetworkFetch(env);
const token = createTokenProvider(tenantAt(origin, auth), "graph", { env, fetch, clock });
const graph = createGraphClient({ baseUrl: origin, fetch, token, clock, random: () => 0 });
const { signal } = new AbortController();

async function job(): Promise<unknown> {
  const pages = [];
  for await (const page of graph.pages({ url: "/users?$top=1", lane: "directory" }, signal)) pages.push(page);
  const lane = "mailbox:ann";
  const body = { displayName: "Bö Li" };
  const batch = await graph.sendAll([{ method: "POST", url: "/users/ann/contacts", lane, body }], signal);
  const bytes = new Uint8Array([255, 216, 0, 10]);
  const url = "/users/ann/contacts/1/photo/$value";
  const sent = await graph.send(
    { method: "PUT", url, lane, headers: { "Content-Type": "image/jpeg" }, body: bytes },
    signal,
  );
  const photo = await graph.getBytes({ url, lane }, signal);
  const moved = await graph.get({ url: "/moved", lane: "directory" }, signal).catch(told);
  return { moved, pages, batch, sent: sent.body, photo: { ...photo, bytes: [...photo.bytes] } };
}

function told(error: unknown): unknown {
  if (!(error instanceof GraphError)) throw error;
  const { status, code, message } = error;
  return { status, code, message };
}

const outcome = await job().catch(told);
process.stdout.write(JSON.stringify(outcome));
