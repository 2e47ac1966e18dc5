import { expect, test } from "vitest";
import { createExchangeReader } from "../../src/http/exchange/exchange-client.ts";
import { createGraphReader } from "../../src/http/graph/graph-client.ts";
import { fetchWithReferences } from "../../src/http/with-references.ts";
import { rejection } from "../fakes/graph-world.ts";
import { manualClock } from "../fakes/manual-clock.ts";
import { connectionError, scriptedFetch } from "../fakes/scripted-fetch.ts";
import { contosoId } from "../fakes/tenant-config.ts";

test("a host that a reference gives is in no error of Graph or Exchange where nobody answers", async () => {
  const lost = connectionError("ENOTFOUND", "getaddrinfo");
  const { fetch } = scriptedFetch(...Array.from({ length: 6 }, () => lost));
  const world = {
    fetch: fetchWithReferences(fetch, new Map([["canary.example", "${env:HOST}"]])),
    token: { token: () => Promise.resolve("token") },
    baseUrl: "https://canary.example",
    clock: manualClock(),
    random: () => 0,
    onWait: () => {},
    tenantId: contosoId,
  };
  const { signal } = new AbortController();
  for (const said of [
    await rejection(createGraphReader(world).get({ url: "/users", lane: "directory" }, signal)),
    await rejection(createExchangeReader(world).read("Get-MailContact", {}, {}, signal)),
  ]) {
    expect(String(said)).toContain("${env:HOST} was not found by name resolution.");
    expect(String(said)).not.toContain("canary");
  }
});
