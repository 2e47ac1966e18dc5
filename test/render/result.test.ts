import { expect, test } from "vitest";
import { nextCommands } from "../../src/cli/interface/next-commands.ts";
import { renderFailures, renderResultJson, renderResultText } from "../../src/render/result.ts";
import { complete, incomplete, none } from "./results.ts";

test("a run that made everything says so in one line", () => {
  expect(renderResultText(complete, { color: false })).toBe(
    "Apply complete! 3 created, 2 updated, 1 deleted.\n",
  );
});

test("a run that did not is told by what failed, why, and what to do next", async () => {
  await expect(renderFailures(incomplete, { color: false })).toMatchFileSnapshot("golden/result.txt");
  expect(renderResultText(incomplete, { color: false })).toBe(
    "Apply incomplete. 3 created, 0 updated, 0 deleted, 1 adopted, 12 failed, 1 left alone.\n",
  );
});

test("where each of several failures has its own reason, each is told with it", () => {
  const [first] = incomplete.failures;
  if (first === undefined) throw new Error("There is a failure.");
  const failures = ["n2", "u11"].map((name) => ({
    ...first,
    displayName: `User ${name}`,
    message: `Exchange says that ${name}@contoso.com belongs to another recipient.`,
  }));
  const text = renderFailures({ ...incomplete, failures, unlistedFailures: 0 }, { color: false });
  const lines = text.split("\n").map((line) => line.replace(/^│/, "").trim());
  for (const name of ["n2", "u11"]) {
    const at = lines.findIndex((line) => line.includes(`User ${name}`));
    expect(lines[at + 1]).toContain(`${name}@contoso.com`);
    expect(lines.filter((line) => line.includes(`${name}@`))).toHaveLength(1);
  }
});

test("a run that made everything has nothing to say beside that", () => {
  expect(renderFailures(complete, { color: false })).toBe("");
});

test("what was done already is counted apart", () => {
  const again = { ...complete, summary: none, alreadyDone: 32 };
  expect(renderResultText(again, { color: false })).toBe(
    "Apply complete! 0 created, 0 updated, 0 deleted, 32 done already.\n",
  );
  expect(JSON.parse(renderResultJson(again))).toMatchObject({ alreadyDone: 32, summary: none });
});

test("a run of which whole syncs could not be read is not complete, and names them", () => {
  const { diagnostics } = incomplete;
  const unread = { ...complete, diagnostics, incomplete: ["rows", "part\u001B[1mners"] };
  expect(renderResultText(unread, { color: false })).toBe(
    "Nothing was changed for rows and part\\u{1b}[1mners, because not everything\ncould be read. See the errors.\n\nApply incomplete. 3 created, 2 updated, 1 deleted.\n",
  );
  expect(JSON.parse(renderResultJson(unread))).toMatchObject({ incomplete: unread.incomplete });
  expect(renderResultText({ ...complete, diagnostics }, { color: false })).toContain("Apply incomplete.");
});

test("a run that was interrupted says that it can go on", () => {
  const result = { ...complete, interrupted: true, summary: { ...none, created: 1, skipped: 5 } };
  expect(renderFailures(result, { color: false })).toMatch(/Run\s+galops\s+apply\s+again/);
  expect(renderResultText(result, { color: false })).toBe(
    "Apply interrupted. 1 created, 0 updated, 0 deleted, 5 left alone.\n",
  );
});

test("a run that only found contacts changed is not complete, and says how to go on", () => {
  const stale = { ...complete, summary: { ...none, skipped: 1 }, failures: incomplete.failures.slice(-1) };
  const text = renderFailures(stale, { color: false });
  expect(text).toContain("1 contact of phone-directory changed since the plan and was left alone");
  expect(text).toContain("Run galops plan to see what these contacts look like now.");
  expect(renderResultText(stale, { color: false })).toContain("Apply incomplete.");
});

test("for programs a result is one JSON document", async () => {
  const json = renderResultJson(incomplete);
  expect(JSON.parse(json)).toMatchObject({
    run: incomplete.run,
    summary: incomplete.summary,
    failures: incomplete.failures,
    interrupted: false,
  });
  await expect(json).toMatchFileSnapshot("golden/result.json");
});

test("what to run next has the options that were given", () => {
  const commands = nextCommands({
    config: "a b.yaml",
    journal: "j",
    sync: ["phones"],
    mailbox: ["x@y.example"],
  });
  const plan = "galops plan -c 'a b.yaml' --sync phones --mailbox x@y.example";
  const apply = "galops apply -c 'a b.yaml' --sync phones --mailbox x@y.example --journal j";
  const rollback = "galops rollback r1 -c 'a b.yaml' --journal j";
  expect([commands.plan, commands.apply, commands.rollback("r1")]).toEqual([plan, apply, rollback]);
  const one = (text: string): string => text.replaceAll(/\s+/g, " ");
  const failed = { ...complete, summary: { ...none, failed: 1 } };
  const told = one(renderFailures(failed, { color: false, again: apply, plan }));
  expect(told).toContain(`Run ${plan} to see what is left, and ${apply} to try again`);
  const ofRollback = renderFailures(failed, { color: false, isRollback: true, again: rollback });
  expect(one(ofRollback)).toContain(`Run ${rollback} again for the rest`);
  const [failure] = incomplete.failures;
  if (failure === undefined) throw new Error("Something failed.");
  const failures = [{ ...failure, status: "withheld" } as const];
  const withheld = { ...complete, summary: { ...none, skipped: 1 }, failures };
  const ofWithheld = renderFailures(withheld, { color: false, isRollback: true, again: rollback });
  expect(one(ofWithheld)).not.toContain("again for the rest");
});
