import type { Environment } from "../model/context.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { Path, Report } from "./config-file.ts";
import { isRecord } from "./is-record.ts";
import { readSecretFile } from "./secret-file.ts";
import type { SecretFile } from "./secret-file.ts";
import { unreadable } from "./unreadable.ts";
import type { Written } from "./written.ts";

/** No brace stands in one, so that where many are opened and none is closed each is looked at once. */
const reference = /\$\{(env|file):([^{}]+)\}/g;
const secretKeys: ReadonlySet<string> = new Set(["clientSecret", "certificate", "certificatePassword"]);

interface World {
  readonly env: Environment;
  readonly folder: string;
  /** Whether a value that is not there is an error, or only a warning (where nobody signs in). */
  readonly secrets: "needed" | "optional";
}

/** A config with what it refers to put in. */
export interface Substituted {
  readonly value: Readonly<Record<string, unknown>>;
  readonly problems: readonly Diagnostic[];
  /** Where YAML took a value for something else. */
  readonly misread: readonly Path[];
  /** Whether a value was not to be had and is "", so that nothing can be said of it. */
  readonly isUnknown: (path: Path) => boolean;
  /** What is written where a reference was replaced; null elsewhere. That may be shown, what it stands for may not. */
  readonly asWritten: (path: Path) => string | null;
}

/**
 * Puts in what `${env:NAME}` and `${file:PATH}` stand for under `tenants`, and tells where they stand elsewhere and
 * where a secret is written out. No problem that it tells holds a value that it looked up.
 */
export function substitute(written: Written, world: World): Substituted {
  const problems: Diagnostic[] = [];
  const unknown = new Set<string>();
  const misread: Path[] = [];
  const replacedTexts = new Map<string, string>();
  const inText = (text: string, at: Path): string => {
    const { value, reports } = at[0] === "tenants" ? replaced(text, at, world) : notReplaced(text);
    problems.push(...reports.map((report) => written.report(at, report)));
    if (value === null) unknown.add(JSON.stringify(at));
    else if (value !== text) replacedTexts.set(JSON.stringify(at), text);
    return value ?? "";
  };
  const walk = (value: unknown, at: Path): unknown => {
    if (value === unreadable) {
      unknown.add(JSON.stringify(at));
      misread.push(at);
      return "";
    }
    if (typeof value === "string") return inText(value, at);
    if (Array.isArray(value)) return value.map((item, index) => walk(item, [...at, index]));
    if (!isRecord(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, walk(item, [...at, key])]));
  };
  const entries = Object.entries(written.value).map(([key, item]) => [key, walk(item, [key])]);
  const value: Readonly<Record<string, unknown>> = Object.fromEntries(entries);
  return {
    value,
    problems,
    misread,
    isUnknown: (path) => unknown.has(JSON.stringify(path)),
    asWritten: (path) => replacedTexts.get(JSON.stringify(path)) ?? null,
  };
}

/** Null where the value is not to be had, or must not be used. */
interface Replaced {
  readonly value: string | null;
  readonly reports: readonly Report[];
}

function replaced(text: string, at: Path, world: World): Replaced {
  const isSecret = at.length > 2 && secretKeys.has(String(at.at(-1)));
  if (isSecret && text.replaceAll(reference, "") !== "")
    return { value: null, reports: [secretInConfig(at)] };
  const reports: Report[] = [];
  const value = text.replaceAll(reference, (_all, kind: string, name: string) => {
    const looked = kind === "env" ? lookUp(name, world.env) : readSecretFile(world.folder, name);
    if ("text" in looked) return looked.text;
    reports.push("refused" in looked ? looked.refused : missing(kind, name, { ...looked, at }, world));
    return "";
  });
  if (reports.length > 0) return { value: null, reports };
  if (/\$\{/.test(text.replaceAll(reference, ""))) return { value: null, reports: [malformed] };
  return { value, reports };
}

/** What signs in to no tenant, but opens plans, tells who is behind a pseudonym, or speaks for the job itself. */
const notForTenants: ReadonlySet<string> = new Set([
  "GALOPS_PLAN_PASSPHRASE",
  "GALOPS_PLAN_IDENTITY",
  "GALOPS_REDACTION_KEY",
  "GITHUB_TOKEN",
  "GH_TOKEN",
  "ACTIONS_ID_TOKEN_REQUEST_TOKEN",
  "ACTIONS_RUNTIME_TOKEN",
  "CI_JOB_TOKEN",
  "SYSTEM_ACCESSTOKEN",
]);

function lookUp(name: string, env: Environment): SecretFile {
  // Windows knows variables in any case.
  if (notForTenants.has(name.toUpperCase())) return { refused: notForTenant };
  const text = Object.hasOwn(env, name) ? env[name] : undefined;
  if (text === undefined) return { why: "it is not set" };
  return text === "" ? { why: "it is empty" } : { text };
}

function notReplaced(text: string): Replaced {
  return { value: text, reports: text.search(reference) < 0 ? [] : [notAllowed] };
}

function missing(
  kind: string,
  name: string,
  { why, at }: { readonly why: string; readonly at: Path },
  { secrets }: World,
): Report {
  const what = `${kind === "env" ? "The environment variable" : "The file"} ${name} cannot be read: ${why}.`;
  const need = at[2] === "sandbox" ? "find" : "sign in to";
  const report = {
    code: kind === "env" ? "missing-environment-variable" : "missing-file",
    summary: kind === "env" ? "An environment variable is missing" : "A file is missing",
    detail: `${what} Without it galops cannot ${need} the tenant; plan and apply need it.`,
  };
  return secrets === "optional" ? { ...report, severity: "warning" } : report;
}

function secretInConfig(at: Path): Report {
  const name = `${String(at[1])
    .toUpperCase()
    .replaceAll(/[^A-Z0-9]/g, "_")}_SECRET`;
  return {
    code: "secret-in-config",
    summary: "A secret is written in the config",
    detail: `Configs are kept in git, where secrets do not belong. Write \${env:${name}} or \${file:PATH} here instead, and if this secret was ever committed, revoke it.`,
  };
}

const malformed: Report = {
  code: "malformed-reference",
  summary: "A reference has the wrong form",
  detail: "After ${ comes env: and the name of an environment variable, or file: and a path, and then }.",
};

const notForTenant: Report = {
  code: "reference-not-allowed",
  summary: "A reference is not allowed here",
  detail:
    "This variable holds a secret of galops or of the CI system, which no tenant is signed in to with, and which nobody else may get. Give the secret of the tenant a variable of its own.",
};

const notAllowed: Report = {
  code: "reference-not-allowed",
  summary: "A reference is not allowed here",
  detail:
    "References are replaced only under tenants, so that no secret gets into a contact. Write the value itself.",
};
