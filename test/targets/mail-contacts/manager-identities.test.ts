import { expect, test } from "vitest";
import type { Change } from "../../../src/model/plan.ts";
import { createManagers } from "../../../src/targets/mail-contacts/managers.ts";
import type { Managers } from "../../../src/targets/mail-contacts/managers.ts";
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
  const asked = [1, 2].map(() => managers.identityOf(at("boss"), ann, "ann", signal));
  expect(await Promise.all(asked)).toEqual([
    { kind: "known", identity: "g-1" },
    { kind: "known", identity: "g-1" },
  ]);
});

test("who is nowhere is nobody, and what is no address goes back as the name that it is", async () => {
  const managers = managersOf([ann], [found()]);
  expect(await managers.identityOf(at("boss"), ann, "ann", signal)).toEqual({ kind: "nobody" });
  const named = await managers.identityOf("Anna Bergman", ann, "ann", signal);
  expect(named).toEqual({ kind: "known", identity: "Anna Bergman" });
});

test("a manager with a new address is known before he has it", async () => {
  const managers = managersOf([ann, moveOf("boss", "old", "new")]);
  expect(await managers.identityOf(at("new"), ann, "ann", signal)).toEqual({
    kind: "known",
    identity: "boss",
  });
});

test("a manager who is made earlier is waited for", async () => {
  const [boss, person] = [createAt("boss"), createAt("person")];
  const managers = managersOf([boss, person]);
  const asked = managers.identityOf(at("boss"), person, "p", signal);
  expect(managers.made(boss, "b")).toEqual([]);
  expect(await asked).toEqual({ kind: "known", identity: "b" });
});

test("a manager whose making fails is nobody, and nobody waits for him for ever", async () => {
  const [boss, person] = [createAt("boss"), createAt("person")];
  const managers = managersOf([boss, person]);
  const asked = managers.identityOf(at("boss"), person, "p", signal);
  managers.ended(boss);
  expect(await asked).toEqual({ kind: "nobody" });
});

test("a manager who is made later is told who waits for him, once", async () => {
  const [person, boss] = [createAt("person"), createAt("boss")];
  const managers = managersOf([person, boss]);
  expect(await managers.identityOf(at("boss"), person, "p", signal)).toEqual({ kind: "later" });
  expect(managers.made(boss, "b")).toEqual(["p"]);
  expect(managers.made(boss, "b")).toEqual([]);
});
