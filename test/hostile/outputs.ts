import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { run } from "../../src/cli/program.ts";
import { fakeContext } from "../fakes/context.ts";
import { githubJob } from "../github/actions-world.ts";
import { editTenant, hostileOffice, tenantFile, vandalize } from "./world.ts";
import type { Office } from "../cli/office.ts";

/** What a command printed, or a file that it wrote; by what it is. */
export interface HostileOutputs {
  readonly printed: ReadonlyMap<string, string>;
  readonly files: ReadonlyMap<string, string>;
  /** Files of ours that others could read. */
  readonly open: readonly string[];
  /** Exit codes by command. */
  readonly codes: ReadonlyMap<string, number>;
}

/** Everything that galops prints and writes in a tenant of hostile people, in every format. */
export async function hostileOutputs(): Promise<HostileOutputs> {
  const made = await hostileOffice();
  const printed = new Map<string, string>();
  const codes = new Map<string, number>();
  async function galops(...argv: readonly string[]): Promise<void> {
    const fake = fakeContext({ cwd: made.folder });
    const command = argv.join(" ");
    codes.set(command, await run(argv[0] === "sandbox" ? argv : [...argv, "--verbose"], fake.context));
    printed.set(command, fake.stdout());
    printed.set(`${command} (stderr)`, fake.stderr());
  }
  for (const format of ["text", "json", "sarif", "github"]) await galops("validate", "--format", format);
  await galops("plan", "-o", "week.plan");
  for (const format of ["text", "json", "markdown", "html"]) {
    for (const level of ["none", "partial", "full"])
      await galops("show", "week.plan", "--format", format, "--redact", level);
  }
  await tellGithub(made, printed);

  // One mailbox takes nothing, so that there are failures to be told.
  editTenant(made, ({ users, mailboxes }) => {
    const bo = users.find(({ userPrincipalName }) => userPrincipalName === "bo@contoso.com");
    const full = mailboxes.find(({ user }) => user === bo?.["id"]);
    if (full === undefined) throw new Error("Bo has no mailbox.");
    full.problem = "full";
  });
  await galops("apply", "week.plan");
  for (const format of ["junit", "markdown", "html", "json", "text"]) {
    vandalizeAll(made);
    if (format === "text") await galops("plan", "-o", "next.plan");
    await galops("apply", "--auto-approve", "--format", format);
  }
  await galops("sandbox", "show", tenantFile, "ann@contoso.com");
  await galops("sandbox", "show", tenantFile, "--mail-contacts");
  vandalizeAll(made);
  // Everything has changed since this plan.
  await galops("apply", "next.plan", "--max-age", "300d");
  for (const format of ["text", "json"]) {
    await galops("runs", "--format", format);
    await galops("rollback", "last", "--auto-approve", "--format", format);
  }
  const files = filesIn(made.folder, ["week.plan", "next.plan", ".galops"]);
  return {
    printed,
    codes,
    files: new Map(files.map((file) => [file, readFileSync(path.join(made.folder, file), "utf8")])),
    open: files.filter((file) => (statSync(path.join(made.folder, file)).mode & 0o077) !== 0),
  };
}

async function tellGithub(made: Office, printed: Map<string, string>): Promise<void> {
  const job = githubJob(made);
  const told = await job.galops("ci", "github", "--plan", "week.plan");
  printed.set("ci github", told.stdout);
  printed.set("ci github (stderr)", told.stderr);
  printed.set("ci github (summary)", job.summary());
  for (const { body } of job.github.comments) printed.set("ci github (comment)", body);
  printed.set("ci github (outputs)", Object.values(job.outputs()).join("\n"));
}

function vandalizeAll(made: Office): void {
  editTenant(made, ({ mailboxes }) => {
    for (const { contacts } of mailboxes) for (const contact of contacts) vandalize(contact);
  });
}

function filesIn(folder: string, names: readonly string[]): readonly string[] {
  return names.flatMap((name) => {
    if (statSync(path.join(folder, name)).isFile()) return [name];
    return filesIn(
      folder,
      readdirSync(path.join(folder, name)).map((child) => path.join(name, child)),
    );
  });
}
