import { expect, test } from "vitest";
import { graphOrigin, graphWorld } from "../../fakes/graph-world.ts";
import { ann, failure, all } from "./requests.ts";

test("pages are read along their links, which go back as they came, with the headers of the first", async () => {
  const next = `${graphOrigin}/v1.0/users/ann/contacts?%24skip=10&$expand=x($filter=id%20eq%20'a')`;
  const { client, script, signal } = graphWorld([
    { json: { value: [{ id: "1" }], "@odata.nextLink": next } },
    { json: { value: [], "@odata.nextLink": `${next}&more` } },
    { json: { value: [{ id: "2" }] } },
  ]);
  const request = { ...ann, headers: { ConsistencyLevel: "eventual" } };
  const pages = [];
  for await (const page of client.pages(request, signal)) pages.push(page);
  expect(pages).toEqual([[{ id: "1" }], [], [{ id: "2" }]]);
  expect(script.seen.map(({ url }) => url).slice(1)).toEqual([next, `${next}&more`]);
  expect(script.seen.map(({ headers }) => headers.get("consistencylevel"))).toEqual(
    Array(3).fill("eventual"),
  );
});

test.each([
  ["is no page", { error: null }],
  ["has no list", { value: {} }],
  ["is empty", null],
  ["has a link that is none", { value: [], "@odata.nextLink": "next" }],
])("a collection whose page %s is not taken for a short one", async (_what, json) => {
  const { client, signal } = graphWorld([{ json }]);
  const error = await failure(all(client.pages(ann, signal)));
  expect(error.code).toBe("malformed-answer");
});

test("a web page in place of an answer is not asked for again", async () => {
  const { client, signal, script } = graphWorld([
    { bytes: new Uint8Array(Buffer.from("\n<!DOCTYPE html><html>Hôtel</html>", "latin1")) },
  ]);
  const error = await failure(client.get(ann, signal));
  expect(error).toMatchObject({ code: "malformed-answer", status: 0 });
  expect(error.message).toContain("answered with a web page. A captive portal or a proxy");
  expect(script.seen).toHaveLength(1);
});

test("a page that leads to itself is no page", async () => {
  const { client, signal } = graphWorld([
    { json: { value: [], "@odata.nextLink": `${graphOrigin}/v1.0${ann.url}` } },
  ]);
  const error = await failure(all(client.pages(ann, signal)));
  expect(error.code).toBe("malformed-answer");
});

test("pages that lead back to one before are a circle, and no collection", async () => {
  const next = `${graphOrigin}/v1.0/users?$skip=1`;
  const { client, signal } = graphWorld([
    { json: { value: [{ id: "1" }], "@odata.nextLink": next } },
    { json: { value: [{ id: "2" }], "@odata.nextLink": `${next}1` } },
    { json: { value: [{ id: "1" }], "@odata.nextLink": next } },
  ]);
  const error = await failure(all(client.pages(ann, signal)));
  expect(error.code).toBe("malformed-answer");
});

test.each([
  "https://graph.test.invalid.evil.example/v1.0/users",
  "http://graph.test.invalid/v1.0/users",
  "https://graph.test.invalid:8443/v1.0/users",
])("a link to %s is never asked", async (link) => {
  const { client, signal } = graphWorld([{ json: { value: [], "@odata.nextLink": link } }]);
  const error = await failure(all(client.pages(ann, signal)));
  expect(error).toMatchObject({ code: "foreign-link", status: 0 });
});

test.each([
  ["https://evil.example/v1.0/users", "foreign-link"],
  [`${graphOrigin}/v1.0/elsewhere`, "redirected"],
  ["/v1.0/elsewhere", "redirected"],
  ["", "redirected"],
])("a redirect to %j is not followed", async (location, code) => {
  const { client, signal } = graphWorld([{ status: 302, headers: { location } }]);
  expect(await failure(client.get(ann, signal))).toMatchObject({ code, status: 302, outcome: "refused" });
});
