import { expect, test } from "vitest";
import type { GraphClient } from "../../../src/http/graph/graph.ts";
import type { BookRef } from "../../../src/model/book.ts";
import { JournalError } from "../../../src/model/journal.ts";
import { ensureFolder } from "../../../src/targets/mailbox-contacts/folders/ensure-folder.ts";
import { findHome } from "../../../src/targets/mailbox-contacts/folders/find-home.ts";
import { mailboxPath } from "../../../src/targets/mailbox-contacts/graph-contact.ts";
import { renameFolder } from "../../../src/targets/mailbox-contacts/folders/rename-folder.ts";
import { refusal } from "../../fakes/scripted-graph.ts";
import { faultyGraph } from "../../fakes/faulty-graph.ts";
import { memoryJournal } from "../../fakes/memory-journal.ts";
import { openMailbox } from "./mailbox.ts";
import { bookRef, otherOwner, owner } from "./world.ts";

const signal = new AbortController().signal;

function journaled(graph: GraphClient) {
  return { graph, journal: memoryJournal().book("phones", bookRef()) };
}

async function ensured(graph: GraphClient, book: BookRef, who = owner) {
  const { folder, isNew } = await ensureFolder(
    journaled(graph),
    book,
    { owner: who, moved: new Set() },
    signal,
  );
  return { id: folder.id, isNew };
}

async function mailbox() {
  const { graph, world } = await openMailbox("Contoso directory");
  const { book } = world;
  const folders = `${mailboxPath(book)}/contactFolders`;
  const post = async (url: string, displayName: string) => {
    const request = { method: "POST", url, lane: "mailbox:ann", body: { displayName } } as const;
    return (await graph.send<{ id: string }>(request, signal)).body.id;
  };
  return {
    graph,
    book,
    rename: (id: string, displayName: string) =>
      graph.send(
        { method: "PATCH", url: `${folders}/${id}`, lane: "mailbox:ann", body: { displayName } },
        signal,
      ),
    make: (displayName: string) => post(folders, displayName),
    namesIn: async (client: GraphClient = graph) => {
      const found: string[] = [];
      const url = `${folders}?$select=id,displayName`;
      for await (const page of client.pages<{ displayName: string }>({ url, lane: "mailbox:ann" }, signal)) {
        found.push(...page.map(({ displayName }) => displayName));
      }
      return found.toSorted();
    },
    /** As the config with that name of the folder has it done. */
    renamedTo: (folder: string, from: string, client: GraphClient = graph) =>
      renameFolder(
        journaled(client),
        { ...book, folder },
        { owner, rename: { from, withheld: null } },
        signal,
      ),
  };
}

test("a folder is made once, and found again", async () => {
  const { graph, book, namesIn } = await mailbox();
  const before = await namesIn();
  expect(await findHome(graph, book, owner, signal)).toBeNull();
  const made = await ensured(graph, book);
  expect(made.isNew).toBe(true);
  expect(await ensured(graph, book)).toEqual({ id: made.id, isNew: false });
  expect(await namesIn()).toEqual([...before, "Contoso directory"].toSorted());
});

test("a folder that its user renames is still ours, and keeps the user's name", async () => {
  const { graph, book, rename, namesIn } = await mailbox();
  const { id } = await ensured(graph, book);
  await rename(id, "Work");
  expect(await ensured(graph, book)).toEqual({ id, isNew: false });
  expect(await namesIn()).toContain("Work");
  expect(await namesIn()).not.toContain("Contoso directory");
});

test("a folder that its user drags below others is found, however deep, but not without end", async () => {
  const { graph, book, make } = await mailbox();
  const { id } = await ensured(graph, book);
  const above = await Promise.all(["1", "2", "3", "4", "5"].map(make));
  for (const [at, one] of above.entries()) graph.drag(one, above[at - 1] ?? null);
  for (const parent of above) {
    graph.drag(id, parent);
    expect(await ensured(graph, book)).toEqual({ id, isNew: false });
  }
  const deepest = await make("6");
  graph.drag(deepest, above.at(-1) ?? null);
  graph.drag(id, deepest);
  expect(await findHome(graph, book, owner, signal)).toBeNull();
});

test("a new name in the config renames our folder, once, wherever it is", async () => {
  const { graph, book, make, namesIn, renamedTo } = await mailbox();
  const { id } = await ensured(graph, book);
  expect(await renamedTo("Colleagues", "Contoso directory")).toEqual({ status: "done", problem: null });
  expect(await namesIn()).toContain("Colleagues");
  expect(await findHome(graph, { ...book, folder: "Colleagues" }, owner, signal)).toMatchObject({
    id,
    mark: { name: "Colleagues" },
  });
  expect(await renamedTo("Colleagues", "Contoso directory")).toMatchObject({ status: "already-done" });
  graph.drag(id, await make("Mine too"));
  expect(await renamedTo("People", "Colleagues")).toMatchObject({ status: "done" });
});

test("a folder that is called otherwise than planned is left alone", async () => {
  const { graph, book, rename, namesIn, renamedTo } = await mailbox();
  expect(await renamedTo("Colleagues", "Contoso directory")).toMatchObject({ status: "stale" });
  const { id } = await ensured(graph, book);
  await rename(id, "Work");
  expect(await renamedTo("Colleagues", "Contoso directory")).toMatchObject({
    status: "stale",
    problem: { code: "folder-changed" },
  });
  expect(await namesIn()).toContain("Work");
});

test("a new name that is taken leaves our folder as it was, and is a failure that says so", async () => {
  const { graph, book, make, namesIn, renamedTo } = await mailbox();
  await ensured(graph, book);
  await make("Colleagues");
  expect(await renamedTo("Colleagues", "Contoso directory")).toMatchObject({
    status: "failed",
    problem: { code: "ErrorFolderExists", message: expect.stringContaining("another folder") as string },
  });
  expect(await namesIn()).toContain("Contoso directory");
});

test("a folder of the name that its user made is used, whatever the case of its name, and stays his", async () => {
  const { graph, book, make, rename, namesIn, renamedTo } = await mailbox();
  const id = await make("contoso Directory");
  expect(await ensured(graph, book)).toEqual({ id, isNew: false });
  expect(await findHome(graph, book, owner, signal)).toMatchObject({ id, mark: { state: "used" } });
  await rename(id, "My people");
  expect(await ensured(graph, book)).toEqual({ id, isNew: false });
  expect(await renamedTo("Colleagues", "My people")).toMatchObject({ status: "stale" });
  expect(await namesIn()).toContain("My people");
});

test("a folder that another sync made is used, and stays the other's", async () => {
  const { graph, book } = await mailbox();
  const { id } = await ensured(graph, book, otherOwner);
  expect(await ensured(graph, book)).toEqual({ id, isNew: false });
  expect(await findHome(graph, book, otherOwner, signal)).toMatchObject({
    id,
    mark: { owner: otherOwner },
  });
});

test("our own folder comes before one of the name, also where its user has dragged it away", async () => {
  const { graph, book, make, rename } = await mailbox();
  const { id } = await ensured(graph, book);
  await rename(id, "Work");
  await make("Contoso directory");
  expect(await findHome(graph, book, owner, signal)).toMatchObject({ id });
  graph.drag(id, await make("Mine too"));
  expect(await findHome(graph, book, owner, signal)).toMatchObject({ id });
});

test("a folder that another run makes at the same moment is used", async () => {
  const { graph, book } = await mailbox();
  const racing: GraphClient = {
    ...graph,
    async send(request, abort) {
      if (request.method === "POST") await graph.send(request, abort);
      return graph.send(request, abort);
    },
  };
  expect(await ensured(racing, book)).toMatchObject({ isNew: false });
});

test("a folder that may not be made is an error", async () => {
  const { graph, book } = await mailbox();
  const failing = faultyGraph(graph, ({ method }) =>
    method === "POST" ? refusal(403, "ErrorAccessDenied") : null,
  );
  await expect(ensured(failing, book)).rejects.toMatchObject({ status: 403 });
});

test("folders are written down before they are made, named anew or noted to be moved to", async () => {
  const { graph, book } = await mailbox();
  const journal = memoryJournal();
  const world = { graph, journal: journal.book("phones", book) };
  const renamed = { ...book, folder: "Colleagues" };
  const rename = { from: "Contoso directory", withheld: null };
  await ensureFolder(world, book, { owner, moved: new Set() }, signal);
  await renameFolder(world, renamed, { owner, rename }, signal);
  await ensureFolder(world, renamed, { owner, moved: new Set(["ann"]) }, signal);
  expect(journal.entries().map(({ step, result }) => [step, result?.status])).toEqual([
    [{ action: "folder", before: null, after: "Contoso directory" }, "done"],
    [{ action: "folder", before: "Contoso directory", after: "Colleagues" }, "done"],
    [{ action: "folder", before: "Colleagues", after: "Colleagues" }, "done"],
  ]);
  journal.fill();
  const back = { owner, rename: { from: "Colleagues", withheld: null } };
  await expect(renameFolder(world, book, back, signal)).rejects.toThrow(JournalError);
});
