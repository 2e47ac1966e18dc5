import { createHash } from "node:crypto";
import type { Diagnostic, Place } from "../model/diagnostic.ts";
import { diagnosticAt, findAt, parseFile, placeAt } from "./config-file.ts";
import type { ConfigFile, Path, Report } from "./config-file.ts";
import { isRecord } from "./is-record.ts";
import { mergeFiles } from "./merge-files.ts";
import { setAside } from "./unreadable.ts";
import { checkYaml } from "./yaml-problems.ts";

/** All files of a config as one, with the way back from a path in it to the place where it is written. */
export interface Written {
  /** Merged; `${env:…}` as it stands, `unreadable` in places, and nothing checked against the schema. */
  readonly value: Readonly<Record<string, unknown>>;
  /** The file that holds the path (or the longest beginning of it that is anywhere) and the offset there. */
  find(path: Path, part?: "key" | "value"): { readonly file: ConfigFile; readonly offset: number };
  place(path: Path): Place;
  report(path: Path, report: Report, part?: "key" | "value"): Diagnostic;
}

/** Parses and merges; `written` is null when a file cannot be read as a YAML map, so that nothing can be said of the whole. */
export function readWritten(texts: readonly { readonly name: string; readonly text: string }[]): {
  readonly written: Written | null;
  readonly problems: readonly Diagnostic[];
} {
  const files = texts.map(({ name, text }) => parseFile(name, text));
  const [first] = files;
  const checks = files.map((file) => ({ file, ...checkYaml(file) }));
  const problems = checks.flatMap((check) => check.problems);
  if (first === undefined) return { written: null, problems };
  for (const { file, lost } of checks) {
    if (lost === null) return { written: null, problems };
    setAside(file, lost);
  }
  const merged = mergeFiles(files);
  const find: Written["find"] = (path, part = "value") =>
    findIn(files, path, part) ?? { file: first, offset: 0 };
  const written: Written = {
    value: merged.value,
    find,
    place(path) {
      const { file, offset } = find(path);
      return placeAt(file, offset);
    },
    report(path, report, part = "value") {
      const { file, offset } = find(path, part);
      return diagnosticAt(file, offset, report);
    },
  };
  return { written, problems: [...problems, ...merged.problems] };
}

function findIn(
  files: readonly ConfigFile[],
  path: Path,
  part: "key" | "value",
): ReturnType<Written["find"]> | null {
  for (let length = path.length; length > 0; length--) {
    for (const file of files) {
      const found = findAt(file, path.slice(0, length));
      if (found === null) continue;
      const node = part === "key" ? (found.key ?? found.value) : (found.value ?? found.key);
      return { file, offset: node?.range?.[0] ?? 0 };
    }
  }
  return null;
}

/** Names that are defined in a collection, also of things that are wrong otherwise. */
export function namesOf({ value }: Written, collection: "tenants" | "sources" | "syncs"): readonly string[] {
  const named = value[collection];
  return isRecord(named) ? Object.keys(named) : [];
}

/** `sha256:<hex>` of what is written, whatever the order of keys. `${env:…}` is still in it, so no secret is. */
export function digestOf(value: unknown): string {
  return `sha256:${createHash("sha256").update(JSON.stringify(value, sorted)).digest("hex")}`;
}

function sorted(_key: string, value: unknown): unknown {
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1)));
}
