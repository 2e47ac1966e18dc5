import { expect, test } from "vitest";
import { desiredIn, settle } from "../../contract/target.ts";
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
