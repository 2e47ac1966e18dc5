import { readdirSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { config, office, plansNothing, tenantFile } from "./office.ts";

test("a group that does not exist is an error, and nothing is done", async () => {
  const { galops, read } = await office(
    config.replace("users: [ann@contoso.com, bo@contoso.com]", "groups: [nobody@contoso.com]"),
  );
  const before = read(tenantFile);
  for (const command of [["plan"], ["apply", "--auto-approve"]]) {
    const { code, stdout, stderr } = await galops(...command);
    expect(code).toBe(1);
    expect(stdout).not.toContain("No changes.");
    expect(stderr).toContain("galops.yaml line");
    expect(stderr).toContain("nobody@contoso.com");
  }
  expect(read(tenantFile)).toBe(before);
});

test("also where a source names it, and also for syncs that do not read that source", async () => {
  const { galops, read } = await office(
    config.replace(
      "staff: {",
      "some: { kind: users, tenant: practice, groups: { include: [nobody] } }\n  staff: {",
    ) +
      config
        .slice(config.indexOf("  phones:"))
        .replace("phones", "others")
        .replace("0d9f", "1d9f")
        .replace("staff", "some")
        .replace("Directory", "Others"),
  );
  const before = read(tenantFile);
  const { code, stdout, stderr } = await galops("apply", "--auto-approve");
  expect([code, stdout]).toEqual([1, "\nThere is no plan: nothing could be compared. See the errors.\n"]);
  expect(stderr).toContain('"nobody"');
  expect(read(tenantFile)).toBe(before);
});

test("a mailbox that does not exist is a warning, and the rest goes on", async () => {
  const { galops } = await office(config.replace("bo@contoso.com", "gone@contoso.com"));
  const { code, stderr } = await galops("apply", "--auto-approve");
  expect(code).toBe(0);
  expect(stderr).toContain("Warning:");
  expect(stderr).toContain("gone@contoso.com");
  expect(stderr).toMatch(/on galops\.yaml line 14, column \d+:\n.*14 \|.*gone@contoso\.com/u);
});

const twoSyncs = `${config.replace("staff: {", "rows: { kind: csv, path: rows.csv, id: no, columns: { mail: mail } }\n  staff: {")}  rows:
    owner: 1d9f6c3a-5a39-4a53-9b1a-6f8f0d1f3c11
    from: [rows]
    to: { kind: mailbox-contacts, tenant: practice, mailboxes: { users: [ann@contoso.com] }, folder: Rows }
`;

test("a source that fails stops its sync; the rest is planned with exit code 1 and made with 3", async () => {
  const { galops } = await office(twoSyncs);
  const planned = await galops("plan", "--detailed-exitcode");
  expect(planned.code).toBe(1);
  expect(planned.stderr).toContain("rows.csv");
  expect(planned.stderr).toContain("change nothing: rows.");
  expect(planned.stdout).toContain(
    "rows: mailbox-contacts in practice, not planned: not everything could be read",
  );
  const json = await galops("plan", "--format", "json");
  expect(JSON.parse(json.stdout)).toMatchObject({ incomplete: ["rows"] });
  const applied = await galops("apply", "--auto-approve");
  expect(applied.code).toBe(3);
  expect(applied.stdout).toContain("Nothing was changed for rows, because not everything could be read.");
  expect(applied.stdout).toMatch(/^Apply incomplete\. [1-9]\d* created, 0 updated, 0 deleted\.$/m);
  // There is nothing to do any more, and yet it is not complete.
  const again = await galops("apply", "--auto-approve");
  expect([again.code, again.stdout.split("\n").at(-2)]).toEqual([
    3,
    "Apply incomplete. 0 created, 0 updated, 0 deleted.",
  ]);
  expect((await galops("plan", "--sync", "phones")).stdout).toMatch(plansNothing);
});

test("also where it is the only sync: plan ends with 1 and apply with 3", async () => {
  const { galops, write } = await office(
    config.replace(
      "staff: { kind: users, tenant: practice }",
      "staff: { kind: csv, path: rows.csv, id: no }",
    ),
  );
  expect((await galops("plan")).code).toBe(1);
  const applied = await galops("apply", "--auto-approve");
  expect([applied.code, applied.stdout]).toEqual([
    3,
    "\nThere is no plan: nothing could be compared. See the errors.\n",
  ]);
  write("rows.csv", "no\n1\n");
  expect((await galops("plan")).code).toBe(0);
});

test("what writes nothing names no run, in text and in JSON: there is none to roll back", async () => {
  const { galops, folder } = await office(twoSyncs);
  const phones = ["--auto-approve", "--sync", "phones"];
  expect((await galops("apply", ...phones)).stderr).toContain("This run is written down as");
  expect(JSON.parse((await galops("apply", ...phones, "--format", "json")).stdout)).toMatchObject({
    run: null,
    summary: { created: 0 },
  });
  const incomplete = await galops("apply", "--auto-approve");
  expect(incomplete.code).toBe(3);
  expect(incomplete.stderr).not.toContain("This run is written down as");
  const [run = "", ...others] = readdirSync(path.join(folder, ".galops", "runs"));
  expect(others).toEqual([]);
  const back = ["rollback", run, "--auto-approve"];
  const people = /deletes=\d+/.exec((await galops(...back)).stderr)?.[0] ?? "";
  expect((await galops(...back, "--allow", people)).code).toBe(0);
  expect(JSON.parse((await galops(...back, "--format", "json")).stdout)).toMatchObject({ run: null });
});
