import { InvalidArgumentError, Option } from "commander";
import { redactions } from "../render/redaction/redaction.ts";
import type { Redaction } from "../render/redaction/redaction.ts";
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
  readonly allow: readonly string[];
  /** Mailboxes at a time. */
  readonly parallelism: number;
}

export function talkOptions(): readonly Option[] {
  return [
    new Option("--no-color", "no colours (also NO_COLOR, or output that is not a terminal)"),
    new Option("--quiet", "no progress, no remarks, no warnings").default(false),
    new Option("--verbose", "say more: waits, and details of errors").default(false),
  ];
}

/** @param command - whose formats they are */
export function printOptions(command: keyof typeof formats): readonly Option[] {
  return [
    new Option("--format <format>", "how to print the result").choices(formats[command]).default("text"),
    new Option(
      "--redact [level]",
      "hide people: partial (initials) or full; by default as CI and its readers ask for",
    )
      .choices(redactions)
      .preset("partial"),
    ...talkOptions(),
  ];
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
      "--allow <limit=number>",
      "let exactly so many people pass a limit, e.g. deletes=412 (repeatable)",
    )
      .argParser(collected)
      .default([], "none"),
    new Option("--parallelism <number>", "mailboxes at a time, 1 to 64").argParser(parallelism).default(8),
    configOption(),
    ...printOptions(command),
  ];
}

const unitMs: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };

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
  if (number < 1 || number > 64) throw new InvalidArgumentError("It is a number from 1 to 64.");
  return number;
}

function duration(text: string): number {
  const { count, unit = "" } = /^(?<count>\d{1,5})(?<unit>[mhd])$/.exec(text)?.groups ?? {};
  const ms = unitMs[unit];
  if (ms === undefined) throw new InvalidArgumentError("Write a number and m, h or d, e.g. 12h.");
  return Number(count) * ms;
}
