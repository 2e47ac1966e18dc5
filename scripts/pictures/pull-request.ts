import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { createProcessContext } from "../../src/cli/process/process-context.ts";
import { run } from "../../src/cli/program.ts";
import type { Context } from "../../src/model/context.ts";
import { fakeGithub, githubToken } from "../../test/fakes/github.ts";

const example = fileURLToPath(new URL("../../examples/quickstart", import.meta.url));
const tenant = "practice.tenant.json";
const own = createProcessContext();
/** The pictures are the same whenever they are made. */
const clock = { ...own.clock, now: () => Date.parse("2026-11-24T08:00:00Z") };

/** What a pull request gives to be looked at. */
export interface PullRequest {
  /** The comment's body, as GitHub was given it. */
  readonly comment: string;
  /** The page of the plan, people not hidden, as on one's own machine. */
  readonly report: string;
}

const department = `'person.department == "Finance" ? "Finance & Controlling" : person.department'`;

/** Finance have another name now, sales get the suppliers, too, and logistics are called by radio. */
function onTheBranch(main: string): string {
  return main
    .replace("from: [staff]", "from: [staff, suppliers]")
    .replace(/where: (.*)/u, 'where: ($1) && person.department != "Logistics"')
    .replace("    fields:", `    fields:\n      department: ${department}`);
}

/**
 * A pull request on a sandbox tenant, told to a stand-in for GitHub by the commands that the actions run. While it was
 * written somebody married, somebody left, and somebody edited a contact on a phone.
 */
export async function pullRequest(): Promise<PullRequest> {
  const folder = mkdtempSync(path.join(tmpdir(), "galops-pictures-"));
  try {
    cpSync(example, folder, { recursive: true });
    const main = readFileSync(path.join(folder, "galops.yaml"), "utf8").replace(
      "[staff, suppliers]",
      "[staff]",
    );
    mkdirSync(path.join(folder, "base"));
    cpSync(path.join(folder, "suppliers.csv"), path.join(folder, "base/suppliers.csv"));
    writeFileSync(path.join(folder, "base/galops.yaml"), main);
    writeFileSync(path.join(folder, "galops.yaml"), main);
    const galops = (...argv: readonly string[]): Promise<string> => said(folder, {}, argv);
    const edit = (...argv: readonly string[]): Promise<string> => galops("sandbox", "edit", ...argv);
    await galops("sandbox", "init", tenant);
    await galops("apply", "--auto-approve");

    await edit("set-user", tenant, "bo@contoso.com", "surname=Li-Ek", "displayName=Bo Li-Ek");
    await edit("remove-user", tenant, "chandra@contoso.com");
    await edit("edit-contact", tenant, "eve.oconnor@contoso.com", "Dana Müller-Łęcka", "jobTitle=Boss");
    writeFileSync(path.join(folder, "galops.yaml"), onTheBranch(main));
    await galops("plan", "--base", "base/galops.yaml", "--allow", "deletes=3", "-o", "galops.plan");
    const report = await galops("show", "galops.plan", "--format", "html");
    return { report, comment: await commentOn(folder) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function commentOn(folder: string): Promise<string> {
  const github = fakeGithub();
  const server = await github.listen();
  const event = path.join(folder, "event.json");
  const repository = "contoso/people";
  const head = { sha: "4f1d0c2b".repeat(5), repo: { full_name: repository } };
  writeFileSync(
    event,
    JSON.stringify({
      repository: { private: true, visibility: "private" },
      pull_request: { number: 7, head, base: { repo: { full_name: repository } } },
    }),
  );
  const job = {
    CI: "true",
    GITHUB_ACTIONS: "true",
    GITHUB_REPOSITORY: repository,
    GITHUB_API_URL: server.url,
    GITHUB_SERVER_URL: "https://github.com",
    GITHUB_RUN_ID: "42",
    GITHUB_SHA: head.sha,
    GITHUB_WORKSPACE: folder,
    GITHUB_EVENT_PATH: event,
    GITHUB_TOKEN: githubToken,
    GALOPS_REDACTION_KEY: "the same picture each time",
  };
  try {
    await said(folder, job, ["ci", "github", "--plan", "galops.plan"]);
  } finally {
    await server.close();
  }
  return github.comments[0]?.body ?? "";
}

/** What a command prints on stdout. @throws when it does not end well */
async function said(
  cwd: string,
  env: Readonly<Record<string, string>>,
  argv: readonly string[],
): Promise<string> {
  let stdout = "";
  let stderr = "";
  const context: Context = {
    ...own,
    clock,
    cwd,
    env: { PATH: own.env["PATH"], ...env },
    stdout: { isTTY: false, columns: 100, write: async (text) => void (stdout += text) },
    stderr: { isTTY: false, columns: 100, write: async (text) => void (stderr += text) },
    ask: () => Promise.resolve(null),
  };
  const code = await run(argv, context);
  if (code !== 0) throw new Error(`galops ${argv.join(" ")} ended with ${code}: ${stderr}`);
  return stdout;
}
