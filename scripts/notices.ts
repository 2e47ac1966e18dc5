import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

interface Manifest {
  readonly name?: string;
  readonly version?: string;
  readonly license?: string;
}

/**
 * The licences of the packages that these modules are of, which have to go where their code goes.
 *
 * @param modules - absolute paths of all modules of a bundle
 * @throws when a package brings no licence
 */
export function noticesOf(modules: readonly string[]): string {
  const folders = new Set(modules.flatMap((module) => packageFolder(module) ?? []));
  const notices = [...folders].map(noticeOf).toSorted();
  return `galops contains these packages.\n\n${[...new Set(notices)].join("\n")}`;
}

/** Null for a module of our own. */
function packageFolder(module: string): string | null {
  return /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(module)?.[0] ?? null;
}

function noticeOf(folder: string): string {
  const manifest = JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8")) as Manifest;
  const { name, version, license } = manifest;
  const files = readdirSync(folder).filter((file) => /^(?:licen[cs]e|copying|notice)/i.test(file));
  if (license === undefined && files.length === 0) throw new Error(`${name} brings no licence.`);
  const texts = files.toSorted().map((file) => readFileSync(path.join(folder, file), "utf8").trim());
  return [`${"-".repeat(80)}\n${name} ${version} (${license})\n`, ...texts, ""].join("\n");
}
