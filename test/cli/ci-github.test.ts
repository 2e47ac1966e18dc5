import { expect, test } from "vitest";
import { bot } from "../fakes/github.ts";
import { actionsWorld, headSha, mergeSha, pullRequestEvent } from "../github/actions-world.ts";
import type { ActionsWorld } from "../github/actions-world.ts";
import { config, tenantFile } from "./office.ts";
import type { Ended } from "./office.ts";

async function planned(text = config, more: Parameters<typeof actionsWorld>[1] = {}): Promise<ActionsWorld> {
  const world = await actionsWorld(text, more);
  await world.galops("plan", "-o", "week.plan");
  return world;
}

const tell = (world: ActionsWorld, ...more: readonly string[]): Promise<Ended> =>
  world.galops("ci", "github", "--plan", "week.plan", ...more);

test("a plan is told in one comment, which is updated, not repeated", async () => {
  const world = await planned();
  expect(await tell(world)).toMatchObject({ code: 0 });
  expect(world.github.comments).toHaveLength(1);
  const [comment] = world.github.comments;
  expect(comment?.issue).toBe(7);
  expect(comment?.body).toMatch(/^<!-- galops:comment galops\.yaml -->\n### galops plan: 20 to create/u);
  expect(comment?.body).toContain("[run](https://github.test/contoso/people/actions/runs/42)");
  await world.galops("apply", "--auto-approve");
  await world.galops("plan", "-o", "week.plan");
  await tell(world);
  expect(world.github.comments).toHaveLength(1);
  expect(comment?.body).toContain("No changes.");
});

test("summary and outputs say the same as the comment", async () => {
  const world = await planned();
  await tell(world);
  expect(world.summary()).toMatch(/^### galops plan: 20 to create/u);
  expect(world.outputs()).toMatchObject({
    create: "20",
    update: "0",
    delete: "0",
    adopt: "0",
    withheld: "0",
    "plan-id": expect.stringMatching(/^sha256:[0-9a-f]{64}$/u),
    "has-changes": "true",
    refused: "false",
    "comment-url": "https://github.test/contoso/people/pull/7#issuecomment-7000",
  });
});

test("each config of a repository has a comment of its own, whatever it is called", async () => {
  const world = await planned();
  await tell(world);
  await tell(world, "-c", "other/-->-galops.yaml");
  expect(world.github.comments.map(({ body }) => body.split("\n")[0])).toEqual([
    "<!-- galops:comment galops.yaml -->",
    "<!-- galops:comment other%2F%2D%2D%3E%2Dgalops.yaml -->",
  ]);
});

test("what somebody else begins with our mark is not taken for ours, on however many pages it is", async () => {
  const world = await planned();
  const mark = "<!-- galops:comment galops.yaml -->\n";
  const talk = Array.from({ length: 120 }, (_, i) => ({
    id: i,
    issue: 7,
    body: `${mark}mine`,
    user: { login: "mallory", type: "User" as const },
  }));
  world.github.comments.push(...talk, { id: 999, issue: 7, body: `${mark}ours`, user: bot });
  expect(await tell(world)).toMatchObject({ code: 0 });
  expect(world.github.comments).toHaveLength(121);
  expect(world.github.comments.filter(({ body }) => body.endsWith("mine"))).toHaveLength(120);
  expect(world.github.comments.at(-1)?.body).toContain("20 to create");
});

test("a pull request of a fork gets the summary only, and it says so", async () => {
  const world = await planned();
  world.event(pullRequestEvent({ isFork: true }));
  const told = await tell(world);
  expect(told.code).toBe(0);
  expect(world.github.requests).toEqual([]);
  for (const text of [told.stderr, world.summary()]) expect(text).toContain("comes from a fork");
  expect(world.outputs()["create"]).toBe("20");
});

test("a job without a token, or whose token only reads, has its summary all the same", async () => {
  const silent = await planned();
  silent.env = { ...silent.env, GITHUB_TOKEN: "" };
  expect(await tell(silent)).toMatchObject({ code: 0, stderr: expect.stringContaining("no GITHUB_TOKEN") });
  const reading = await planned(config, { token: "read-only" });
  const told = await tell(reading);
  expect(told.code).toBe(1);
  expect(told.stderr).toContain("pull-requests: write");
  for (const { summary } of [silent, reading]) expect(summary()).toContain("20 to create");
});

test("where planning ended before there was a plan, the comment says that there is none", async () => {
  const world = await planned();
  await tell(world);
  expect(await world.galops("ci", "github", "--plan", "no.plan")).toMatchObject({ code: 0 });
  expect(world.github.comments).toHaveLength(1);
  expect(world.github.comments[0]?.body).toContain("### galops plan: there is no plan");
  expect(world.outputs()).toMatchObject({ "has-changes": "false", "plan-id": "" });
});

test("a plan that a limit refuses says so in the comment, the outputs and an annotation", async () => {
  const world = await planned(`${config}    limits: { creates: 1 }\n`);
  const { code, stdout } = await tell(world);
  expect(code).toBe(0);
  expect(world.outputs()["refused"]).toBe("true");
  expect(world.github.comments[0]?.body).toContain("exceeds a safety limit (creates)");
  expect(stdout).toMatch(
    /^::error file=galops\.yaml,line=8,col=5,title=A safety limit refuses the plan::The sync phones would create /u,
  );
});

test("a comment that has no room for all says in which artifact all is", async () => {
  const world = await actionsWorld(
    config.replace(
      "staff: { kind: users, tenant: practice }",
      "staff: { kind: csv, path: rows.csv, id: no, columns: { displayName: name, mobilePhone: phone } }",
    ),
  );
  const rows = Array.from({ length: 300 }, (_, i) => `${i},${"Ann ".repeat(60)}${i},1\n`);
  world.there.write("rows.csv", `no,name,phone\n${rows.join("")}`);
  await world.galops("plan", "-o", "week.plan");
  const where = "galops-plan-report-1";
  expect(await tell(world, "--redact", "none", "--report-artifact", where)).toMatchObject({ code: 0 });
  expect(world.github.comments[0]?.body).toMatch(
    /^\d+ more creates not shown here; \[the run\]\(.+\) has more, and its artifact `galops-plan-report-1` all of them\.$/mu,
  );
});

test("after the merge, the comment of the merged pull request tells what was done", async () => {
  const world = await planned();
  await tell(world);
  world.event({ repository: { private: true }, ref: "refs/heads/main" });
  world.github.pulls.push({ number: 3, headSha: mergeSha, mergeSha: null }, { number: 7, headSha, mergeSha });
  const applied = await world.galops("apply", "--approved", "week.plan", "--format", "json");
  expect(applied.code).toBe(0);
  world.there.write("result.json", applied.stdout);
  expect(await tell(world, "--result", "result.json")).toMatchObject({ code: 0 });
  expect(world.github.comments).toHaveLength(1);
  expect(world.github.comments[0]?.body).toContain("### galops apply: complete! 20 created");
  expect(world.outputs()).toMatchObject({
    created: "20",
    failed: "0",
    run: expect.stringMatching(/^\d{8}T/u),
  });
});

test("an apply that was refused, or that came to nothing, is told as that", async () => {
  const world = await planned();
  const { galops } = world.there;
  await galops(
    "sandbox",
    "edit",
    "add-user",
    tenantFile,
    "zelda.ash@contoso.com",
    "Zelda Ash",
    "mobilePhone=1",
  );
  const refused = await world.galops("apply", "--approved", "week.plan", "--format", "json");
  expect(refused.code).toBe(4);
  for (const [text, title] of [
    [refused.stdout, "### galops apply: refused"],
    ["", "### galops apply: nothing was changed"],
  ] as const) {
    world.there.write("result.json", text);
    expect(await tell(world, "--result", "result.json")).toMatchObject({ code: 0 });
    expect(world.github.comments[0]?.body).toContain(title);
    expect(world.github.comments[0]?.body).not.toContain("Zelda");
  }
  world.there.write("result.json", "{}");
  expect(await tell(world, "--result", "result.json")).toMatchObject({ code: 1 });
});

test("a run that is about no pull request says why there is no comment", async () => {
  const world = await planned();
  world.event({ repository: { private: true } });
  world.env = { ...world.env, GITHUB_EVENT_NAME: "workflow_dispatch" };
  expect(await tell(world)).toMatchObject({
    code: 0,
    stderr: "No comment was written: the event of this run (workflow_dispatch) names no pull request.\n",
  });
});

test("a token that is not valid is said to be that, and tried once", async () => {
  const world = await planned();
  world.env = { ...world.env, GITHUB_TOKEN: "stolen" };
  expect(await tell(world)).toMatchObject({ code: 1, stderr: expect.stringContaining("answered 401") });
  expect(world.github.requests).toEqual(["GET /user", "GET /repos/contoso/people/issues/7/comments"]);
});

test("drift is one issue, kept up to date, closed when there is none, and left alone when nobody knows", async () => {
  const world = await planned();
  world.event({ repository: { private: true }, schedule: "17 5 * * *" });
  const drift = async (): Promise<void> => {
    await world.galops("plan", "-o", "week.plan");
    expect(await tell(world, "--drift")).toMatchObject({ code: 0 });
  };
  await drift();
  await drift();
  expect(world.github.issues).toHaveLength(1);
  const [issue] = world.github.issues;
  expect(issue).toMatchObject({ title: "galops: the tenants differ from galops.yaml", state: "open" });
  expect(issue?.body).toContain("20 to create");
  expect(world.outputs()["drift"]).toBe("true");
  await world.galops("apply", "--auto-approve");
  expect(await world.galops("ci", "github", "--plan", "no.plan", "--drift")).toMatchObject({
    code: 1,
    stderr: expect.stringContaining("no.plan does not exist"),
  });
  expect(issue?.state).toBe("open");
  await drift();
  expect(issue?.state).toBe("closed");
  expect(issue?.body).toContain("No changes.");
  expect(world.outputs()["drift"]).toBe("false");
  await drift();
  expect(world.github.issues).toHaveLength(1);
});

test("the plan of the merged pull request is found, unless it is gone, of a fork, or nobody asked for it", async () => {
  const world = await planned();
  world.event({ repository: { private: true } });
  const find = (): Promise<Ended> => world.galops("ci", "approved-plan");
  expect(await find()).toMatchObject({ code: 1, stderr: expect.stringContaining("not the merge of a pull") });
  world.github.pulls.push({ number: 7, headSha, mergeSha });
  const artifact = {
    id: 1,
    name: `galops-plan-${headSha}`,
    runId: 41,
    headSha,
    isFork: false,
    expired: false,
  };
  world.github.artifacts.push(
    { ...artifact, isFork: true },
    { ...artifact, expired: true },
    { ...artifact, headSha: "c".repeat(40) },
  );
  expect(await find()).toMatchObject({
    code: 1,
    stderr: expect.stringContaining("approved plan is missing"),
  });
  world.github.artifacts.push({ ...artifact, id: 3, runId: 43 }, { ...artifact, id: 2, runId: 42 });
  expect(await find()).toMatchObject({ code: 0 });
  expect(world.outputs()).toEqual({
    "pull-request": "7",
    artifact: `galops-plan-${headSha}`,
    "run-id": "43",
  });
});

test("outside of GitHub Actions it says that it is not for there", async () => {
  const { there } = await planned();
  const { code, stderr } = await there.galops("ci", "github", "--plan", "week.plan");
  expect(code).toBe(1);
  expect(stderr).toContain("This is not a GitHub Actions run");
});
