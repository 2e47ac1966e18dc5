import { expect, test } from "vitest";
import type { Change } from "../../../src/model/plan.ts";
import { applyTo, desiredIn, planBook, readAll } from "../../contract/target.ts";
import type { TargetWorld } from "../../contract/target.ts";
import { memoryJournal } from "../../fakes/memory-journal.ts";
import type { MailboxGraph } from "../../fakes/mailbox-graph.ts";
import { openMailbox, worldOver } from "./mailbox.ts";
import { otherOwner, owner } from "./world.ts";

const signal = new AbortController().signal;
const places = [null, "Directory", "Colleagues"];
/** The folders of two syncs in one mailbox. */
type Config = readonly [one: string | null, other: string | null];
const configs = places.flatMap((one) => places.map((other): Config => [one, other]));

function worldsOf(graph: MailboxGraph, [one, other]: Config): readonly TargetWorld[] {
  return [worldOver(graph, one, "sync", owner), worldOver(graph, other, "sync", otherOwner)];
}

function people(world: TargetWorld) {
  return ["Ann", "Cai"].map((name) => desiredIn(world, name, { displayName: name, givenName: name }));
}

interface Planned {
  readonly world: TargetWorld;
  readonly rename: { readonly from: string; readonly withheld: string | null } | undefined;
  readonly changes: readonly Change[];
}

async function planAll(worlds: readonly TargetWorld[]): Promise<readonly Planned[]> {
  const plans: Planned[] = [];
  for (const world of worlds) {
    const { rename } = await world.writer.read(world.book, [], signal);
    plans.push({ world, rename, changes: await planBook(world, people(world)) });
  }
  return plans;
}

/** As a run does it: all is planned, then each book is renamed and written. */
async function run(worlds: readonly TargetWorld[]): Promise<string[]> {
  const statuses: string[] = [];
  for (const { world, rename, changes } of await planAll(worlds)) {
    if (rename?.withheld === null) {
      const journal = memoryJournal().book("phones", world.book);
      statuses.push((await world.writer.rename?.(world.book, rename, journal, signal))?.status ?? "none");
    }
    statuses.push(...(await applyTo(world, changes)).map(({ status }) => status));
  }
  return [...new Set(statuses)];
}

/** What is not as it should be once two syncs have settled. */
async function wrongIn(graph: MailboxGraph, worlds: readonly TargetWorld[]): Promise<readonly string[]> {
  const wrong: string[] = [];
  for (const { world, rename, changes } of await planAll(worlds)) {
    const where = `in ${String(world.book.folder)}`;
    if (changes.length > 0 || rename !== undefined) wrong.push(`a second plan is not empty ${where}`);
    const own = (await readAll(world)).filter(({ marker }) => marker?.owner === world.owner);
    if (own.length !== people(world).length) wrong.push(`${own.length} contacts are ${where}`);
  }
  const all = graph.contacts().filter(({ marks }) => marks.size > 0).length;
  const wanted = worlds.flatMap(people).length;
  return all === wanted ? wrong : [...wrong, `${all} contacts are in the mailbox`];
}

test.each<Config>([...configs, ["Mine", "Mine"]])(
  "two syncs in %s and %s can each have any other folder, and nobody is left behind or twice",
  { timeout: 60_000 },
  async (...from) => {
    const wrong: string[] = [];
    for (const [at, to] of configs.entries()) {
      const { graph } = await openMailbox(null);
      const [before, after] = [worldsOf(graph, from), worldsOf(graph, to)];
      // The name of a folder that its user made is never given to one of ours.
      for (const worlds of from.includes("Mine") ? [before, after] : [before, after, before, after]) {
        const statuses = await run(at % 2 === 0 ? worlds : worlds.toReversed());
        // Where one of them moves into the folder that the other one was to rename, the next run ends it.
        if (statuses.includes("stale")) statuses.push(...(await run(worlds)));
        const told = statuses.filter((status) => status !== "done" && status !== "stale");
        told.push(...(await wrongIn(graph, worlds)));
        wrong.push(...told.map((what) => `${worlds === after ? "to" : "from"} ${to.join(" and ")}: ${what}`));
      }
    }
    expect(wrong).toEqual([]);
  },
);

test("a move out of a folder that another sync made is ended by the next run when it is cut off", async () => {
  const { graph } = await openMailbox(null);
  await run(worldsOf(graph, ["Directory", "Directory"]));
  const now = worldsOf(graph, ["Directory", "Colleagues"]);
  const cut: MailboxGraph = {
    ...graph,
    async sendAll(requests, abort) {
      if (requests.some(({ method }) => method === "DELETE")) throw new Error("cut off");
      return await graph.sendAll(requests, abort);
    },
  };
  await expect(run(worldsOf(cut, ["Directory", "Colleagues"]))).rejects.toThrow("cut off");
  expect(await run(now)).toEqual(["done"]);
  expect(await wrongIn(graph, now)).toEqual([]);
});

test("a folder that two syncs share keeps its name, and the one that leaves it moves out", async () => {
  const { graph } = await openMailbox(null);
  await run(worldsOf(graph, ["Directory", "Directory"]));
  const [plan] = await planAll(worldsOf(graph, ["Colleagues", "Directory"]));
  expect(plan?.rename).toBeUndefined();
  expect(plan?.changes.map(({ action, reason }) => `${action} ${reason}`)).toEqual([
    "create moved",
    "delete moved-away",
    "create moved",
    "delete moved-away",
  ]);
});
