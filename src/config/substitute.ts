import { readFileSync } from "node:fs";
import path from "node:path";
import type { Environment } from "../model/context.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { Path } from "./config-file.ts";
import { isRecord } from "./written.ts";
import type { Written } from "./written.ts";

const reference = /\$\{(env|file):([^}]*)\}/g;
const secrets: ReadonlySet<string> = new Set(["clientSecret", "certificate", "certificatePassword"]);

interface World {
  readonly env: Environment;
  readonly folder: string;
  /** Whether a value that is not there is an error, or only a warning (where nobody signs in). */
  readonly secrets: "needed" | "optional";
}

/**
 * The config with `${env:NAME}` and `${file:PATH}` replaced under `tenants`, and errors where they stand elsewhere
 * or where a secret is written out. A file may lie anywhere: secrets are mounted where the platform wants them.
 */
export function substitute(
  written: Written,
  world: World,
): { value: unknown; problems: readonly Diagnostic[] } {
  const problems: Diagnostic[] = [];
  const walk = (value: unknown, at: Path): unknown => {
    if (typeof value === "string") return at[0] === "tenants" ? replaced(value, at) : elsewhere(value, at);
    if (Array.isArray(value)) return value.map((item, index) => walk(item, [...at, index]));
    if (!isRecord(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, walk(item, [...at, key])]));
  };
  const elsewhere = (text: string, at: Path): string => {
    if (text.search(reference) >= 0) {
      const detail =
        "References to the environment and to files are replaced under tenants only, so that nobody's secrets get into contacts.";
      problems.push(
        written.report(at, {
          code: "reference-not-allowed",
          summary: "A reference where none is allowed",
          detail,
        }),
      );
    }
    return text;
  };
  const replaced = (text: string, at: Path): string => {
    if (at[2] === "auth" && secrets.has(String(at.at(-1))) && !/^\$\{(env|file):[^}]+\}$/.test(text)) {
      const name = `\${env:${String(at[1])
        .toUpperCase()
        .replaceAll(/[^A-Z0-9]/g, "_")}_SECRET}`;
      const detail = `Secrets do not belong into the config, which is kept in git. Write ${name} or \${file:PATH} here, and revoke the secret if it was ever committed.`;
      problems.push(
        written.report(at, {
          code: "secret-in-config",
          summary: "A secret is written in the config",
          detail,
        }),
      );
      return "";
    }
    return text.replaceAll(reference, (_all, kind: string, name: string) => {
      const value = kind === "env" ? world.env[name] : fileText(path.resolve(world.folder, name));
      if (value !== undefined && value !== "") return value;
      const what =
        kind === "env"
          ? `The environment variable ${name} is not set.`
          : `The file ${name} could not be read or is empty.`;
      const summary = kind === "env" ? "An environment variable is not set" : "A file is missing";
      const severity = world.secrets === "optional" ? ({ severity: "warning" } as const) : {};
      problems.push(
        written.report(at, {
          code: kind === "env" ? "missing-environment-variable" : "missing-file",
          summary,
          detail: `${what} Signing in to the tenant needs it.`,
          ...severity,
        }),
      );
      return "";
    });
  };
  return { value: walk(written.value, []), problems };
}

/** What a file holds, trimmed; undefined when it cannot be read. */
export function fileText(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8").trim();
  } catch {
    return undefined;
  }
}
