import { expect, test } from "vitest";
import { createNetworkFetch } from "../../src/http/network.ts";
import { rejection } from "../fakes/graph-world.ts";
import {
  allClosed,
  failureOf,
  get,
  getText,
  nobody,
  serve,
  serveProxy,
  serveRaw,
  trustLoopback,
} from "./loopback.ts";
import type { Listening, Proxy } from "./loopback.ts";

trustLoopback();

const kinds = [{ tls: false }, { tls: true }];

/** Answers with what it was sent. */
function echo(tls: boolean): Promise<Listening> {
  return serve((request, response) => response.end(JSON.stringify(request.headers)), { tls });
}

function at({ host }: Proxy, tls: boolean, user = ""): string {
  return `${tls ? "https" : "http"}://${user}${host}`;
}

test.each(kinds)(
  "TLS goes through one tunnel of the proxy, which alone sees its password (%o)",
  async ({ tls }) => {
    const { host } = await echo(true);
    const proxy = await serveProxy({ tls });
    const fetch = createNetworkFetch({ HTTPS_PROXY: at(proxy, tls, "ann:p%40ss@") });
    for (let round = 0; round < 3; round++) {
      const headers = JSON.parse(await getText(fetch, `https://${host}/`)) as Record<string, string>;
      expect(headers).toMatchObject({ host, "x-name": "1" });
      expect(headers).not.toHaveProperty("proxy-authorization");
    }
    expect(proxy.asked).toMatchObject([
      {
        method: "CONNECT",
        url: host,
        headers: { host, "proxy-authorization": `Basic ${Buffer.from("ann:p@ss").toString("base64")}` },
      },
    ]);
  },
);

test("a password may have a percent sign of its own", async () => {
  const proxy = await serveProxy({ refusal: "502 Bad Gateway" });
  await failureOf("https://graph.invalid/", { HTTPS_PROXY: at(proxy, false, "ann:100%@") });
  const credentials = `Basic ${Buffer.from("ann:100%").toString("base64")}`;
  expect(proxy.asked).toMatchObject([{ headers: { "proxy-authorization": credentials } }]);
});

test.each(kinds)("what has no TLS is asked of the proxy itself (%o)", async ({ tls }) => {
  const proxy = await serveProxy({ tls });
  const fetch = createNetworkFetch({ HTTP_PROXY: at(proxy, tls, "ann:@") });
  expect(await getText(fetch, "http://github.invalid:81/api?q=1")).toBe("forwarded");
  expect(proxy.asked).toMatchObject([
    {
      method: "GET",
      url: "http://github.invalid:81/api?q=1",
      headers: {
        host: "github.invalid:81",
        "x-name": "1",
        "proxy-authorization": `Basic ${Buffer.from("ann:").toString("base64")}`,
      },
    },
  ]);
});

test("what NO_PROXY names does not go through it", async () => {
  const { host } = await echo(true);
  const proxy = await serveProxy();
  const env = { HTTPS_PROXY: at(proxy, false), NO_PROXY: "127.0.0.1" };
  expect(await getText(createNetworkFetch(env), `https://${host}/`)).toContain(host);
  expect(proxy.asked).toEqual([]);
});

test.each([
  ["407 Proxy Authentication Required", "407"],
  ["502 Bad Gateway", "502"],
  ["302 Found", "302"],
  ["", "closed the connection"],
])("a proxy that answers '%s' to CONNECT is named as the reason", async (refusal, named) => {
  for (const { tls } of kinds) {
    const proxy = await serveProxy({ tls, refusal });
    const failure = await failureOf("https://graph.invalid/", { https_proxy: at(proxy, tls) });
    expect(failure).toMatchObject({ code: "proxy", sent: false, passing: false });
    expect(failure.message).toMatch(/^The proxy did not connect to graph\.invalid: .*HTTPS_PROXY/);
    expect(failure.message).toContain(named);
    await allClosed(proxy);
  }
});

test("a proxy that wants a password for what has no TLS is named as the reason", async () => {
  const proxy = await serveProxy({ refusal: "407 Proxy Authentication Required" });
  const failure = await failureOf("http://github.invalid/", { HTTP_PROXY: at(proxy, false) });
  expect(failure).toMatchObject({ code: "proxy", sent: false, passing: false });
  expect(failure.message).toContain("407");
});

test("a proxy that is no URL is named as the reason", async () => {
  const failure = await failureOf("https://graph.invalid/", { HTTPS_PROXY: "http://" });
  expect(failure).toMatchObject({ code: "proxy", sent: false, passing: false });
  expect(failure.message).toContain("HTTPS_PROXY");
});

test("through a proxy that is not there nothing was sent, and it may come back", async () => {
  const proxy = await nobody();
  const failure = await failureOf("https://graph.invalid/", { HTTPS_PROXY: `http://ann:secret@${proxy}` });
  expect(failure).toMatchObject({ code: "connection-refused", sent: false, passing: true });
  expect(failure.message).toBe(`The proxy ${proxy} refused the connection. Check HTTPS_PROXY and NO_PROXY.`);
});

test("a proxy whose name or certificate is not known is named, and not the host behind it", async () => {
  const name = await failureOf("https://graph.invalid/", { HTTPS_PROXY: "http://proxy.invalid:8080" });
  expect(name).toMatchObject({
    sent: false,
    message: expect.stringMatching(/^The proxy proxy\.invalid:8080 /),
  });
  const { host } = await serveProxy({ tls: true });
  const port = host.split(":")[1] ?? "";
  const unknown = await failureOf("https://graph.invalid/", { HTTPS_PROXY: `https://[::1]:${port}` });
  expect(unknown.message).toMatch(/^The (?:proxy|certificate of the proxy) \[::1\]:/);
  expect(name.message + unknown.message).not.toContain("graph.invalid");
});

test("a host behind the proxy that nobody trusts is not asked", async () => {
  const { host } = await echo(true);
  const proxy = await serveProxy();
  const url = `https://localhost.localdomain:${host.split(":")[1]}/`; // not in the certificate
  const failure = await failureOf(url, { HTTPS_PROXY: at(proxy, false) });
  expect(failure).toMatchObject({ code: "certificate", sent: false });
  expect(proxy.asked).toHaveLength(1);
});

test.each(kinds)("a tunnel that breaks within an answer is a lost connection (%o)", async ({ tls }) => {
  let tunnel: { resetAndDestroy(): unknown; destroy(): unknown } | null = null;
  const { host } = await serve(
    (_request, response) => {
      response.writeHead(200, { "Content-Length": 100 });
      response.write("[", () => (tls ? tunnel?.destroy() : tunnel?.resetAndDestroy()));
    },
    { tls: true },
  );
  const proxy = await serveProxy({ tls, tunnelled: (client) => void (tunnel = client) });
  const failure = await failureOf(`https://${host}/`, { HTTPS_PROXY: at(proxy, tls) });
  expect(failure).toMatchObject({ code: "connection-reset", sent: true });
});

test.each(kinds)(
  "a proxy that does not answer is given up, and its connection closed (%o)",
  async ({ tls }) => {
    const proxy = await serveProxy({ tls, refusal: null });
    const env = { HTTPS_PROXY: at(proxy, tls) };
    const failure = await failureOf("https://graph.invalid/", env, { connectMs: 100, answerMs: 60_000 });
    expect(failure).toMatchObject({ code: "connect-timeout", sent: false, passing: true });
    await allClosed(proxy);
  },
);

test("a host behind the proxy that does not begin TLS is given up", async () => {
  const host = await serveRaw(() => {});
  const proxy = await serveProxy();
  const env = { HTTPS_PROXY: at(proxy, false) };
  const failure = await failureOf(`https://${host.host}/`, env, { connectMs: 100, answerMs: 60_000 });
  expect(failure).toMatchObject({ code: "connect-timeout", sent: false });
  await allClosed(proxy, host);
});

test.each(kinds)("who is aborted while the proxy connects leaves nothing open (%o)", async ({ tls }) => {
  const controller = new AbortController();
  const proxy = await serveProxy({ tls, refusal: null });
  const fetch = createNetworkFetch({ HTTPS_PROXY: at(proxy, tls) });
  const asked = rejection(get(fetch, "https://graph.invalid/", controller.signal));
  await expect.poll(() => proxy.asked.length, { timeout: 20_000 }).toBe(1);
  controller.abort("SIGINT");
  expect(await asked).toBe("SIGINT");
  await allClosed(proxy);
});

test("who is aborted as soon as the tunnel is there leaves nothing open", async () => {
  const controller = new AbortController();
  const host = await serveRaw(() => {});
  const proxy = await serveProxy({ tunnelled: () => controller.abort("SIGINT") });
  const fetch = createNetworkFetch({ HTTPS_PROXY: at(proxy, false) });
  expect(await rejection(get(fetch, `https://${host.host}/`, controller.signal))).toBe("SIGINT");
  await allClosed(proxy, host);
});
