import { expect, test } from "vitest";
import { createManagerNames } from "../../../src/targets/mail-contacts/manager-names.ts";
import { exchangeWorld } from "../../fakes/exchange-world.ts";
import type { Seen } from "../../fakes/scripted-fetch.ts";
import { deleteAt, moveOf } from "./changes.ts";
import { at } from "./writing.ts";

const signal = new AbortController().signal;

const row = (local: string) => ({
  Guid: local,
  Name: `Name of ${local}`,
  ExternalEmailAddress: `SMTP:${at(local)}`,
});

function filterOf({ body }: Seen): string {
  return (body as { CmdletInput: { Parameters: { Filter: string } } }).CmdletInput.Parameters.Filter;
}

test("names that are known are not asked for, and each other one once", async () => {
  const { client, script } = exchangeWorld([{ json: { value: [row("bo")] } }]);
  const names = createManagerNames(client, []);
  names.learn([row("ann")]);
  await names.ask(["name of ANN", "Name of bo", "NAME of bo", ""], signal);
  expect(script.seen.map(filterOf)).toEqual(["Name -eq 'name of bo'"]);
  expect(["Name of ann", "name of Bo", "nobody"].map(names.addressOf)).toEqual([at("ann"), at("bo"), null]);
});

test("many names are asked for in several requests", async () => {
  const { client, script } = exchangeWorld([{ json: { value: [] } }, { json: { value: [] } }]);
  const many = Array.from({ length: 26 }, (_, index) => `n${index}`);
  await createManagerNames(client, []).ask(many, signal);
  expect(script.seen.map((seen) => filterOf(seen).split(" -or ").length)).toEqual([25, 1]);
});

test("an address that the run changes is the one from before it", () => {
  const names = createManagerNames(exchangeWorld([]).client, [moveOf("ann", "old", "ann")]);
  names.learn([row("ann")]);
  expect(names.addressOf("Name of ann")).toBe(at("old"));
});

test("who is deleted in the run is known as leaving", () => {
  const names = createManagerNames(exchangeWorld([]).client, [deleteAt("ann"), moveOf("bo", "bo", "b")]);
  expect([at("ann"), at("bo")].map(names.isLeaving)).toEqual([true, false]);
});
