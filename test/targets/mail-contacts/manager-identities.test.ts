import { expect, test } from "vitest";
import type { Change } from "../../../src/model/plan.ts";
import { createManagers } from "../../../src/targets/mail-contacts/managers.ts";
import type { Managers } from "../../../src/targets/mail-contacts/managers.ts";
import { badValue } from "../../fakes/exchange-errors.ts";
import { exchangeWorld } from "../../fakes/exchange-world.ts";
import type { ScriptedResponse } from "../../fakes/scripted-fetch.ts";
import { createAt, moveOf, updateAt } from "./changes.ts";
import { at } from "./writing.ts";

const signal = new AbortController().signal;
const ann = updateAt("ann", []);

const found = (...guids: readonly string[]): ScriptedResponse => ({
  json: { value: guids.map((Guid) => ({ Guid })) },
});

function managersOf(ordered: readonly Change[], answers: readonly ScriptedResponse[] = []): Managers {
  return createManagers(exchangeWorld(answers).client, ordered);
}

test("somebody outside of the run is looked up by his address, once", async () => {
  const managers = managersOf([ann], [found("g-1")]);
  const asked = [1, 2].map(() => managers.identityOf(at("boss"), ann, signal));
  expect(await Promise.all(asked)).toEqual([
    { kind: "known", identity: "g-1" },
    { kind: "known", identity: "g-1" },
  ]);
});

test("who is nowhere is nobody, and what is no address goes back as the name that it is", async () => {
  const managers = managersOf([ann], [found()]);
  expect(await managers.identityOf(at("boss"), ann, signal)).toEqual({ kind: "nobody" });
  const named = await managers.identityOf("Anna Bergman", ann, signal);
  expect(named).toEqual({ kind: "known", identity: "Anna Bergman" });
});

test("a manager with a new address is known before he has it", async () => {
  const managers = managersOf([ann, moveOf("boss", "old", "new")]);
  expect(await managers.identityOf(at("new"), ann, signal)).toEqual({
    kind: "known",
    identity: "boss",
  });
});

test("a manager who is made earlier is waited for", async () => {
  const [boss, person] = [createAt("boss"), createAt("person")];
  const managers = managersOf([boss, person]);
  const asked = managers.identityOf(at("boss"), person, signal);
  managers.made(boss, "b");
  expect(await asked).toEqual({ kind: "made", identity: "b" });
});

test("a manager whose making fails is nobody, and nobody waits for him for ever", async () => {
  const [boss, person] = [createAt("boss"), createAt("person")];
  const managers = managersOf([boss, person]);
  const asked = managers.identityOf(at("boss"), person, signal);
  managers.ended(boss);
  expect(await asked).toEqual({ kind: "nobody" });
});

test("a manager who is made later is not waited for, but known once he is there, whatever comes of him then", async () => {
  const [person, boss] = [createAt("person"), createAt("boss")];
  const managers = managersOf([person, boss]);
  expect(await managers.identityOf(at("boss"), person, signal)).toEqual({ kind: "later" });
  managers.made(boss, "b");
  managers.ended(boss);
  expect(await managers.identityOf(at("boss"), person, signal)).toEqual({ kind: "made", identity: "b" });
});

test("a look-up that fails is asked for again by the next one", async () => {
  const managers = managersOf([ann], [badValue, found("g-1")]);
  await expect(managers.identityOf(at("boss"), ann, signal)).rejects.toThrow(/Cannot convert value/);
  expect(await managers.identityOf(at("boss"), ann, signal)).toEqual({ kind: "known", identity: "g-1" });
});
