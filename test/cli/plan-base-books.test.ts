import { expect, test } from "vitest";
import { config } from "./office.ts";
import { pullRequest, promote, planned, codes } from "./pull-request.ts";

test("a sync that was renamed is the same sync, since its owner is", async () => {
  const there = await pullRequest();
  await promote(there);
  there.write("galops.yaml", config.replace("phones:", "directory:"));
  const { comparison, diagnostics } = await planned(there, "--base", "base");
  expect(comparison?.causes).toMatchObject({ "this-change": { update: 0 }, pending: { update: 2 } });
  expect(diagnostics.filter(({ code }) => code !== "folder-not-on-phones")).toEqual([]);
});

test("a folder that was renamed is the same book, and what moves to another one is not left behind", async () => {
  const there = await pullRequest();
  await promote(there);
  there.write("galops.yaml", config.replace("folder: Directory", "folder: Colleagues"));
  const renamed = await planned(there, "--base", "base");
  expect(renamed.comparison?.causes).toMatchObject({ "this-change": { update: 0 }, pending: { update: 2 } });
  expect(codes(renamed)).not.toContain("contacts-left-behind");
  there.write("galops.yaml", config.replace("      folder: Directory\n", ""));
  const moved = await planned(there, "--base", "base");
  expect(moved.comparison?.causes["pending"]).toEqual({ create: 0, update: 0, delete: 0, adopt: 0 });
  const { create, delete: deletes } = moved.summary;
  expect(moved.comparison?.causes["this-change"]).toMatchObject({ create, delete: deletes });
  expect(codes(moved)).not.toContain("contacts-left-behind");
});

const another = config
  .slice(config.indexOf("  phones:"))
  .replace("phones", "others")
  .replace("0d9f", "1d9f")
  .replace("Directory", "Others");

test("a new sync is all of this change, and a sync that was taken away leaves its contacts behind", async () => {
  const there = await pullRequest();
  there.write("galops.yaml", config + another);
  const added = await planned(there, "--base", "base");
  expect(added.comparison?.causes).toMatchObject({
    "this-change": { create: added.summary["create"] },
    pending: { create: 0 },
  });
  await there.galops("apply", "--auto-approve");
  there.base(config + another);
  there.write("galops.yaml", config);
  await promote(there);
  const removed = await planned(there, "--base", "base");
  expect(removed.comparison?.dropped).toMatchObject({ update: 2 });
  const left = removed.diagnostics.find(({ code }) => code === "contacts-left-behind");
  expect(left?.detail).toContain("the sync others");
  expect(left?.detail).toContain("2 address books (ann@contoso.com, bo@contoso.com)");
});

test("mailboxes that are no longer kept leave their contacts behind", async () => {
  const there = await pullRequest();
  there.write("galops.yaml", config.replace(", bo@contoso.com", ""));
  const { diagnostics } = await planned(there, "--base", "base");
  const left = diagnostics.find(({ code }) => code === "contacts-left-behind");
  expect(left?.detail).toContain("1 address book (bo@contoso.com)");
  const narrowed = await planned(there, "--base", "base", "--mailbox", "ann@contoso.com");
  expect(codes(narrowed)).not.toContain("contacts-left-behind");
});

test("--sync and --mailbox narrow both sides", async () => {
  const there = await pullRequest();
  there.write("galops.yaml", config + another);
  await there.galops("apply", "--auto-approve");
  await promote(there);
  // The base does not have the mailbox of Bo; the sync has another name there.
  there.base((config + another).replace(", bo@contoso.com", "").replace("phones:", "directory:"));
  const plan = await planned(there, "--base", "base", "--sync", "phones", "--mailbox", "bo@contoso.com");
  expect(plan.comparison?.causes).toMatchObject({ "this-change": { update: 1 }, pending: { update: 0 } });
  const both = ["--mailbox", "bo@contoso.com", "--mailbox", "ann@contoso.com"];
  const wider = await planned(there, "--base", "base", "--sync", "phones", ...both);
  expect(wider.comparison).toMatchObject({
    causes: { "this-change": { update: 1 }, pending: { update: 1 } },
    dropped: { update: 0 },
  });
  expect(codes(wider)).not.toContain("contacts-left-behind");
});
