import type { GraphGet, GraphWrite } from "../../../src/http/graph/graph.ts";
import { GraphError } from "../../../src/http/graph/graph.ts";
import { rejection } from "../../fakes/graph-world.ts";
import type { ScriptedResponse } from "../../fakes/scripted-fetch.ts";

export const ann: GraphGet = { url: "/users/ann%40contoso.com?$select=id", lane: "directory" };

const contacts = "/users/ann/contacts";

export const create: GraphWrite = {
  method: "POST",
  url: contacts,
  lane: "mailbox:ann",
  body: { givenName: "Bo" },
};

export const change: GraphWrite = { ...create, method: "PATCH", url: `${contacts}/1` };

export async function failure(promise: Promise<unknown>): Promise<GraphError> {
  const error = await rejection(promise);
  if (error instanceof GraphError) return error;
  throw error;
}

export async function all<Item>(pages: AsyncIterable<readonly Item[]>): Promise<readonly Item[]> {
  const items: Item[] = [];
  for await (const page of pages) items.push(...page);
  return items;
}

export const throttled = (after: string): ScriptedResponse => ({
  status: 429,
  headers: { "Retry-After": after },
  json: { error: { code: "TooManyRequests", message: "Slow down." } },
});
