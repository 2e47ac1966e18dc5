import { expect, test } from "vitest";
import { networkFailure } from "../../src/http/network-failure.ts";
import { createNetworkFetch } from "../../src/http/network.ts";
import { failureOf, get, never, nobody, serve, serveRaw, trustLoopback } from "./loopback.ts";

trustLoopback();

test("a redirect comes back as it is", async () => {
  const { host } = await serve((_request, response) => response.writeHead(302, { location: "/other" }).end());
  const response = await get(createNetworkFetch({}), `http://${host}/`);
  expect([response.status, response.ok, response.headers.get("Location")]).toEqual([302, false, "/other"]);
});

test.each([{ tls: false }, { tls: true }])(
  "bodies go out and come back as they are (%o)",
  async ({ tls }) => {
    const { host } = await serve((request, response) => request.pipe(response), { tls });
    const fetch = createNetworkFetch({});
    const url = `${tls ? "https" : "http"}://${host}/`;
    const large = new Uint8Array(3_000_000).map((_, at) => at % 251);
    for (const body of [new Uint8Array([0, 255, 10]), large]) {
      const response = await fetch(url, { method: "PUT", headers: {}, body, signal: never });
      expect(Buffer.compare(new Uint8Array(await response.arrayBuffer()), body)).toBe(0);
    }
    const response = await fetch(url, { method: "POST", headers: {}, body: "Bö", signal: never });
    expect([response.ok, await response.text()]).toEqual([true, "Bö"]);
  },
);

test.each(["GET", "POST", "PATCH", "DELETE"])("%s is counted, with a body and without", async (method) => {
  const { host } = await serve((request, response) =>
    response.end(JSON.stringify([request.method, request.headers])),
  );
  const fetch = createNetworkFetch({});
  const ask = async (body: { readonly body?: string }): Promise<unknown> =>
    JSON.parse(
      await (await fetch(`http://${host}/`, { method, headers: {}, ...body, signal: never })).text(),
    );
  expect(await ask({ body: "ö" })).toEqual([method, expect.objectContaining({ "content-length": "2" })]);
  const [, headers] = (await ask({})) as [string, Record<string, string>];
  expect(headers["content-length"] ?? "0").toBe("0");
  expect(headers).not.toHaveProperty("transfer-encoding");
});

test("each request says what it takes, unless it says it itself", async () => {
  const { host } = await serve((request, response) => response.end(JSON.stringify(request.headers)));
  const fetch = createNetworkFetch({});
  const sent = async (headers: Record<string, string>): Promise<unknown> =>
    JSON.parse(await (await fetch(`http://${host}/`, { method: "GET", headers, signal: never })).text());
  expect(await sent({ Accept: "application/json" })).toEqual({
    host,
    connection: "keep-alive",
    accept: "application/json",
    "accept-encoding": "gzip, deflate, br",
    "user-agent": "galops",
  });
});

test("names of headers come in small letters, and several of a name as one", async () => {
  const { host } = await serve((_request, response) => {
    response.setHeader("X-Two", ["a", "b"]);
    response.setHeader("Set-Cookie", ["c=1", "d=2"]);
    response.end();
  });
  const { headers } = await get(createNetworkFetch({}), `http://${host}/`);
  expect([headers.get("x-TWO"), headers.get("set-cookie"), headers.get("none")]).toEqual([
    "a, b",
    "c=1, d=2",
    null,
  ]);
  expect(Object.fromEntries(headers)).toMatchObject({ "x-two": "a, b" });
});

test("a header that cannot be sent is refused without being shown", async () => {
  const headers = { Authorization: "Bearer se\u0001cret" };
  const asked = createNetworkFetch({})("https://localhost:1/", { method: "GET", headers, signal: never });
  const error = await asked.catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(Error);
  expect(String(error)).not.toContain("cret");
});

test("a connection that ends before the answer may have carried the request", async () => {
  const { host } = await serve((request) => request.socket.destroy());
  expect(await failureOf(`http://${host}/`)).toMatchObject({
    code: "connection-reset",
    sent: true,
    passing: true,
  });
});

test.each([
  ["no HTTP", "SSH-2.0-x\r\n"],
  ["another protocol", "HTTP/1.1 101 Switching\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n"],
])("an answer that is %s is no answer", async (_, said) => {
  const { host } = await serveRaw((socket) => socket.once("data", () => socket.end(said)));
  expect(await failureOf(`http://${host}/`)).toMatchObject({ sent: true, passing: true });
});

test("where nobody listens nothing was sent", async () => {
  const host = await nobody();
  expect(await failureOf(`http://${host}/`)).toEqual({
    code: "connection-refused",
    sent: false,
    passing: true,
    message: `${host} refused the connection.`,
  });
});

test("of several addresses that cannot be connected to, what they say counts", () => {
  const one = (code: string): Error => Object.assign(new Error(code), { code, syscall: "connect" });
  const all = new AggregateError([one("ETIMEDOUT"), one("ENETUNREACH")]);
  const failure = networkFailure(Object.assign(all, { code: "ETIMEDOUT" }), "https://graph.invalid/");
  expect(failure).toMatchObject({ code: "connect-timeout", sent: false });
});
