import path from "node:path";
import type { Context } from "../../../model/context.ts";
import { SandboxEditError } from "../../../sandbox/admin/sandbox-edit-error.ts";
import { companies } from "../../../sandbox/cast/companies/companies.ts";
import type { CompanyName } from "../../../sandbox/cast/companies/companies.ts";
import { createSandboxFile } from "../../../sandbox/create.ts";
import { exitCode } from "../../interface/exit-code.ts";
import type { ExitCode } from "../../interface/exit-code.ts";

export interface SandboxInitOptions {
  readonly users: string;
  readonly seed: string;
  readonly domain?: string;
  readonly company: string;
}

/** Makes a sandbox tenant. @throws {SandboxFileError} @throws {SandboxEditError} */
export async function runSandboxInit(
  file: string,
  options: SandboxInitOptions,
  context: Context,
): Promise<ExitCode> {
  const [users, seed] = [Number(options.users), Number(options.seed)];
  if (!Number.isInteger(users) || users < 1 || users > 100_000 || !Number.isInteger(seed)) {
    throw new SandboxEditError("--users takes a number from 1 to 100000, --seed a whole number.");
  }
  const { domain } = options;
  const company = (Object.keys(companies) as CompanyName[]).find((name) => name === options.company);
  if (company === undefined) {
    const known = Object.keys(companies).join(" or ");
    throw new SandboxEditError(`There is no company ${options.company}. --company takes ${known}.`);
  }
  const wanted = { seed, users, company, ...(domain === undefined ? {} : { domain }) };
  const made = createSandboxFile(path.resolve(context.cwd, file), wanted);
  const [people, groups, mailboxes] = [made.users.size, made.groups.size, made.mailboxes.size];
  await context.stdout.write(`${file} holds ${people} users, ${groups} groups and ${mailboxes} mailboxes.\n`);
  return exitCode.done;
}
