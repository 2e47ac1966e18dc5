import { InvalidArgumentError, Option } from "commander";

/** Options that every command has. */
export interface TalkOptions {
  readonly color: boolean;
  readonly quiet: boolean;
  readonly verbose: boolean;
}

export interface ConfigOptions extends TalkOptions {
  /** Path of the config; absent: the default one. */
  readonly config?: string;
  readonly format: "text" | "json";
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

export function formatOption(): Option {
  return new Option("--format <format>", "how to print the result").choices(["text", "json"]).default("text");
}

export function configOptions(): readonly Option[] {
  return [
    new Option("-c, --config <path>", "config file or folder (default: ./galops.yaml or ./galops/)"),
    formatOption(),
    ...talkOptions(),
  ];
}

export function runOptions(): readonly Option[] {
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
    ...configOptions(),
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
