import { expect, test } from "vitest";
import type { GraphClient } from "../../../src/http/graph/graph.ts";
import { JournalError } from "../../../src/model/journal.ts";
import { ensureFolder, findFolder } from "../../../src/targets/mailbox-contacts/folder.ts";
import { mailboxPath } from "../../../src/targets/mailbox-contacts/graph-contact.ts";
import { refusal } from "../../fakes/scripted-graph.ts";
import { faultyGraph } from "../../fakes/faulty-graph.ts";
import { memoryJournal } from "../../fakes/memory-journal.ts";
import { openMailbox } from "./mailbox.ts";
import { bookRef, otherOwner, owner } from "./world.ts";

const signal = new AbortController().signal;

function journaled(graph: GraphClient) {
  return { graph, journal: memoryJournal().book("phones", bookRef()) };
}

async function mailbox() {
  const { graph, world } = await openMailbox("Contoso directory");
  const { book } = world;
  const folders = `${mailboxPath(book)}/contactFolders`;
  return {
    graph,
    book,
    rename: (id: string, displayName: string) =>
      graph.send(
        { method: "PATCH", url: `${folders}/${id}`, lane: "mailbox:ann", body: { displayName } },
        signal,
      ),
    make: async (displayName: string) => {
      const request = { method: "POST", url: folders, lane: "mailbox:ann", body: { displayName } } as const;
      return (await graph.send<{ id: string }>(request, signal)).body.id;
    },
    namesIn: async (client: GraphClient = graph) => {
      const found: string[] = [];
      const url = `${folders}?$select=id,displayName`;
      for await (const page of client.pages<{ displayName: string }>({ url, lane: "mailbox:ann" }, signal)) {
        found.push(...page.map(({ displayName }) => displayName));
      }
      return found.toSorted();
    },
  };
}

test("a folder is made once, and found again", async () => {
  const { graph, book, namesIn } = await mailbox();
  const before = await namesIn();
  expect(await findFolder(graph, book, owner, signal)).toBeNull();
  const made = await ensureFolder(journaled(graph), book, owner, signal);
  expect(made.isNew).toBe(true);
  expect(await ensureFolder(journaled(graph), book, owner, signal)).toEqual({ id: made.id, isNew: false });
  expect(await namesIn()).toEqual([...before, "Contoso directory"].toSorted());
});

test("a folder that its user renames is still ours, and keeps the user's name", async () => {
  const { graph, book, rename, namesIn } = await mailbox();
  const { id } = await ensureFolder(journaled(graph), book, owner, signal);
  await rename(id, "Work");
  expect(await ensureFolder(journaled(graph), book, owner, signal)).toEqual({ id, isNew: false });
  expect(await namesIn()).toContain("Work");
  expect(await namesIn()).not.toContain("Contoso directory");
});

test("a new name in the config renames our folder", async () => {
  const { graph, book, namesIn } = await mailbox();
  const { id } = await ensureFolder(journaled(graph), book, owner, signal);
  const renamed = { ...book, folder: "Colleagues" };
  expect(await ensureFolder(journaled(graph), renamed, owner, signal)).toEqual({ id, isNew: false });
  expect(await namesIn()).toContain("Colleagues");
  expect(await findFolder(graph, renamed, owner, signal)).toMatchObject({ marker: { key: "Colleagues" } });
});

test("a new name that is taken leaves our folder as it was", async () => {
  const { graph, book, make, namesIn } = await mailbox();
  const { id } = await ensureFolder(journaled(graph), book, owner, signal);
  await make("Colleagues");
  expect(await ensureFolder(journaled(graph), { ...book, folder: "Colleagues" }, owner, signal)).toEqual({
    id,
    isNew: false,
  });
  expect(await namesIn()).toContain("Contoso directory");
});

test("a folder of the name that somebody else made is used, whatever the case of its name, but not marked", async () => {
  const { graph, book, make } = await mailbox();
  const id = await make("contoso Directory");
  expect(await ensureFolder(journaled(graph), book, owner, signal)).toEqual({ id, isNew: false });
  expect(await findFolder(graph, book, owner, signal)).toMatchObject({ id, marker: null });
});

test("a folder that another sync made is used, and stays the other's", async () => {
  const { graph, book } = await mailbox();
  const { id } = await ensureFolder(journaled(graph), book, otherOwner, signal);
  expect(await ensureFolder(journaled(graph), book, owner, signal)).toEqual({ id, isNew: false });
  expect(await findFolder(graph, book, otherOwner, signal)).toMatchObject({
    id,
    marker: { owner: otherOwner },
  });
});

test("our own folder comes before one of the name", async () => {
  const { graph, book, make, rename } = await mailbox();
  const { id } = await ensureFolder(journaled(graph), book, owner, signal);
  await rename(id, "Work");
  await make("Contoso directory");
  expect(await findFolder(graph, book, owner, signal)).toMatchObject({ id });
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
  expect(await ensureFolder(journaled(racing), book, owner, signal)).toMatchObject({ isNew: false });
});

test("a folder that may not be made is an error", async () => {
  const { graph, book } = await mailbox();
  const failing = faultyGraph(graph, ({ method }) =>
    method === "POST" ? refusal(403, "ErrorAccessDenied") : null,
  );
  await expect(ensureFolder(journaled(failing), book, owner, signal)).rejects.toMatchObject({ status: 403 });
});

test("folders are written down before they are made or named anew", async () => {
  const { graph, book } = await mailbox();
  const journal = memoryJournal();
  const world = { graph, journal: journal.book("phones", book) };
  await ensureFolder(world, book, owner, signal);
  await ensureFolder(world, { ...book, folder: "Colleagues" }, owner, signal);
  expect(journal.entries().map(({ step, result }) => [step, result?.status])).toEqual([
    [{ action: "folder", before: null, after: "Contoso directory" }, "done"],
    [{ action: "folder", before: "Contoso directory", after: "Colleagues" }, "done"],
  ]);
  journal.fill();
  await expect(ensureFolder(world, book, owner, signal)).rejects.toThrow(JournalError);
});
