import { describe, expect, test } from "vitest";
import { applyTo, desiredIn, planBook, readAll, settle } from "../../contract/target.ts";
import type { TargetWorld } from "../../contract/target.ts";
import type { MailboxGraph } from "../../fakes/mailbox-graph.ts";
import { openMailbox, worldOver } from "./mailbox.ts";

function wanted(world: TargetWorld, key = "Ann") {
  const emailAddresses = ["ann@contoso.com"];
  return [desiredIn(world, key, { displayName: "Ann", givenName: "Ann", emailAddresses })];
}

/** Ann in a place of the user's own, who has copied her and wrote something on the copy. */
async function copied(folder: string | null) {
  const { graph } = await openMailbox(null);
  const place = worldOver(graph, folder);
  await settle(place, wanted(place));
  const ann = (await readAll(place)).find(({ marker }) => marker !== null)?.id ?? "";
  await place.copy(ann);
  await place.edit(`copy of ${ann}`, { personalNotes: "precious" });
  return { graph, place, copy: `copy of ${ann}` };
}

function ids(graph: MailboxGraph): readonly string[] {
  return graph.contacts().map(({ id }) => id);
}

function ownCount(graph: MailboxGraph): number {
  return graph.contacts().filter(({ marks }) => marks.size > 0).length;
}

describe("a copy that a user made in a place of his own", () => {
  test.each([
    [null, "Directory"],
    [null, "Mine"],
    ["Mine", null],
    ["Mine", "Directory"],
  ])("stays for good when the sync moves from %s to %s, and back", async (from, to) => {
    const { graph, place, copy } = await copied(from);
    const now = worldOver(graph, to);
    const changes = await settle(now, wanted(now));
    expect(changes).toContainEqual(
      expect.objectContaining({
        action: "delete",
        withheld: expect.stringContaining("a copy that the user made") as string,
      }),
    );
    expect(await planBook(now, wanted(now))).toEqual([]);
    expect(ids(graph)).toContain(copy);
    expect(ownCount(graph)).toBe(2);
    await settle(place, wanted(place));
    expect(await planBook(place, wanted(place))).toEqual([]);
    await settle(place, []);
    expect(ids(graph)).toContain(copy);
    expect(ownCount(graph)).toBe(1);
  });

  test.each(["Directory", "Mine"])(
    "stays when its person leaves, or has another key, with the move to %s",
    async (to) => {
      for (const key of [null, "Ann-2"]) {
        const { graph, copy } = await copied(null);
        const now = worldOver(graph, to);
        const people = key === null ? [] : wanted(now, key);
        await settle(now, people);
        await settle(now, people);
        expect(ids(graph)).toContain(copy);
        expect(ownCount(graph)).toBe(1 + people.length);
      }
    },
  );

  test("that cannot be marked as his keeps what it is a copy of from being deleted", async () => {
    const { graph, place, copy } = await copied(null);
    const ours = worldOver(graph, "Directory");
    const changes = await planBook(ours, wanted(ours));
    await place.edit(copy, { personalNotes: "even more" });
    const outcomes = await applyTo(ours, changes);
    expect(outcomes.map(({ status, problem }) => [status, problem?.code])).toEqual([
      ["stale", "contact-changed"],
      ["done", undefined],
      ["stale", "copy-not-released"],
    ]);
    await settle(ours, wanted(ours));
    expect(ids(graph)).toContain(copy);
    expect(ownCount(graph)).toBe(2);
  });
});
