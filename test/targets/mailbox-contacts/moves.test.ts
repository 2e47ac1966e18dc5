import { describe, expect, test } from "vitest";
import { applyTo, desiredIn, planBook, readAll, settle } from "../../contract/target.ts";
import type { TargetWorld } from "../../contract/target.ts";
import { faultyGraph } from "../../fakes/faulty-graph.ts";
import type { MailboxGraph } from "../../fakes/mailbox-graph.ts";
import { openMailbox, worldOver } from "./mailbox.ts";
import { movesContract } from "./moves.ts";

const signal = new AbortController().signal;
const folders = "/users/ann/contactFolders";

async function folderNamed(graph: MailboxGraph, name: string): Promise<string> {
  for await (const page of graph.pages<{ id: string; displayName: string }>(
    { url: `${folders}?$select=id,displayName`, lane: "mailbox:ann" },
    signal,
  )) {
    const found = page.find(({ displayName }) => displayName === name);
    if (found !== undefined) return found.id;
  }
  throw new Error(`There is no folder ${name}.`);
}

async function drag(graph: MailboxGraph, name: string): Promise<void> {
  graph.drag(await folderNamed(graph, name), await folderNamed(graph, "Mine"));
}

movesContract("a mailbox", async () => {
  const { graph } = await openMailbox(null);
  return {
    at: (folder, policy) => worldOver(graph, folder, policy),
    drag: (name) => drag(graph, name),
  };
});

/** A mailbox in which a sync is settled, and what a plan asks of it that changes nothing. */
async function askedWhenSettled(folder: string | null, before: string | null = folder, isDragged = false) {
  const { graph } = await openMailbox(null);
  for (const at of [before, folder]) {
    const world = worldOver(graph, at);
    await settle(world, [desiredIn(world, "Ann", { displayName: "Ann", givenName: "Ann" })]);
  }
  if (isDragged) await drag(graph, folder ?? "");
  const watched = faultyGraph(graph, () => null);
  const world = worldOver({ ...graph, ...watched }, folder);
  await world.writer.read(world.book, [], signal);
  return watched.asked.map(
    ({ url }) => url.split("?", 1)[0]?.split("/").at(-1) + (url.includes("$filter=single") ? " of ours" : ""),
  );
}

test("a plan asks for folders and contacts once where the folder is ours, also after a move", async () => {
  expect(await askedWhenSettled("Directory")).toEqual(["contactFolders", "contacts"]);
  expect(await askedWhenSettled("Directory", null)).toEqual(["contactFolders", "contacts"]);
});

test("of the default folder only what is ours is asked for, and of folders whether one is ours", async () => {
  const alone = ["contacts of ours", "contactFolders", "childFolders"];
  expect(await askedWhenSettled(null)).toEqual(alone);
  expect(await askedWhenSettled(null, "Directory")).toEqual([...alone, "childFolders", "contacts of ours"]);
});

test("folders within folders are asked for only where the folder was dragged away", async () => {
  expect(await askedWhenSettled("Directory", "Directory", true)).toEqual([
    "contactFolders",
    "childFolders",
    "contacts",
  ]);
});

function annIn(world: TargetWorld, key = "Ann") {
  const emailAddresses = ["ann@contoso.com"];
  return desiredIn(world, key, { displayName: "Ann", givenName: "Ann", emailAddresses });
}

async function ownIn(world: TargetWorld): Promise<string> {
  const [own] = (await readAll(world)).filter(({ marker }) => marker !== null);
  return own?.id ?? "";
}

/** Ann under another key; somebody else in her place: each until nothing is left to do. */
async function annChangesAndLeaves(world: TargetWorld): Promise<void> {
  for (const wanted of [annIn(world, "Ann-2"), desiredIn(world, "Cai", { givenName: "Cai" })]) {
    for (let run = 0; run < 2; run++) await applyTo(world, await planBook(world, [wanted]));
  }
}

test("a copy in his own Contacts folder stays its user's when its person has another key, or leaves", async () => {
  const { graph } = await openMailbox(null);
  const world = worldOver(graph, "Mine");
  await settle(world, [annIn(world)]);
  const ann = await ownIn(world);
  graph.copy(ann);
  graph.move(`copy of ${ann}`, null);
  await annChangesAndLeaves(world);
  expect(graph.contacts().map(({ id }) => id)).toContain(`copy of ${ann}`);
});

test("a move out of a folder that is cut off and taken back shows what it left in the default folder", async () => {
  const { graph } = await openMailbox(null);
  const [ours, own] = [worldOver(graph, "Directory"), worldOver(graph, null)];
  await settle(ours, [annIn(ours)]);
  const cut: MailboxGraph = {
    ...graph,
    sendAll(requests, abort) {
      if (requests.some(({ method }) => method === "DELETE")) throw new Error("cut off");
      return graph.sendAll(requests, abort);
    },
  };
  await expect(applyTo(worldOver(cut, null), await planBook(own, [annIn(own)]))).rejects.toThrow("cut off");
  expect(await planBook(ours, [annIn(ours)])).toMatchObject([
    {
      action: "delete",
      reason: "duplicate",
      withheld: expect.stringContaining("copy of a contact") as string,
    },
  ]);
});

/** Moves Ann into our folder, and does something just before she is deleted in the default one. */
async function moveMeanwhile(graph: MailboxGraph, act: (ann: string) => Promise<void>): Promise<TargetWorld> {
  const [own, ours] = [worldOver(graph, null), worldOver(graph, "Directory")];
  await settle(own, [annIn(own)]);
  const ann = await ownIn(own);
  const busy: MailboxGraph = {
    ...graph,
    async sendAll(requests, abort) {
      if (requests.some(({ method }) => method === "DELETE")) await act(ann);
      return await graph.sendAll(requests, abort);
    },
  };
  const moves = await planBook(ours, [annIn(ours)]);
  expect((await applyTo(worldOver(busy, "Directory"), moves)).map(({ status }) => status)).toEqual([
    "done",
    "done",
  ]);
  return ours;
}

test("a copy that is made while contacts move does not keep the move from its end", async () => {
  const { graph } = await openMailbox(null);
  const ours = await moveMeanwhile(graph, async (ann) => graph.copy(ann));
  expect(await planBook(ours, [annIn(ours)])).toEqual([]);
  await annChangesAndLeaves(ours);
  expect(graph.contacts().filter(({ id }) => id.startsWith("copy of"))).toHaveLength(1);
});

test("the name that a user gives a folder while contacts move to it is not taken back", async () => {
  const { graph } = await openMailbox(null);
  const ours = await moveMeanwhile(graph, async () => {
    const url = `${folders}/${await folderNamed(graph, "Directory")}`;
    await graph.send({ method: "PATCH", url, lane: "mailbox:ann", body: { displayName: "Work" } }, signal);
  });
  expect(await folderNamed(graph, "Work")).not.toBe("");
  expect(await planBook(ours, [annIn(ours)])).toEqual([]);
});

function ownCount(graph: MailboxGraph): number {
  return graph.contacts().filter(({ marks }) => marks.size > 0).length;
}

describe("a folder that its user made and the config names", () => {
  test.each(["Colleagues", null])("is left by all when the config has %s instead", async (after) => {
    const { graph } = await openMailbox(null);
    const [mine, now] = [worldOver(graph, "Mine"), worldOver(graph, after)];
    await settle(mine, [annIn(mine)]);
    const moves = await planBook(now, [annIn(now)]);
    // A run that is killed after the creates leaves nobody behind either.
    await applyTo(
      now,
      moves.filter(({ action }) => action === "create"),
    );
    await settle(now, [annIn(now)]);
    expect(ownCount(graph)).toBe(1);
    expect(await folderNamed(graph, "Mine")).not.toBe("");
  });

  test("is still the one of the config when its user renames it or drags it below another", async () => {
    const { graph } = await openMailbox(null);
    const world = worldOver(graph, "Mine");
    await settle(world, [annIn(world)]);
    const url = `${folders}/${await folderNamed(graph, "Mine")}`;
    await graph.send({ method: "PATCH", url, lane: "mailbox:ann", body: { displayName: "People" } }, signal);
    expect(await settle(world, [annIn(world)])).toEqual([]);
    const body = { displayName: "Mine" };
    await graph.send({ method: "POST", url: folders, lane: "mailbox:ann", body }, signal);
    await drag(graph, "People");
    expect(await settle(world, [annIn(world)])).toEqual([]);
    expect(ownCount(graph)).toBe(1);
  });
});
