import { InvalidArgumentError, Option } from "commander";
import { redactions } from "../../render/redaction/redaction.ts";
import type { Redaction } from "../../render/redaction/redaction.ts";
import { formats } from "./formats.ts";
import type { Format } from "./formats.ts";

/** Options that every command has. */
export interface TalkOptions {
  readonly color: boolean;
  readonly quiet: boolean;
  readonly verbose: boolean;
}

/** Options of commands that have a result to print. */
export interface PrintOptions extends TalkOptions {
  readonly format: Format;
  /** Absent: what fits those who can read it. */
  readonly redact?: Redaction;
}

export interface ConfigOptions extends PrintOptions {
  /** Path of the config; absent: the default one. */
  readonly config?: string;
}

/** Options of commands that plan. */
export interface RunOptions extends ConfigOptions {
  readonly sync: readonly string[];
  readonly mailbox: readonly string[];
  readonly sweep: boolean;
  readonly allow: readonly string[];
  /** Mailboxes at a time. */
  readonly parallelism: number;
}

/** Options of commands that write into tenants. */
export interface WriteOptions {
  /** Folder of journals; absent: the one beside the config. */
  readonly journal?: string;
  /** Milliseconds to wait for another run. */
  readonly lockTimeout: number;
  readonly encryptTo: readonly string[];
}

export function talkOptions(): readonly Option[] {
  return [
    new Option("--no-color", "no colors (also with NO_COLOR, or when output is not a terminal)"),
    new Option("--quiet", "print no progress, remarks or warnings").default(false),
    new Option("--verbose", "print more: waits, and details of errors").default(false),
  ];
}

/** @param command - whose formats they are */
export function printOptions(command: keyof typeof formats): readonly Option[] {
  return [
    new Option("--format <format>", "format of the result").choices(formats[command]).default("text"),
    redactOption(),
    ...talkOptions(),
  ];
}

export function redactOption(): Option {
  return new Option(
    "--redact [level]",
    "hide people: partial (initials) or full; the default depends on who can read the output of the CI run; JSON is redacted only with this option",
  )
    .choices(redactions)
    .preset("partial");
}

export function configOption(): Option {
  return new Option("-c, --config <path>", "config file or folder (default: ./galops.yaml or ./galops/)");
}

export function runOptions(command: keyof typeof formats): readonly Option[] {
  return [
    new Option("--sync <name>", "only this sync (repeatable)").argParser(collected).default([], "all"),
    new Option("--mailbox <address>", "only this mailbox (repeatable)")
      .argParser(collected)
      .default([], "all"),
    new Option(
      "--sweep",
      "also search mailboxes that are no longer targets, and remove what the syncs created there",
    ).default(false),
    allowOption(),
    parallelismOption(),
    configOption(),
    ...printOptions(command),
  ];
}

export function writeOptions(): readonly Option[] {
  return [
    journalOption(),
    new Option("--lock-timeout <time>", "how long to wait for another run of this config, e.g. 30s, 5m")
      .argParser(duration)
      .default(0, "do not wait"),
    encryptOption("journal"),
  ];
}

export function journalOption(): Option {
  return new Option(
    "--journal <folder>",
    "where runs are recorded (default: .galops/runs beside the config)",
  );
}

export function allowOption(): Option {
  return new Option(
    "--allow <limit=number>",
    "permit exactly this many people beyond a limit, e.g. deletes=412 (repeatable)",
  )
    .argParser(collected)
    .default([], "none");
}

export function parallelismOption(): Option {
  return new Option("--parallelism <number>", "mailboxes to process at a time, 1 to 64")
    .argParser(parallelism)
    .default(8);
}

/** @param what - is encrypted */
export function encryptOption(what: "journal" | "plan"): Option {
  return new Option("--encrypt-to <recipient>", `encrypt the ${what} for an age recipient (repeatable)`)
    .argParser(collected)
    .default([], "nobody");
}

const unitMs: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

export function maxAgeOption(): Option {
  return new Option("--max-age <time>", "refuse a saved plan that is older, e.g. 90m, 12h, 7d")
    .argParser(duration)
    .default(7 * 86_400_000, "7d");
}

function collected(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}

function parallelism(text: string): number {
  const number = /^\d{1,2}$/.test(text) ? Number(text) : 0;
  if (number < 1 || number > 64) throw new InvalidArgumentError("Expected a number from 1 to 64.");
  return number;
}

function duration(text: string): number {
  const { count, unit = "" } = /^(?<count>\d{1,5})(?<unit>[smhd])$/.exec(text)?.groups ?? {};
  const ms = unitMs[unit];
  if (ms === undefined) throw new InvalidArgumentError("Write a number and s, m, h or d, e.g. 12h.");
  return Number(count) * ms;
}
