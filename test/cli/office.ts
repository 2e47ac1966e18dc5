import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { run } from "../../src/cli/program.ts";
import { fakeContext } from "../fakes/context.ts";
import type { FakeContext } from "../fakes/context.ts";
import { temporaryFolder } from "../fakes/folder.ts";

/** How a command ended, and what it said. */
export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A folder with a config and a practice tenant, and commands that run there. */
export interface Office {
  readonly folder: string;
  /** Runs a command as a user would. */
  galops(...argv: readonly string[]): Promise<Ended>;
  /** The same in a world of its own: a terminal, an environment, a signal. */
  galopsIn(given: Omit<Parameters<typeof fakeContext>[0], "cwd">, ...argv: readonly string[]): Promise<Ended>;
  start(fake: FakeContext, ...argv: readonly string[]): Promise<Ended>;
  write(file: string, text: string): void;
  read(file: string): string;
}

export const owner = "0d9f6c3a-5a39-4a53-9b1a-6f8f0d1f3c11";
export const tenantFile = "practice.tenant.json";

/** What is said where there is nothing to do. */
export const plansNothing = /^No changes\. The tenants match the configuration\.$/m;

/** Two people get a directory of everybody with a phone number. */
export const config = `version: 1
tenants:
  practice: { sandbox: ./${tenantFile} }
sources:
  staff: { kind: users, tenant: practice }
syncs:
  phones:
    owner: ${owner}
    from: [staff]
    where: person.mobilePhone != ""
    to:
      kind: mailbox-contacts
      tenant: practice
      mailboxes: { users: [ann@contoso.com, bo@contoso.com] }
      folder: Directory
`;

export async function office(text = config): Promise<Office> {
  const folder = temporaryFolder();
  const start: Office["start"] = async (fake, ...argv) => {
    const code = await run(argv, fake.context);
    // Prose is wrapped to the width of the terminal, where nobody can tell where it is.
    const stderr = fake.stderr().replaceAll(/\n│ (?=\S)/g, " ");
    return { code, stdout: fake.stdout(), stderr };
  };
  const made: Office = {
    folder,
    start,
    galops: (...argv) => start(fakeContext({ cwd: folder }), ...argv),
    galopsIn: (given, ...argv) => start(fakeContext({ cwd: folder, ...given }), ...argv),
    write: (file, content) => writeFileSync(path.join(folder, file), content),
    read: (file) => readFileSync(path.join(folder, file), "utf8"),
  };
  made.write("galops.yaml", text);
  const init = await made.galops("sandbox", "init", tenantFile);
  if (init.code !== 0) throw new Error(init.stderr);
  return made;
}

/** Changes something in the tenant of an office. */
export async function edit({ galops }: Office, ...argv: readonly string[]): Promise<void> {
  const [what = "", ...rest] = argv;
  const ended = await galops("sandbox", "edit", what, tenantFile, ...rest);
  if (ended.code !== 0) throw new Error(ended.stderr);
}
