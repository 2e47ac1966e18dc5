import { readdirSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { formats } from "../../src/cli/interface/formats.ts";
import { githubJob, pullRequestEvent } from "../github/actions-world.ts";
import { canaries, canary, canaryOffice, plant, said } from "./canaries.ts";
import { edit, office, owner, tenantFile } from "./office.ts";
import type { Ended, Office } from "./office.ts";

// The outputs beside plan, show and apply: each format of each command is looked at for planted people.

const levels = ["partial", "full"] as const;

function expectSilent(...ended: readonly Ended[]): void {
  for (const one of ended) expect(said(one)).not.toMatch(canary);
}

/** The only run there is, or the newest. */
function runOf({ folder }: Office): string {
  return readdirSync(path.join(folder, ".galops/runs")).toSorted().at(-1) ?? "";
}

test.each(levels)("%s: validate shows no row of a file of people, in whatever format", async (level) => {
  const { galops, write } = await office(`version: 1
tenants: { practice: { sandbox: ./${tenantFile} } }
sources: { rows: { kind: csv, path: rows.csv, id: no, columns: { mail: mail, displayName: name } } }
syncs:
  phones:
    owner: ${owner}
    from: [rows]
    to: { kind: mailbox-contacts, tenant: practice, mailboxes: { users: [ann@contoso.com] } }
`);
  write("rows.csv", "no,name,mail\nnrquetz,Xanadu,no mailquetz\nnrquetz,Xanadu,\n");
  for (const format of formats.validate) {
    const plain = await galops("validate", "--format", format);
    const redacted = await galops("validate", "--format", format, `--redact=${level}`);
    expect(said(plain)).toMatch(canary);
    expect(redacted.code).toBe(plain.code);
    expect(said(redacted)).toContain("rows.csv");
    expectSilent(redacted);
  }
});

test.each(levels)("%s: what fails is told in each format without the person it failed for", async (level) => {
  const there = await canaryOffice();
  await there.galops("apply", "--auto-approve");
  await edit(there, "set-user", canaries.mail, "jobTitle=Other2quetz");
  const tenant = JSON.parse(there.read(tenantFile)) as { mailboxes: { problem?: string }[] };
  await there.galops("plan", "-o", "week.plan");
  for (const mailbox of tenant.mailboxes) mailbox.problem = "full";
  there.write(tenantFile, JSON.stringify({ ...tenant, users: usersOf(there) }));
  for (const format of formats.apply) {
    const argv = ["apply", "week.plan", "--format", format];
    const redacted = await there.galops(...argv, `--redact=${level}`);
    expect(redacted.code).toBe(3);
    expectSilent(redacted);
    expect(said(await there.galops(...argv))).toMatch(canary);
  }
});

function usersOf(there: Office): unknown {
  return (JSON.parse(there.read(tenantFile)) as { users: unknown }).users;
}

test.each(levels)("%s: rollback and the list of runs name nobody", async (level) => {
  const there = await canaryOffice();
  const { galops } = there;
  await galops("apply", "--auto-approve");
  await edit(there, "set-user", canaries.mail, "jobTitle=Other2quetz");
  await galops("apply", "--auto-approve");
  const redact = `--redact=${level}`;
  const silently = async (...argv: readonly string[]): Promise<Ended> => {
    const ended = await galops(...argv, redact, "--verbose");
    expectSilent(ended);
    return ended;
  };
  const run = runOf(there);
  for (const format of formats.rollback) {
    await silently("rollback", run, "--format", format);
    await silently("runs", "--format", format);
    expect(said(await galops("rollback", run, "--format", format))).toMatch(canary);
  }
  expect(said(await silently("rollback", run, "--auto-approve"))).toContain("1 updated");
  await edit(there, "edit-contact", "ann@contoso.com", "Xanadu Quetzal", "profession=Edited3quetz");
  expect(said(await silently("rollback", runOf(there), "--auto-approve"))).toContain("not rolled back");
});

/** The canary is to be a mail contact of another organization. */
async function partners(): Promise<Office> {
  const made = await office(`version: 1
tenants:
  contoso: { sandbox: ./${tenantFile} }
  fabrikam: { sandbox: ./fabrikam.tenant.json }
sources:
  staff: { kind: users, tenant: contoso }
syncs:
  partners:
    owner: ${owner}
    from: [staff]
    to: { kind: mail-contacts, tenant: fabrikam, ownedDomains: [contoso.com] }
    deletion: { grace: 30d }
`);
  plant(made);
  const init = await made.galops("sandbox", "init", "fabrikam.tenant.json", "--company", "fabrikam");
  expect(init.code).toBe(0);
  return made;
}

test.each([
  ["partial", "private"],
  ["full", "public"],
] as const)(
  "%s: mail contacts are planned, made, hidden and given back without names",
  async (level, visibility) => {
    const there = await partners();
    const world = githubJob(there);
    world.event(pullRequestEvent({ visibility }));
    const galops = async (...argv: readonly string[]): Promise<Ended> => {
      const ended = await world.galops(...argv);
      expectSilent(ended);
      return ended;
    };
    // Where someone asked for nothing, JSON is whole.
    const redact = `--redact=${level}`;
    const shown = async (): Promise<void> => {
      await galops("plan", "-o", "week.plan", redact);
      for (const format of formats.show) await galops("show", "week.plan", "--format", format, redact);
      await galops("ci", "github", "--plan", "week.plan");
    };
    await shown();
    const applied = await world.galops("apply", "week.plan", "--format", "json");
    expect(applied).toMatchObject({ code: 0 });
    there.write("result.json", applied.stdout);
    await galops("ci", "github", "--plan", "week.plan", "--result", "result.json");
    await edit(there, "disable-user", canaries.mail);
    await shown();
    const { run } = JSON.parse((await galops("apply", "week.plan", "--format", "json", redact)).stdout) as {
      readonly run: string;
    };
    // Nothing is left to change for these.
    for (const format of formats.apply) await galops("apply", "week.plan", "--format", format, redact);
    const rolled = await galops("rollback", run, "--auto-approve", redact);
    expect(rolled).toMatchObject({ code: 0 });
    const [comment] = world.github.comments;
    const told = [comment?.body, world.summary(), ...Object.values(world.outputs())].join("\n");
    expect(told).toMatch(/person-[0-9a-z]{8}/u);
    expect(told).not.toMatch(canary);
    expect(said(await there.galops("show", "week.plan"))).toMatch(canary);
  },
);

test.each(Object.keys(formats))(
  "%s refuses to show people to everybody, in whatever format",
  async (command) => {
    const there = await canaryOffice();
    await there.galops("apply", "--auto-approve");
    await there.galops("plan", "-o", "week.plan");
    const world = githubJob(there);
    world.event(pullRequestEvent({ visibility: "public" }));
    const argument = command === "show" ? ["week.plan"] : command === "rollback" ? [runOf(there)] : [];
    for (const format of formats[command as keyof typeof formats]) {
      const refused = await world.galops(command, ...argument, "--format", format, "--redact=none");
      expect(refused.code).toBe(1);
      expect(refused.stderr).toContain("People must not be shown in public");
      expectSilent(refused);
    }
  },
);
