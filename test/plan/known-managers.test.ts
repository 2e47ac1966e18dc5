import { expect, test } from "vitest";
import { addressesOf, addressesOfUnfit, withKnownManagers } from "../../src/plan/known-managers.ts";
import type { ContactFields } from "../../src/model/contact.ts";
import type { Change } from "../../src/model/plan.ts";
import { desired, diff, hash, live } from "./world.ts";

const of = (unmade: readonly Change[]): ReadonlyMap<string, string> => new Map(unmade.flatMap(addressesOf));

const boss = (address: string): ContactFields => ({
  displayName: "Boss",
  emailAddresses: [address],
  manager: "",
});
const worker = (manager: string): ContactFields => ({
  displayName: "Worker",
  emailAddresses: ["worker@contoso.com"],
  manager,
});

test("nobody has a manager whose contact cannot be made", () => {
  const wanted = [desired("boss", boss("boss@contoso.com")), desired("worker", worker("boss@contoso.com"))];
  const { changes } = diff({ desired: wanted, live: [live("worker", worker(""))] });
  const unmade = changes.filter(({ action }) => action === "create");
  const settled = withKnownManagers(wanted, of(unmade), hash);
  expect(settled[1]).toEqual(desired("worker", worker("")));
  expect(
    diff({ desired: settled, live: [live("worker", worker(""))] }).changes.map(({ action }) => action),
  ).toEqual(["create"]);
});

test("a manager whose address cannot be changed is known by the old one", () => {
  const held = [live("boss", boss("old@contoso.com")), live("worker", worker("old@contoso.com"))];
  const wanted = [desired("boss", boss("new@contoso.com")), desired("worker", worker("new@contoso.com"))];
  const { changes } = diff({ desired: wanted, live: held });
  const unmade = changes.filter(({ key }) => key === "contoso/boss");
  expect(changes).toHaveLength(2);
  expect(diff({ desired: withKnownManagers(wanted, of(unmade), hash), live: held }).changes).toHaveLength(1);
});

test("where everybody can be made all stays the same", () => {
  const wanted = [desired("worker", worker("boss@contoso.com"))];
  const { changes } = diff({ desired: [desired("x", boss("x@contoso.com"))], live: [] });
  expect(withKnownManagers(wanted, new Map(), hash)).toBe(wanted);
  expect(withKnownManagers(wanted, of(changes), hash)).toBe(wanted);
});

test("a manager whom the target cannot have is known by the contact that he has, if he has one", () => {
  const held = [live("boss", boss("old@contoso.com")), live("worker", worker("old@contoso.com"))];
  const wanted = [desired("worker", worker("böss@contoso.com"))];
  const unfit = [{ contact: desired("boss", boss("böss@contoso.com")), reason: "No." }];
  const changesOf = (known: typeof held, people = wanted): readonly Change[] =>
    diff({ desired: people, unfit, live: known }).changes;
  const settledFor = (known: typeof held): typeof wanted => [
    ...withKnownManagers(wanted, new Map(addressesOfUnfit(unfit, wanted, changesOf(known))), hash),
  ];
  expect(settledFor(held)[0]?.fields.manager).toBe("old@contoso.com");
  expect(changesOf(held, settledFor(held)).map(({ withheld }) => withheld)).toHaveLength(1);
  expect(settledFor(held.slice(1))[0]?.fields.manager).toBe("");
});
