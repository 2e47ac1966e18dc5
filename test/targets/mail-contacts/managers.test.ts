import { describe, expect, test } from "vitest";
import type { DesiredContact } from "../../../src/model/contact.ts";
import { applyTo, desiredIn, planBook, settle } from "../../contract/target.ts";
import { openMailWorld } from "./world.ts";
import { contact, at, byName, watch } from "./writing.ts";

describe("managers", () => {
  test("who is made in the same run is the manager of those who need him, in any order and in a circle", async () => {
    const world = await openMailWorld();
    const people = [
      desiredIn(world, "a", contact("ann", { manager: at("bo") })),
      desiredIn(world, "b", contact("bo", { manager: at("cai") })),
      desiredIn(world, "c", contact("cai", { manager: at("ann") })),
      desiredIn(world, "d", contact("dee", { manager: at("dee") })),
    ];
    await settle(world, people);
    const managers = [...(await byName(world))].map(([name, { manager }]) => `${name} < ${String(manager)}`);
    expect(managers.toSorted()).toEqual([
      `ann < ${at("bo")}`,
      `bo < ${at("cai")}`,
      `cai < ${at("ann")}`,
      `dee < ${at("dee")}`,
    ]);
  });

  test("a manager whose own address changes in the same run is still found", async () => {
    const world = await openMailWorld();
    const team = (boss: string, manager: string): readonly DesiredContact[] => [
      desiredIn(world, "boss", contact(boss, { displayName: "Boss" })),
      desiredIn(world, "ann", contact("ann", { manager })),
    ];
    await settle(world, team("old", ""));
    const changes = await planBook(world, team("new", at("new")));
    await applyTo(world, changes);
    expect((await byName(world)).get("ann")?.manager).toBe(at("new"));
  });

  test("a manager who leaves in the same run in which his people get another one leaves no one stale", async () => {
    const world = await openMailWorld({}, { exchange: { latency: { "Remove-MailContact": 1, "*": 100 } } });
    const before = [
      desiredIn(world, "boss", contact("boss")),
      desiredIn(world, "next", contact("next")),
      ...Array.from({ length: 40 }, (_, index) =>
        desiredIn(world, `p${index}`, contact(`p${index}`, { manager: at("boss") })),
      ),
    ];
    await settle(world, before);
    const after = [
      desiredIn(world, "next", contact("next")),
      ...Array.from({ length: 40 }, (_, index) =>
        desiredIn(world, `p${index}`, contact(`p${index}`, { manager: at("next") })),
      ),
    ];
    const outcomes = await applyTo(world, await planBook(world, after));
    expect(new Set(outcomes.map(({ status }) => status))).toEqual(new Set(["done"]));
    expect(await planBook(world, after)).toEqual([]);
  });

  test("who waits for his manager gets him, also where Exchange does not see the one who waits at first", async () => {
    let waits = 0;
    const faults = watch(({ cmdlet, parameters }) =>
      cmdlet === "Set-Contact" && Object.keys(parameters).join(" ") === "Identity Manager" && waits++ < 3
        ? notFound()
        : undefined,
    );
    const world = await openMailWorld({}, faults);
    const circle = [
      desiredIn(world, "a", contact("ann", { manager: at("bo") })),
      desiredIn(world, "b", contact("bo", { manager: at("ann") })),
    ];
    await applyTo(world, await planBook(world, circle));
    expect((await byName(world)).get("ann")?.manager).toBe(at("bo"));
    expect((await byName(world)).get("bo")?.manager).toBe(at("ann"));
  });
});

function notFound(): Response {
  const message =
    "Ex6F9304|Microsoft.Exchange.Configuration.Tasks.ManagementObjectNotFoundException|The operation couldn't be performed because object 'x' couldn't be found.";
  const error = {
    code: "NotFound",
    message: "Error executing cmdlet",
    details: [{ code: "Client", target: "", message }],
  };
  return new Response(JSON.stringify({ error }), {
    status: 404,
    headers: { "Content-Type": "application/json" },
  });
}
