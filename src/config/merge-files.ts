import type { Diagnostic } from "../model/diagnostic.ts";
import { diagnosticAt, findAt, placeAt } from "./config-file.ts";
import type { ConfigFile, Path, Report } from "./config-file.ts";
import { isRecord } from "./is-record.ts";
import { unreadable } from "./unreadable.ts";

/** Keys of a config under which things are defined by name; after merging each of them is a map. */
export const collections: readonly string[] = ["tenants", "sources", "syncs"];

/**
 * What all files say together, names in the order of the files. A name that two of them define is a problem, and
 * the first one's counts.
 */
export function mergeFiles(files: readonly ConfigFile[]): {
  readonly value: Readonly<Record<string, unknown>>;
  readonly problems: readonly Diagnostic[];
} {
  const definitions: (readonly [ConfigFile, Path, unknown])[] = [];
  const problems: Diagnostic[] = [];
  for (const file of files) {
    for (const [key, part] of Object.entries(contentOf(file))) {
      if (!collections.includes(key)) definitions.push([file, [key], part]);
      else if (part === unreadable) continue;
      else if (!isRecord(part)) problems.push(reportAt(file, [key], notNames(key)));
      else for (const [name, value] of Object.entries(part)) definitions.push([file, [key, name], value]);
    }
  }
  const first = new Map<string, (typeof definitions)[number]>();
  for (const definition of definitions) {
    const [file, path, value] = definition;
    const earlier = first.get(JSON.stringify(path));
    if (earlier === undefined) first.set(JSON.stringify(path), definition);
    // Every file may say which version it is of.
    else if (path[0] !== "version" || value !== earlier[2]) {
      problems.push(reportAt(file, path, definedTwice(earlier[0], path)));
    }
  }
  return { value: assembled([...first.values()]), problems };
}

function contentOf(file: ConfigFile): Readonly<Record<string, unknown>> {
  // How much aliases make of it was looked at before, by checkYaml.
  const content: unknown = file.document.toJS({ maxAliasCount: -1 });
  return isRecord(content) ? content : {};
}

function assembled(
  definitions: readonly (readonly [ConfigFile, Path, unknown])[],
): Readonly<Record<string, unknown>> {
  const whole = new Map<string, unknown>();
  for (const [, [key = ""], value] of definitions.filter(([, path]) => path.length === 1)) {
    whole.set(String(key), value);
  }
  for (const collection of collections) {
    const named = definitions.filter(([, path]) => path.length === 2 && path[0] === collection);
    if (named.length === 0) continue;
    whole.set(collection, Object.fromEntries(named.map(([, [, name = ""], value]) => [name, value])));
  }
  // Own properties, whatever the key: `__proto__` too.
  return Object.fromEntries(whole);
}

function reportAt(file: ConfigFile, path: Path, report: Report): Diagnostic {
  return diagnosticAt(file, keyOffset(file, path), report);
}

function keyOffset(file: ConfigFile, path: Path): number {
  return findAt(file, path)?.key?.range?.[0] ?? 0;
}

function notNames(key: string): Report {
  return {
    code: "invalid-value",
    summary: "Invalid value",
    detail: `${key} must be a map of names, each with what it stands for. Remove the line if there are none.`,
  };
}

function definedTwice(earlier: ConfigFile, path: Path): Report {
  const { file, line, column } = placeAt(earlier, keyOffset(earlier, path));
  return {
    code: "defined-twice",
    summary: "A name is defined twice",
    detail: `${path.join(".")} is defined at ${file}:${line}:${column} too, so one of the two would be lost. Rename or remove one of them.`,
  };
}
