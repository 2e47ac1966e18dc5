import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { generateIdentity, identityToRecipient } from "age-encryption";
import { expect, test } from "vitest";
import { config, office, tenantFile } from "../office.ts";
import type { Ended } from "../office.ts";

const withRows = config
  .replace("staff: {", "rows: { kind: csv, path: rows.csv, id: no }\n  staff: {")
  .replace("from: [staff]", "from: [staff, rows]");

test.each([
  ["the config", "galops.yaml"],
  ["a file of people", "rows.csv"],
  ["a file of people by another way", "../OFFICE/rows.csv"],
  ["the sandbox tenant", tenantFile],
  ["a link to a file of people", "link.plan"],
  ["any file that is no plan", "notes.txt"],
  ["a result in JSON", "plan.json"],
])("a plan is not saved over %s", async (_, out) => {
  const { galops, folder, write } = await office(withRows);
  write("rows.csv", "no\n1\n");
  write("notes.txt", "precious");
  write("plan.json", (await galops("plan", "--format", "json")).stdout);
  symlinkSync("rows.csv", path.join(folder, "link.plan"));
  const file = out.replace("OFFICE", path.basename(folder));
  const before = readFileSync(path.join(folder, file), "utf8");
  const { code, stdout, stderr } = await galops("plan", "-o", file);
  expect([code, stdout]).toEqual([1, ""]);
  expect(stderr).toContain(
    `${file} is not a saved plan, so galops does not overwrite it. Choose another file`,
  );
  expect(readFileSync(path.join(folder, file), "utf8")).toBe(before);
});

test.each(["rows.csv", `${tenantFile}.log`, "week.yaml"])(
  "nor where the config looks for a file of its own: %s",
  async (file) => {
    const { galops } = await office(withRows);
    const { code, stdout, stderr } = await galops("plan", "-o", file);
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toContain(`${file} is part of the config, or would be read as part of it.`);
  },
);

test("nor in the place of a folder", async () => {
  const { galops, folder } = await office();
  mkdirSync(path.join(folder, "plans"));
  const { code, stderr } = await galops("plan", "-o", "plans");
  expect(code).toBe(1);
  expect(stderr).toContain("plans, because it is a folder. Name a file in it.");
});

test("a saved plan gives way to the next one, and so does an empty file", async () => {
  const { galops, folder, read } = await office();
  writeFileSync(path.join(folder, "week.plan"), "");
  expect(await galops("plan", "-o", "week.plan")).toMatchObject({ code: 0 });
  await galops("apply", "--auto-approve");
  expect(await galops("plan", "-o", "week.plan")).toMatchObject({ code: 0 });
  expect(read("week.plan")).toContain('"create":0');
});

test("what is encrypted is a plan where the key opens it as one, or without the key by its name", async () => {
  const { galopsIn, write, read } = await office();
  const identity = await generateIdentity();
  const recipient = await identityToRecipient(identity);
  const save = (file: string, env = {}): Promise<Ended> =>
    galopsIn({ env }, "plan", "-o", file, "--encrypt-to", recipient);
  expect(await save("sealed")).toMatchObject({ code: 0 });
  expect(await save("sealed")).toMatchObject({ code: 1 });
  expect(await save("sealed", { GALOPS_PLAN_IDENTITY: identity })).toMatchObject({ code: 0 });
  write("week.plan", read("sealed").slice(0, 300));
  expect(await save("week.plan")).toMatchObject({ code: 0 });
});
