import { writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../fakes/folder.ts";
import { githubJob, pullRequestEvent } from "../github/actions-world.ts";
import { canaries, canary, canaryOffice, said } from "./canaries.ts";
import { office, owner, tenantFile } from "./office.ts";
import type { Ended, Office } from "./office.ts";

const levels = ["partial", "full"] as const;
const formats = ["text", "json", "markdown", "html"] as const;

test("without redaction the canaries sing, so that the tests below can fail", async () => {
  const { galops } = await canaryOffice();
  for (const format of formats) {
    const { code, stdout, stderr } = await galops("plan", "--format", format);
    expect(code).toBe(0);
    expect(stdout).toMatch(canary);
    // The address that no contact can hold is told of with its person's name.
    expect(stderr).toContain(canaries.displayName);
  }
});

test.each(levels)("%s: nothing of a person is in any output of plan, show and apply", async (level) => {
  const { galops } = await canaryOffice();
  expect((await galops("plan", "-o", "week.plan", `--redact=${level}`)).code).toBe(0);
  for (const format of formats) {
    const options = ["--format", format, `--redact=${level}`, "--verbose"];
    const runs = [
      await galops("plan", ...options),
      await galops("show", "week.plan", ...options),
      await galops("apply", ...options),
      await galops("apply", "--auto-approve", ...options),
      await galops("sandbox", "edit", "set-user", tenantFile, canaries.mail, "jobTitle=Other2quetz"),
      await galops("plan", ...options),
      await galops("apply", "week.plan", ...options),
    ];
    for (const run of runs) expect(said(run)).not.toMatch(canary);
    expect(said(runs[1] as Ended)).toMatch(/person-[0-9a-z]{8}/u);
  }
});

test.each([
  ["partial", "private"],
  ["full", "public"],
] as const)("%s: GitHub is told of no person of a %s repository", async (level, visibility) => {
  const there = await canaryOffice();
  const world = githubJob(there);
  world.event(pullRequestEvent({ visibility }));
  const galops = async (...argv: string[]): Promise<Ended> => {
    const ended = await world.galops(...argv);
    expect(said(ended)).not.toMatch(canary);
    return ended;
  };
  await galops("plan", "-o", "week.plan");
  await galops("ci", "github", "--plan", "week.plan");
  const comment = world.github.comments[0];
  const applied = await world.galops("apply", "--auto-approve", "--format", "json");
  there.write("result.json", applied.stdout);
  await galops("ci", "github", "--plan", "week.plan", "--result", "result.json");
  await galops("ci", "github", "--plan", "week.plan", "--drift");
  await there.galops("sandbox", "edit", "set-user", tenantFile, canaries.mail, "jobTitle=Other2quetz");
  const refused = await world.galops("apply", "--approved", "week.plan", "--format", "json");
  there.write("result.json", refused.stdout);
  expect(refused.code).toBe(4);
  await galops("ci", "github", "--plan", "week.plan", "--result", "result.json");
  const told = [comment?.body, world.github.issues[0]?.body, world.summary(), Object.values(world.outputs())];
  expect(told.join("\n")).toMatch(/person-[0-9a-z]{8}/u);
  expect(told.join("\n")).not.toMatch(canary);
  expect(comment?.body).toContain("galops apply: refused");
  const open = await world.galops("ci", "github", "--plan", "week.plan", "--redact=none");
  expect(open.code).toBe(level === "full" ? 1 : 0);
  expect(canary.test(comment?.body ?? "")).toBe(level === "partial");
});

test.each(levels)("%s: what goes wrong is told without the person it goes wrong with", async (level) => {
  const failing = await canaryOffice(
    '    fields: { jobTitle: "person.employeeId == \\"Emplquetz\\" ? [\\"a\\"][5] : person.jobTitle" }\n',
  );
  const plain = await failing.galops("plan");
  const redacted = await failing.galops("plan", `--redact=${level}`);
  expect(plain.stderr).toContain(canaries.displayName);
  expect(redacted.code).toBe(1);
  expect(redacted.stderr.replace(/person\.employeeId == \S+/u, "")).not.toMatch(canary);
  expect(redacted.stderr).toContain("has no value");
  for (const argv of [
    ["--mailbox", "noquetz@contoso.com"],
    ["--parallelism", "noquetz@contoso.com"],
  ]) {
    const run = await failing.galops("plan", `--redact=${level}`, ...argv);
    expect(run.code).toBe(1);
    expect(run.stderr).not.toMatch(/noquetz/u);
  }
});

test.each(levels)("%s: what is wrong with a row of a CSV file is told without the row", async (level) => {
  const { galops, write } = await office(`version: 1
tenants: { practice: { sandbox: ./${tenantFile} } }
sources: { rows: { kind: csv, path: rows.csv, id: no, columns: { mail: mail, displayName: name } } }
syncs:
  phones:
    owner: ${owner}
    from: [rows]
    to: { kind: mailbox-contacts, tenant: practice, mailboxes: { users: [ann@contoso.com] } }
`);
  for (const rows of ["nrquetz,Xanadu,no mailquetz", "nrquetz,X,\nnrquetz,Y,"]) {
    write("rows.csv", `no,name,mail\n${rows}\n`);
    const plain = await galops("plan");
    const redacted = await galops("plan", `--redact=${level}`);
    expect(plain.stderr).toMatch(canary);
    expect(said(redacted)).not.toMatch(canary);
    expect(redacted.stderr).toMatch(/rows\.csv line \d/u);
  }
});

test("a person has one pseudonym wherever equal plans are shown, and another in another plan", async () => {
  const { galops } = await canaryOffice();
  const people = async (...argv: string[]) =>
    [...(await galops(...argv, "--redact=full")).stdout.matchAll(/person-\w+/gu)].map(([name]) => name);
  const planned = await people("plan", "-o", "week.plan");
  expect(new Set(planned).size).toBeGreaterThan(3);
  expect(await people("plan")).toEqual(planned);
  expect(await people("show", "week.plan")).toEqual(planned);
  await galops("apply", "--auto-approve");
  await galops("sandbox", "edit", "set-user", tenantFile, canaries.mail, "jobTitle=Boss");
  const later = await people("plan");
  expect(later).toHaveLength(2);
  expect(planned).not.toContain(later[0]);
});

test("with a key of one's own a person has one pseudonym in all plans", async () => {
  const { galops, galopsIn } = await canaryOffice();
  const env = { GALOPS_REDACTION_KEY: "s3cret" };
  const first = await galopsIn({ env }, "plan", "--redact=full");
  await galops("apply", "--auto-approve");
  await galops("sandbox", "edit", "set-user", tenantFile, canaries.mail, "jobTitle=Boss");
  const later = await galopsIn({ env }, "plan", "--redact=full");
  const [person = "-"] = /person-\w+/u.exec(later.stdout) ?? [];
  expect(first.stdout).toContain(person);
  const other = await galopsIn({ env: { GALOPS_REDACTION_KEY: "other" } }, "plan", "--redact=full");
  expect(other.stdout).not.toContain(person);
});

/** The environment of a run on GitHub that was set off by this event. */
function onGitHub(event: unknown): { readonly env: Readonly<Record<string, string>> } {
  const file = path.join(temporaryFolder(), "event.json");
  writeFileSync(file, typeof event === "string" ? event : JSON.stringify(event));
  return { env: { CI: "true", GITHUB_ACTIONS: "true", GITHUB_EVENT_PATH: file } };
}

function levelOf({ stdout }: Ended): string {
  if (canary.test(stdout)) return "none";
  return /# X\. Q\./u.test(stdout) ? "partial" : "full";
}

const publicEvent = { repository: { private: false, visibility: "public" } };

type World = Parameters<Office["galopsIn"]>[0];

test.each<[string, World | (() => World), string]>([
  ["a terminal", { isTTY: true }, "none"],
  ["a pipe", {}, "none"],
  ["CI=false", { env: { CI: "false" } }, "none"],
  ["CI", { env: { CI: "true" } }, "partial"],
  ["Azure Pipelines", { env: { TF_BUILD: "True" } }, "partial"],
  [
    "Azure Pipelines with CI=false, which some builds ask for",
    { env: { TF_BUILD: "True", CI: "false" } },
    "partial",
  ],
  ["Jenkins", { env: { JENKINS_URL: "https://jenkins.contoso.com/" } }, "partial"],
  ["Jenkins that does not know its address", { env: { BUILD_NUMBER: "7" } }, "partial"],
  ["TeamCity", { env: { TEAMCITY_VERSION: "2025.07" } }, "partial"],
  ["Bamboo", { env: { bamboo_planKey: "GAL-PLAN" } }, "partial"],
  [
    "AWS CodeBuild",
    { env: { CODEBUILD_BUILD_ARN: "arn:aws:codebuild:eu-west-1:1:build/galops:1" } },
    "partial",
  ],
  ["CI with a terminal", { env: { CI: "1" }, isTTY: true }, "partial"],
  [
    "a private repository",
    () => onGitHub({ repository: { private: true, visibility: "private" } }),
    "partial",
  ],
  [
    "an internal repository",
    () => onGitHub({ repository: { private: true, visibility: "internal" } }),
    "partial",
  ],
  ["a public repository", () => onGitHub(publicEvent), "full"],
  [
    "a repository of which one part says that it is public",
    () => onGitHub({ repository: { private: false } }),
    "full",
  ],
  ["an event without its repository", () => onGitHub({ schedule: "* * * * *" }), "full"],
  ["an event that cannot be read", () => onGitHub("{"), "full"],
  ["GitHub without an event", { env: { GITHUB_ACTIONS: "true" } }, "full"],
  ["a public project on GitLab", { env: { CI: "true", CI_PROJECT_VISIBILITY: "public" } }, "full"],
  ["an internal project on GitLab", { env: { CI: "true", CI_PROJECT_VISIBILITY: "internal" } }, "partial"],
])("in %s nothing asked for means", async (_, world, level) => {
  const { galopsIn } = await canaryOffice();
  const given = typeof world === "function" ? world() : world;
  expect(levelOf(await galopsIn(given, "plan", "--no-color"))).toBe(level);
});

test("JSON is redacted only when asked, what is told beside it always", async () => {
  const { galopsIn } = await canaryOffice();
  const world = onGitHub(publicEvent);
  const { stdout, stderr } = await galopsIn(world, "plan", "--format", "json");
  expect(stdout).toMatch(canary);
  expect(stderr).not.toMatch(canary);
  expect((await galopsIn(world, "plan", "--format", "json", "--redact")).stdout).not.toMatch(canary);
});

test("--redact alone is partial, and may stand before the config", async () => {
  const { galops } = await canaryOffice();
  expect(levelOf(await galops("plan", "--redact"))).toBe("partial");
  expect(levelOf(await galops("plan", "--redact", "full", "galops.yaml"))).toBe("full");
});

test("people are not shown to everybody, even when asked", async () => {
  const { galopsIn } = await canaryOffice();
  for (const event of [publicEvent, {}]) {
    for (const argv of [["plan"], ["plan", "--format", "json"], ["validate"]]) {
      const refused = await galopsIn(onGitHub(event), ...argv, "--redact", "none");
      expect(refused.code).toBe(1);
      expect(said(refused)).not.toMatch(canary);
      expect(refused.stderr).toContain("People must not be shown in public");
    }
  }
});

test("in a private repository none is given to those who ask for it", async () => {
  const { galopsIn } = await canaryOffice();
  const world = onGitHub({ repository: { private: true, visibility: "private" } });
  expect(levelOf(await galopsIn(world, "plan", "--redact=none"))).toBe("none");
});

test("a saved plan is whole, however it was shown when it was saved", async () => {
  const { galops, read } = await canaryOffice();
  await galops("plan", "-o", "week.plan", "--redact=full");
  expect(read("week.plan")).toMatch(canary);
  expect((await galops("apply", "week.plan")).code).toBe(0);
});
