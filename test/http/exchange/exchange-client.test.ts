import type { FetchResponse } from "../../../src/model/context.ts";
import { expect, test } from "vitest";
import { createCarrier } from "../../../src/http/exchange/carry.ts";
import { exchangeAdvice } from "../../../src/http/exchange/advice.ts";
import { readingOnly } from "../../../src/http/exchange/reading-only.ts";
import type { Parameters } from "../../../src/http/exchange/exchange.ts";
import { AuthError, cachedTokens } from "../../../src/http/token.ts";
import type { AccessToken, TokenProvider } from "../../../src/http/token.ts";
import { WriteInReader } from "../../../src/http/write-in-reader.ts";
import {
  commandUrl,
  exchangeFailure,
  exchangeOrigin,
  exchangeWorld,
  parametersOf,
  rowsAnswer,
} from "../../fakes/exchange-world.ts";
import { rejection } from "../../fakes/graph-world.ts";
import { manualClock } from "../../fakes/manual-clock.ts";
import { scriptedFetch } from "../../fakes/scripted-fetch.ts";
import type { ScriptedResponse } from "../../fakes/scripted-fetch.ts";
import { contosoId } from "../../fakes/tenant-config.ts";

const guid = "3f0e7b9c-0000-4000-8000-000000000001";

test("a cmdlet goes out alone, with its parameters, the token and the anchor of the tenant", async () => {
  const { client, script, signal } = exchangeWorld([{ json: { value: [] } }]);
  await client.invoke("Set-Contact", { Identity: guid, Title: "Engineer", Phone: null }, signal);
  const [seen] = script.seen;
  expect(seen).toMatchObject({
    method: "POST",
    url: commandUrl,
    body: {
      CmdletInput: {
        CmdletName: "Set-Contact",
        Parameters: { Identity: guid, Title: "Engineer", Phone: null },
      },
    },
  });
  expect(Object.fromEntries(seen?.headers ?? [])).toEqual({
    accept: "application/json",
    authorization: "Bearer t",
    "content-type": "application/json",
    prefer: "odata.maxpagesize=1000",
    "x-anchormailbox": `APP:SystemMailbox{bb558c35-97f1-4cb9-8ff7-d53741dc928c}@${contosoId}`,
  });
});

test("lists are replaced and cleared in the way that Exchange takes them", async () => {
  const { client, script, signal } = exchangeWorld([{ status: 204 }]);
  const lists: Parameters = {
    Identity: guid,
    ExtensionCustomAttribute1: ["a"],
    ExtensionCustomAttribute2: [],
  };
  await client.invoke("Set-MailContact", lists, signal);
  expect(script.seen.map(parametersOf)).toEqual([
    {
      Identity: guid,
      ExtensionCustomAttribute1: ["a"],
      ExtensionCustomAttribute2: { "@odata.type": "#Exchange.GenericHashTable" },
    },
  ]);
});

test.each([
  ["no body", { status: 204 }],
  ["no value", { json: {} }],
  ["a value that is null", { json: { value: null } }],
  ["no rows", rowsAnswer([])],
])("a write that is answered with %s was carried out", async (_, answer) => {
  const { client, signal } = exchangeWorld([answer]);
  expect(await client.invoke("Set-Contact", { Identity: guid }, signal)).toEqual([]);
});

test("what a write gave back has no annotations", async () => {
  const { client, signal } = exchangeWorld([
    rowsAnswer([{ "Guid@data.type": "System.Guid", "Guid@odata.type": "#Guid", Guid: guid, Name: "a" }]),
  ]);
  const set = await client.invoke("Set-MailContact", { Identity: guid, MailTip: "x" }, signal);
  expect(set).toEqual([{ Guid: guid, Name: "a" }]);
});

test.each([[null], [""], [" "], ["*"], [[]], [true]])(
  "a read with the identity %j is a bug that is not sent",
  async (identity) => {
    const { client, reader, script, signal } = exchangeWorld([]);
    for (const name of ["Identity", "identity"]) {
      for (const one of [client, reader]) {
        const error = await rejection(one.read("Get-MailContact", { [name]: identity }, {}, signal));
        expect(error).toMatchObject({ name: "Error", message: /gives all objects/ });
      }
    }
    expect(script.seen).toEqual([]);
  },
);

test.each([
  [{}],
  [{ Identity: null }],
  [{ Identity: "" }],
  [{ Identity: "Anna Meyer" }],
  [{ Identity: [guid] }],
])("what changes or removes something is sent only with a Guid, not with %j", async (parameters) => {
  const { client, script, signal } = exchangeWorld([]);
  for (const cmdlet of ["Set-MailContact", "Set-Contact", "Remove-MailContact"] as const) {
    const error = await rejection(client.invoke(cmdlet, parameters, signal));
    expect(error).toMatchObject({ name: "Error", message: /without the Guid/ });
  }
  expect(script.seen).toEqual([]);
});

test("a reader lets no write through, whoever sends it", async () => {
  const script = scriptedFetch(rowsAnswer([]));
  const fetch = readingOnly(script.fetch);
  const { signal } = new AbortController();
  const post = (CmdletName: unknown): Promise<FetchResponse> =>
    fetch(commandUrl, {
      method: "POST",
      headers: {},
      body: JSON.stringify({ CmdletInput: { CmdletName } }),
      signal,
    });
  await post("Get-MailContact");
  for (const name of ["Set-Contact", "New-MailContact", "get-thing; Remove-MailContact", undefined]) {
    expect(await rejection(post(name))).toBeInstanceOf(WriteInReader);
  }
  const odd = fetch(commandUrl, { method: "POST", headers: {}, body: new Uint8Array(3), signal });
  expect(await rejection(odd)).toBeInstanceOf(WriteInReader);
});

test("a write in a reader is told as the bug that it is, not as a network that failed", async () => {
  const token = { token: () => Promise.resolve("t") };
  const carry = createCarrier(readingOnly(scriptedFetch().fetch), token, exchangeOrigin);
  const call = { cmdlet: "Set-Contact", url: commandUrl, headers: {}, body: "{}" } as const;
  const { signal } = new AbortController();
  const error = await rejection(carry({ ...call, isWrite: true, isRepeatable: true, signal }));
  expect(error).toBeInstanceOf(WriteInReader);
});

test("the reader has no way to write, not even by a cmdlet that is none to read with", async () => {
  const { reader, script, signal } = exchangeWorld([]);
  const write = reader.read("Remove-MailContact" as "Get-Contact", { Identity: guid }, {}, signal);
  expect(await rejection(write)).toBeInstanceOf(WriteInReader);
  expect(script.seen).toEqual([]);
  expect(Object.keys(reader).toSorted()).toEqual(["forecastMs", "read"]);
});

function tokens(...given: readonly (string | AuthError)[]): TokenProvider & { readonly renewals: boolean[] } {
  const renewals: boolean[] = [];
  let at = -1;
  return {
    renewals,
    async token({ renew }) {
      renewals.push(renew);
      if (renew || at === -1) at++;
      const token = given[at];
      if (typeof token === "string") return token;
      throw token ?? new Error("No token is scripted.");
    },
  };
}

test("a token that is not accepted is renewed once", async () => {
  const token = tokens("old", "new");
  const { client, script, signal } = exchangeWorld([{ status: 401 }, { status: 204 }], { token });
  await client.invoke("Remove-MailContact", { Identity: guid, Confirm: false }, signal);
  expect(script.seen.map(({ headers }) => headers.get("authorization"))).toEqual([
    "Bearer old",
    "Bearer new",
  ]);
  expect(token.renewals).toEqual([false, false, true]);
});

test("who finds a token not accepted that another one has renewed meanwhile uses the new one", async () => {
  let acquired = 0;
  const acquire = (): Promise<AccessToken> =>
    Promise.resolve({ token: `token-${++acquired}`, expiresAt: Date.UTC(2030, 0, 1) });
  const token = cachedTokens(acquire, manualClock());
  const { signal } = new AbortController();
  const first = await token.token({ renew: false }, signal);
  const refusedLate: ScriptedResponse = async () => {
    await token.token({ renew: true }, signal);
    return { status: 401 };
  };
  const { client, script } = exchangeWorld([refusedLate, rowsAnswer([])], { token });
  await client.read("Get-Contact", {}, {}, signal);
  const used = script.seen.map(({ headers }) => headers.get("authorization"));
  expect(used).toEqual([`Bearer ${first}`, "Bearer token-2"]);
});

test("a second token that is not accepted means that the application may not", async () => {
  const token = tokens("old", "new");
  const { reader, signal } = exchangeWorld([{ status: 401 }, { status: 401 }], { token });
  const error = await exchangeFailure(reader.read("Get-Contact", {}, {}, signal));
  expect(error).toMatchObject({ kind: "no-app-role", status: 401, outcome: "refused" });
});

test.each([
  [true, 401],
  [false, 0],
])("a sign-in that failed (somebody was reached: %s) is told with its reason", async (reached, status) => {
  const refused = new AuthError({
    code: "client-secret-expired",
    message: "The client secret has expired.",
    reached,
  });
  const { client, signal } = exchangeWorld([], { token: tokens(refused) });
  const error = await exchangeFailure(client.read("Get-Contact", {}, {}, signal));
  expect(error).toMatchObject({ kind: "sign-in", status, outcome: "refused", cause: refused });
  expect(exchangeAdvice(error).message).toBe("Get-Contact failed: The client secret has expired.");
});

const moved = (Location: string): { status: number; headers: Record<string, string> } => ({
  status: 302,
  headers: { Location },
});

test("a redirect to a region is followed with method, body and token", async () => {
  const region = commandUrl.replace("outlook", "nam13b.outlook");
  const { client, script, signal } = exchangeWorld([moved(region), rowsAnswer([{ Guid: guid }])]);
  expect(await client.read("Get-Contact", { Identity: guid }, {}, signal)).toEqual([{ Guid: guid }]);
  const [first, second] = script.seen;
  expect(second).toEqual({ ...first, url: region });
});

test.each([
  "https://evil.example/adminapi",
  "https://outlook.office365.com.evil.example/",
  "https://evil-outlook.office365.com/",
  "http://nam13b.outlook.office365.com/",
  "https://nam13b.outlook.office365.com:8443/",
  "https://user:secret@outlook.office365.com/",
  "https://nam13b.outlook.office365.us/",
])("a redirect to %s is not followed", async (location) => {
  const { client, script, signal } = exchangeWorld([moved(location)]);
  const error = await exchangeFailure(client.read("Get-Contact", {}, {}, signal));
  expect(error).toMatchObject({ kind: "foreign-link", outcome: "refused" });
  expect(error.message).toContain("does not follow it");
  expect(error.message).not.toContain("secret");
  expect(script.seen).toHaveLength(1);
});

test.each(["https://localhost:8443", "https://outlook.office365.com:8443"])(
  "behind the gateway %s, Microsoft's hosts are strangers",
  async (baseUrl) => {
    const world = exchangeWorld([moved("https://nam13b.outlook.office365.com/")], { baseUrl });
    const error = await exchangeFailure(world.client.read("Get-Contact", {}, {}, world.signal));
    expect(error).toMatchObject({ kind: "foreign-link" });
  },
);

test("redirects without end, or to nowhere, end in a refusal", async () => {
  const { client, signal } = exchangeWorld([
    ...Array.from({ length: 4 }, () => moved(commandUrl)),
    moved(""),
  ]);
  for (const _ of [1, 2]) {
    expect(await exchangeFailure(client.read("Get-Contact", {}, {}, signal))).toMatchObject({
      status: 302,
      kind: "other",
    });
  }
});
