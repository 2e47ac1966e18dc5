import { expect, test } from "vitest";
import type { GraphClient, GraphWrite } from "../../../src/http/graph/graph.ts";
import type { Outcome } from "../../../src/model/plan.ts";
import { mailboxContactsWriter } from "../../../src/targets/mailbox-contacts/write/writer.ts";
import { applyTo, desiredIn, planBook, readAll, settle } from "../../contract/target.ts";
import type { PlanRules, TargetWorld } from "../../contract/target.ts";
import { faultyGraph } from "../../fakes/faulty-graph.ts";
import type { AnyRequest, Fault } from "../../fakes/faulty-graph.ts";
import type { Pages } from "../../fakes/mailbox-graph.ts";
import { manualClock } from "../../fakes/manual-clock.ts";
import { refusal } from "../../fakes/scripted-graph.ts";
import { openMailbox } from "./mailbox.ts";
import { syncConfig, targetConfig, tenantId } from "./world.ts";

// Answers that are lost, late or of somebody else on the way, and edits that come between: what is not known must
// never lead to a second contact, nor to an edit that is overwritten.

interface Doubts {
  readonly folder?: string | null;
  readonly pages?: Pages;
}

async function doubtfulMailbox({ folder = null, pages = {} }: Doubts = {}) {
  const mailbox = await openMailbox(folder, pages);
  const clock = manualClock();
  const over = (graph: GraphClient): TargetWorld => {
    const sync = syncConfig(targetConfig({}, folder));
    const photo = () => Promise.resolve(null);
    return { ...mailbox.world, writer: mailboxContactsWriter(sync, { graph, tenantId, clock, photo }) };
  };
  const failing = (faultOf: (request: AnyRequest) => Fault | null) => {
    const graph = faultyGraph(mailbox.graph, faultOf);
    return { world: over(graph), asked: graph.asked };
  };
  return { graph: mailbox.graph, world: over(mailbox.graph), clock, over, failing };
}

function people(world: TargetWorld, count: number, jobTitle = "") {
  return Array.from({ length: count }, (_, at) => {
    const surname = String(at).padStart(3, "0");
    return desiredIn(world, `p${surname}`, {
      displayName: `P ${surname}`,
      givenName: "P",
      surname,
      jobTitle,
    });
  });
}

function ends(outcomes: readonly Outcome[]): readonly string[] {
  return outcomes.map(({ status, problem }) => (problem === null ? status : `${status}: ${problem.code}`));
}

const isCreate = ({ method, url }: AnyRequest) => method === "POST" && url.endsWith("/contacts");

function first(fits: (request: AnyRequest) => boolean, fault: Fault): (request: AnyRequest) => Fault | null {
  let isLeft = true;
  return (request) => {
    if (!isLeft || !fits(request)) return null;
    isLeft = false;
    return fault;
  };
}

test("a create whose answer was lost is found behind an empty page, and not made twice", async () => {
  const mailbox = await doubtfulMailbox({ pages: { emptyFirst: true } });
  const changes = await planBook(mailbox.world, people(mailbox.world, 1));
  const { world, asked } = mailbox.failing(first(isCreate, "lost"));
  expect(ends(await applyTo(world, changes))).toEqual(["done"]);
  expect(asked.filter(isCreate)).toHaveLength(1);
  expect(await readAll(world)).toHaveLength(1);
});

test.each([
  refusal(404, "http-404"),
  refusal(404, "ErrorItemNotFound"),
  refusal(500, "ErrorInternalServerError"),
])(
  "a look-up in the default folder that is answered with $status $code leaves a create in doubt, and not to be made again",
  async (answer) => {
    const mailbox = await doubtfulMailbox();
    const changes = await planBook(mailbox.world, people(mailbox.world, 1));
    let isLost = false;
    const { world, asked } = mailbox.failing((request) => {
      if (isCreate(request)) {
        isLost = true;
        return "lost";
      }
      return isLost && request.url.includes("galops.key'") ? answer : null;
    });
    expect(ends(await applyTo(world, changes))).toEqual([`failed: ${answer.code}`]);
    expect(asked.filter(isCreate)).toHaveLength(1);
  },
);

test.each(["DELETE", "PATCH"])(
  "a 404 to a %s that is not Exchange's says nothing of the contact",
  async (method) => {
    const mailbox = await doubtfulMailbox();
    const before = people(mailbox.world, 2);
    await settle(mailbox.world, before);
    const after =
      method === "DELETE" ? before.slice(1) : people(mailbox.world, 1, "Lead").concat(before.slice(1));
    const changes = await planBook(mailbox.world, after);
    expect(changes).toHaveLength(1);
    const { world } = mailbox.failing((request) =>
      request.method === method ? refusal(404, "http-404") : null,
    );
    expect(ends(await applyTo(world, changes))).toEqual(["failed: http-404"]);
  },
);

test("a create that is carried out late is waited for, looked up twice, and not made again", async () => {
  const mailbox = await doubtfulMailbox();
  const { clock, graph } = mailbox;
  let late: GraphWrite | null = null;
  let lateAt = 0;
  const slow: GraphClient = {
    ...graph,
    async sendAll(requests, signal) {
      if (late !== null) return graph.sendAll(requests, signal);
      [late = null] = requests;
      lateAt = clock.now() + 15_000;
      return requests.map(() => ({ ok: false, error: lostAnswer }));
    },
    async getAll(requests, signal) {
      if (late !== null && clock.now() >= lateAt) {
        await graph.sendAll([late], signal);
        lateAt = Number.POSITIVE_INFINITY;
      }
      return graph.getAll(requests, signal);
    },
  };
  const world = mailbox.over(slow);
  expect(ends(await applyTo(world, await planBook(world, people(world, 1))))).toEqual(["done"]);
  expect(await readAll(world)).toHaveLength(1);
  expect(clock.slept).toEqual([10_000, 20_000]);
});

test.each([
  ["default folder", null, ["create-in-doubt"], 1],
  ["folder of ours", "Contoso directory", ["done"], 2],
])(
  "a create that shows only after the waiting is made again where copies can be removed alone: in the %s",
  async (_, folder, ending, made) => {
    const mailbox = await doubtfulMailbox({ folder });
    const { clock, graph } = mailbox;
    let shownAt = 0;
    const slow: GraphClient = {
      ...graph,
      async sendAll(requests, signal) {
        const answers = await graph.sendAll<never>(requests, signal);
        if (shownAt > 0) return answers;
        shownAt = clock.now() + 45_000;
        return requests.map(() => ({ ok: false, error: lostAnswer }));
      },
      async getAll(requests, signal) {
        const empty = { ok: true, status: 200, body: { value: [] } as never, requestId: "" } as const;
        if (clock.now() < shownAt) return requests.map(() => empty);
        return await graph.getAll(requests, signal);
      },
    };
    const world = mailbox.over(slow);
    const wanted = people(world, 1);
    const outcomes = await applyTo(world, await planBook(world, wanted));
    expect(outcomes.map(({ status, problem }) => problem?.code ?? status)).toEqual(ending);
    expect(await ownCount(mailbox.world)).toBe(made);
    await settle(mailbox.world, wanted);
    expect(await ownCount(mailbox.world)).toBe(1);
  },
);

async function ownCount(world: TargetWorld): Promise<number> {
  return (await readAll(world)).filter(({ marker }) => marker !== null).length;
}

const lostAnswer = Object.assign(refusal(504, "UnknownError"), { outcome: "unknown" as const });

test("changes that can be repeated without harm wait for nothing", async () => {
  const mailbox = await doubtfulMailbox();
  await settle(mailbox.world, people(mailbox.world, 1));
  const changes = await planBook(mailbox.world, people(mailbox.world, 1, "Lead"));
  const { world } = mailbox.failing(first(({ method }) => method === "PATCH", "dropped"));
  expect(ends(await applyTo(world, changes))).toEqual(["done"]);
  expect(mailbox.clock.slept).toEqual([]);
});

test("a create whose answer does not name the contact is looked up", async () => {
  const mailbox = await doubtfulMailbox();
  const { graph } = mailbox;
  const silent: GraphClient = {
    ...graph,
    async sendAll<Body>(requests: readonly GraphWrite[], signal: AbortSignal) {
      const answers = await graph.sendAll<Body>(requests, signal);
      return answers.map((answer) => ({ ...answer, body: null as Body })); // an answer without a body
    },
  };
  const world = mailbox.over(silent);
  const desired = people(world, 2);
  expect(ends(await applyTo(world, await planBook(world, desired)))).toEqual(["done", "done"]);
  const lead = await planBook(world, people(world, 2, "Lead"));
  expect(ends(await applyTo(world, lead))).toEqual(["done", "done"]);
  expect(await readAll(world)).toHaveLength(2);
});

test("what somebody edits while the batches before are written is not overwritten", async () => {
  const mailbox = await doubtfulMailbox();
  await settle(mailbox.world, people(mailbox.world, 45));
  const changes = await planBook(mailbox.world, people(mailbox.world, 45, "Lead"));
  const last = changes.at(-1);
  if (last?.action !== "update") throw new Error("Updates only.");
  let batches = 0;
  const { graph } = mailbox;
  const world = mailbox.over({
    ...graph,
    async sendAll(requests, signal) {
      if (batches++ === 0) await mailbox.world.edit(last.live.id, { jobTitle: "BY HAND" });
      return graph.sendAll(requests, signal);
    },
  });
  const outcomes = await applyTo(world, changes);
  expect(outcomes.find(({ change }) => change === last)?.status).toBe("stale");
  expect(outcomes.filter(({ status }) => status === "done")).toHaveLength(44);
  const now = (await readAll(world)).find(({ id }) => id === last.live.id);
  expect(now?.fields.jobTitle).toBe("BY HAND");
});

test.each([1, 25])(
  "a contact that its user moved away is still known by its id, with %d changes",
  async (count) => {
    const folder = "Contoso directory";
    const mailbox = await doubtfulMailbox({ folder });
    await settle(mailbox.world, people(mailbox.world, count));
    const changes = await planBook(mailbox.world, []);
    const [moved] = changes;
    if (moved?.action !== "delete") throw new Error("Deletes only.");
    mailbox.graph.move(moved.live.id, null);
    const outcomes = await applyTo(mailbox.world, changes);
    // The move counts as an edit: it is not as it was planned.
    expect(ends(outcomes).filter((end) => end !== "done")).toEqual(["stale: contact-changed"]);
  },
);

test("a mailbox that can no longer be read in the middle is given up, and what is left is not begun", async () => {
  const mailbox = await doubtfulMailbox();
  await settle(mailbox.world, people(mailbox.world, 45));
  const changes = await planBook(mailbox.world, people(mailbox.world, 45, "Lead"));
  let patches = 0;
  const { world } = mailbox.failing(({ method }) => {
    if (method === "PATCH") patches++;
    return method === "GET" && patches >= 20 ? refusal(403, "ErrorAccessDenied") : null;
  });
  const ended = ends(await applyTo(world, changes));
  expect(ended.filter((end) => end === "done")).toHaveLength(20);
  expect(ended.filter((end) => end.startsWith("failed"))).not.toEqual([]);
  expect(ended.filter((end) => end === "skipped: mailbox-access-denied")).not.toEqual([]);
});

test("a duplicate whose original was deleted since the plan is left: it is the only one now", async () => {
  const mailbox = await doubtfulMailbox({ folder: "Contoso directory" });
  const desired = people(mailbox.world, 2);
  await settle(mailbox.world, desired);
  const [original, other] = await readAll(mailbox.world);
  await mailbox.world.copy(original?.id ?? "");
  await mailbox.world.copy(other?.id ?? "");
  const changes = await planBook(mailbox.world, desired);
  expect(changes.map(({ reason }) => reason)).toEqual(["duplicate", "duplicate"]);
  await mailbox.world.remove(original?.id ?? "");
  expect(ends(await applyTo(mailbox.world, changes)).toSorted()).toEqual(["done", "stale: survivor-gone"]);
  expect(await readAll(mailbox.world)).toHaveLength(2);
});

test("a marker that alone is behind is written, once", async () => {
  const mailbox = await doubtfulMailbox();
  const keep: Partial<PlanRules> = { fieldPolicy: () => "keep-edits", policy: "sync" };
  await settle(mailbox.world, people(mailbox.world, 1, "Engineer"));
  const [live] = await readAll(mailbox.world);
  await mailbox.world.edit(live?.id ?? "", { jobTitle: "Lead" });
  const caughtUp = people(mailbox.world, 1, "Lead");
  const changes = await planBook(mailbox.world, caughtUp, keep);
  expect(changes).toMatchObject([{ action: "update", fields: [], withheld: null }]);
  expect(ends(await applyTo(mailbox.world, changes))).toEqual(["done"]);
  expect(await planBook(mailbox.world, caughtUp, keep)).toEqual([]);
  expect(await planBook(mailbox.world, people(mailbox.world, 1, "Boss"), keep)).toMatchObject([
    { fields: [{ field: "jobTitle", after: "Boss" }], withheld: null },
  ]);
});
