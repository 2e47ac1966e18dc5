import { expect, test } from "vitest";
import { writeMarker } from "../../../src/targets/mailbox-contacts/markers.ts";
import { applyTo, desiredIn, planBook, readAll, settle } from "../../contract/target.ts";
import type { TargetWorld } from "../../contract/target.ts";
import { ends } from "./faulty-mailbox.ts";
import { openMailbox, worldOver } from "./mailbox.ts";
import { owner } from "./world.ts";

const signal = new AbortController().signal;
const lane = "mailbox:ann";

function wantedIn(world: TargetWorld) {
  return [desiredIn(world, "Ann", { displayName: "Ann", givenName: "Ann" })];
}

// What a plan would make anew in one folder of ours seems to be there, since the user dragged that folder away and
// another one of ours was found in its place: the very one that the contacts are to be deleted from.
test.each([
  ["a contact", 1, []],
  ["a contact of which its user made a copy", 2, ["done"]],
])("%s that a run would delete does not count as what stays", async (_, count, released) => {
  const { graph } = await openMailbox(null);
  const before = worldOver(graph, "Former");
  await settle(before, wantedIn(before));
  const [ann] = await readAll(before);
  if (count === 2) await before.copy(ann?.id ?? "");
  const folders = "/users/ann/contactFolders";
  const make = async (displayName: string, marks: object = {}): Promise<string> => {
    const request = { method: "POST", url: folders, lane, body: { displayName, ...marks } } as const;
    return (await graph.send<{ id: string }>(request, signal)).body.id;
  };
  const marker = writeMarker({ owner, key: "Directory", digest: "settled" });
  const directory = await make("Directory", { singleValueExtendedProperties: marker });
  const now = worldOver(graph, "Directory");
  const changes = await planBook(now, wantedIn(now));
  expect(changes.filter(({ action }) => action === "delete")).toHaveLength(count);

  graph.drag(directory, await make("Private"));
  expect(ends(await applyTo(now, changes))).toEqual([...released, "already-done", "stale: survivor-gone"]);
  expect(await readAll(before)).toHaveLength(count);
});
