import { createHash } from "node:crypto";
import type { Diagnostic, Place } from "../model/diagnostic.ts";
import { diagnosticAt, fileProblems, offsetOf, parseFile, placeAt } from "./config-file.ts";
import type { ConfigFile, Path } from "./config-file.ts";

/** All files of a config as one, with the way back from a path in it to the place where it is written. */
export interface Written {
  /** Merged; not yet checked against the schema. */
  readonly value: Readonly<Record<string, unknown>>;
  readonly problems: readonly Diagnostic[];
  place(path: Path): Place;
  /** The file that holds the path (or the longest beginning of it that is anywhere) and the offset of its value there. */
  find(path: Path, part?: "key" | "value"): { readonly file: ConfigFile; readonly offset: number };
  report(path: Path, problem: Report, part?: "key" | "value"): Diagnostic;
}

export interface Report {
  readonly code: string;
  readonly summary: string;
  readonly detail: string;
  readonly severity?: "warning";
}

const collections: ReadonlySet<string> = new Set(["tenants", "sources", "syncs"]);

/** Parses and merges; null when a file is no YAML map, so that nothing can be said of the whole. */
export function readWritten(texts: readonly { readonly name: string; readonly text: string }[]): {
  written: Written | null;
  problems: readonly Diagnostic[];
} {
  const files = texts.map(({ name, text }) => parseFile(name, text));
  const problems = files.flatMap(fileProblems);
  if (problems.length > 0 || files.length === 0) return { written: null, problems };
  const find: Written["find"] = (path, part = "value") => {
    for (let length = path.length; length > 0; length--) {
      for (const file of files) {
        const offset = offsetOf(file, path.slice(0, length), part);
        if (offset !== null) return { file, offset };
      }
    }
    // There is at least one file: a config without any was refused above.
    return { file: files[0] as ConfigFile, offset: 0 };
  };
  const written: Written = {
    ...merge(files),
    find,
    place(path) {
      const { file, offset } = find(path);
      return placeAt(file, offset);
    },
    report(path, problem, part = "value") {
      const { file, offset } = find(path, part);
      return diagnosticAt(file, offset, problem);
    },
  };
  return { written, problems: [] };
}

function merge(files: readonly ConfigFile[]): Pick<Written, "value" | "problems"> {
  const value: Record<string, unknown> = {};
  const problems: Diagnostic[] = [];
  for (const file of files) {
    const content = file.document.toJS({ maxAliasCount: 100 }) as Record<string, unknown>;
    for (const [key, part] of Object.entries(content)) {
      const before = value[key];
      if (!(collections.has(key) && isRecord(part) && isRecord(before))) {
        value[key] ??= part;
        continue;
      }
      for (const name of Object.keys(part)) {
        if (Object.hasOwn(before, name)) problems.push(twice(files, file, [key, name]));
      }
      value[key] = { ...part, ...before };
    }
  }
  return { value, problems };
}

function twice(files: readonly ConfigFile[], file: ConfigFile, path: Path): Diagnostic {
  const first = files.find((other) => offsetOf(other, path, "key") !== null) ?? file;
  const at = placeAt(first, offsetOf(first, path, "key") ?? 0);
  return diagnosticAt(file, offsetOf(file, path, "key") ?? 0, {
    code: "defined-twice",
    summary: "A name is defined twice",
    detail: `${path.join(".")} is also defined at ${at.file}:${at.line}:${at.column}. Rename one of them.`,
  });
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** `sha256:<hex>` of what is written, whatever the order of keys. `${env:…}` is still in it, so no secret is. */
export function digestOf(value: unknown): string {
  return `sha256:${createHash("sha256").update(JSON.stringify(value, sorted)).digest("hex")}`;
}

function sorted(_key: string, value: unknown): unknown {
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1)));
}
