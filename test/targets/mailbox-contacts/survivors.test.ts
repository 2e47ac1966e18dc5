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

// What a plan would make anew in one folder of ours seems to be there, since another run has given its name to the very one
// that the contacts are to be deleted from.
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
  const former = graph.contacts().find(({ id }) => id === ann?.id)?.folder ?? "";
  const singleValueExtendedProperties = writeMarker({ owner, key: "Directory", digest: "settled" });
  const body = { displayName: "Directory", singleValueExtendedProperties };
  await graph.send({ method: "POST", url: folders, lane, body }, signal);
  const now = worldOver(graph, "Directory");
  const changes = await planBook(now, wantedIn(now));
  expect(changes.filter(({ action }) => action === "delete")).toHaveLength(count);

  const named = { singleValueExtendedProperties };
  await graph.send({ method: "PATCH", url: `${folders}/${former}`, lane, body: named }, signal);
  expect(ends(await applyTo(now, changes))).toEqual([...released, "already-done", "stale: survivor-gone"]);
  expect(await readAll(before)).toHaveLength(count);
});
