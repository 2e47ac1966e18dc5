import { expect, test } from "vitest";
import type { GraphClient, GraphGet } from "../../../src/http/graph/graph.ts";
import { BookError } from "../../../src/model/book.ts";
import { mailboxContactsTarget } from "../../../src/targets/mailbox-contacts/target.ts";
import { desiredIn, planBook, readAll, settle } from "../../contract/target.ts";
import type { TargetWorld } from "../../contract/target.ts";
import { faultyGraph } from "../../fakes/faulty-graph.ts";
import { refusal } from "../../fakes/scripted-graph.ts";
import { openMailbox } from "./mailbox.ts";
import { syncConfig, targetConfig, tenantId } from "./world.ts";

const names = ["Ann", "Bo", "Cai"];

/** A mailbox that holds three contacts of ours, besides those of its user. */
async function filledMailbox(folder: string | null) {
  const { graph, world } = await openMailbox(folder);
  const desired = names.map((name) => desiredIn(world, name, { displayName: name, givenName: name }));
  await settle(world, desired);
  return { graph, world };
}

/** Names that are read through another client. */
async function namesOver(world: TargetWorld, graph: GraphClient): Promise<readonly string[]> {
  const { folder } = world.book;
  const target = mailboxContactsTarget(syncConfig(targetConfig({}, folder)), { graph, tenantId });
  const live = await readAll({ ...world, writer: { ...world.writer, ...target } });
  return live.map(({ fields }) => fields.displayName ?? "").toSorted();
}

/** Folders have no names of people. */
function isContact(item: unknown): boolean {
  return typeof item === "object" && item !== null && "givenName" in item;
}

/** The client with its pages as `change` makes them of what it asks for. */
function withPages(
  graph: GraphClient,
  change: <Item>(page: readonly Item[]) => readonly (readonly Item[])[],
  url = (asked: string) => asked,
): GraphClient {
  return {
    ...graph,
    async *pages<Item>(request: GraphGet, signal: AbortSignal) {
      const asked = { ...request, url: url(request.url) };
      for await (const page of graph.pages<Item>(asked, signal)) yield* change(page);
    },
  };
}

test("a contact that comes twice, since its position shifted, is one", async () => {
  const { graph, world } = await filledMailbox("Contoso directory");
  const repeating = withPages(graph, (page) => [page, page.slice(-1), []]);
  expect(await namesOver(world, repeating)).toEqual(names);
});

test("in the default folder only our contacts are asked for", async () => {
  const { graph, world } = await filledMailbox(null);
  const items: unknown[] = [];
  const watched = withPages(graph, (page) => {
    items.push(...page);
    return [page];
  });
  expect(await namesOver(world, watched)).toEqual(names);
  expect(items.filter(isContact)).toHaveLength(names.length);
});

test("in the default folder contacts of others are left out also where the filter is ignored", async () => {
  const { graph, world } = await filledMailbox(null);
  const items: unknown[] = [];
  const ignoring = withPages(
    graph,
    (page) => {
      items.push(...page);
      return [page];
    },
    (asked) => asked.replace(/[$]filter=singleValue[^&]*&/, ""),
  );
  expect(await namesOver(world, ignoring)).toEqual(names);
  expect(items.filter(isContact).length).toBeGreaterThan(names.length);
});

test("pages that go round in a circle are no end: the book is not read", async () => {
  const { graph, world } = await filledMailbox("Contoso directory");
  const circling = withPages(graph, (page) => Array.from({ length: 150 }, () => page));
  const failure = await namesOver(world, circling).catch((error: unknown) => error);
  expect(failure).toMatchObject({ problem: { severity: "error", code: "mailbox-read-endless" } });
});

test("a folder that does not exist yet is a book without contacts", async () => {
  const { world } = await openMailbox("Contoso directory");
  expect(await readAll(world)).toEqual([]);
});

test.each([
  [404, "MailboxNotEnabledForRESTAPI", "warning", "mailbox-not-enabled"],
  [403, "ErrorAccessDenied", "error", "mailbox-access-denied"],
  [500, "ErrorInternalServerError", "error", "mailbox-read-failed"],
])("%d %s while reading is a %s of the book: %s", async (status, code, severity, expected) => {
  for (const part of ["/contactFolders?", "/contacts?"]) {
    const { graph, world } = await filledMailbox("Contoso directory");
    const failing = faultyGraph(graph, ({ url }) => (url.includes(part) ? refusal(status, code) : null));
    const failure = await namesOver(world, failing).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(BookError);
    expect(failure).toMatchObject({ problem: { severity, code: expected } });
  }
});

test("copies in a folder that its user made himself are left to him, whatever its name", async () => {
  const { graph, world } = await openMailbox("Contoso directory");
  const url = "/users/ann/contactFolders";
  const body = { displayName: "Contoso directory" };
  await graph.send({ method: "POST", url, lane: "mailbox:ann", body }, new AbortController().signal);
  const desired = [desiredIn(world, "Bo", { displayName: "Bo", givenName: "Bo" })];
  await settle(world, desired);
  const [bo] = await readAll(world);
  await world.copy(bo?.id ?? "");
  expect(await planBook(world, desired)).toMatchObject([
    { action: "delete", reason: "duplicate", withheld: expect.stringContaining("the user's own") as string },
  ]);
});
