import { withExcerpts } from "../../config/place-excerpt.ts";
import type { Config, Tenant } from "../../model/config.ts";
import type { Context } from "../../model/context.ts";
import type { Diagnostic } from "../../model/diagnostic.ts";
import { explainAll } from "../output/explain.ts";

/** What is wrong with the files that a config names: those of people, and sandbox tenants. */
export async function checkFiles(
  { sources, tenants }: Pick<Config, "sources" | "tenants">,
  { cwd, signal }: Pick<Context, "cwd" | "signal">,
): Promise<readonly Diagnostic[]> {
  const found: Diagnostic[] = [];
  for (const source of sources.values()) {
    if (source.kind !== "csv") continue;
    const { csvSource } = await import("../../sources/csv-source.ts");
    found.push(...(await problemsOf(() => readToTheEnd(csvSource(source).people(signal)), signal)));
  }
  for (const tenant of tenants.values()) {
    if (tenant.kind !== "sandbox" || tenant.path === "") continue;
    const { readTenantFile } = await import("../../sandbox/store/tenant-file.ts");
    const { withoutPath } = await import("../../sandbox/store/sandbox-file-error.ts");
    const { path, shown } = tenant;
    const problems = await problemsOf(() => withoutPath(path, shown, () => readTenantFile(path)), signal);
    found.push(...problems.map((problem) => atTenant(problem, tenant)));
  }
  return withExcerpts(found, cwd);
}

async function problemsOf(read: () => unknown, signal: AbortSignal): Promise<readonly Diagnostic[]> {
  try {
    await read();
    return [];
  } catch (error) {
    signal.throwIfAborted();
    const problems = explainAll(error);
    if (problems.length === 0) throw error;
    return problems;
  }
}

async function readToTheEnd(people: AsyncIterable<unknown>): Promise<void> {
  const reading = people[Symbol.asyncIterator]();
  while ((await reading.next()).done !== true);
}

/** A file that is not there has no place of its own; the config says where it should be. */
function atTenant(problem: Diagnostic, { place }: Tenant): Diagnostic {
  return { ...problem, place: problem.place ?? place };
}
