import type { Environment } from "../../model/context.ts";
import { redactions } from "../../render/redaction/redaction.ts";
import type { Redaction } from "../../render/redaction/redaction.ts";
import { commandError } from "../interface/command-error.ts";
import type { Format } from "../interface/formats.ts";
import { readersOfLog } from "../process/repository.ts";
import type { Readers } from "../process/repository.ts";

/** How much of people is hidden in the result (stdout) and in what is told beside it (stderr). */
export interface RedactionLevels {
  readonly result: Redaction;
  readonly log: Redaction;
}

/**
 * What was asked for, or else what fits those who can read it. JSON is for programs and is redacted only when asked.
 *
 * @throws {CommandError} when people would be shown to everybody
 */
export function redactionLevels(
  asked: Redaction | undefined,
  format: Format,
  env: Environment,
): RedactionLevels {
  const readers = readersOfLog(env);
  if (asked === "none" && (readers === "public" || readers === "unknown")) throw refusal(readers);
  const level = asked ?? defaults[readers];
  return { result: asked === undefined && format === "json" ? "none" : level, log: level };
}

/** The same for what is said before the options are known, or when they are wrong: never less than the default. */
export function redactionOfLog(argv: readonly string[], env: Environment): Redaction {
  const asked = askedFor(argv);
  const least = defaults[readersOfLog(env)];
  if (asked === "none" && least === "full") return least;
  return asked ?? least;
}

const defaults: Readonly<Record<Readers, Redaction>> = {
  nowhere: "none",
  private: "partial",
  public: "full",
  // What cannot be taken back is not risked.
  unknown: "full",
};

function askedFor(argv: readonly string[]): Redaction | undefined {
  const index = argv.findLastIndex((argument) => /^--redact(?:=|$)/u.test(argument));
  const argument = argv[index];
  if (argument === undefined) return undefined;
  const value = argument.includes("=") ? argument.slice("--redact=".length) : (argv[index + 1] ?? "");
  return redactions.find((level) => level === value) ?? "partial";
}

function refusal(readers: Readers): Error {
  const why =
    readers === "public"
      ? "The repository is public, and so is the output of its runs."
      : "GitHub does not say whether the repository is private, so the output of its runs may be public.";
  return commandError(
    "redaction-refused",
    "People must not be shown in public",
    `${why} Personal data cannot be withdrawn once it is there. Remove --redact none, or use ` +
      "--redact partial, which shows initials and the domains of addresses.",
  );
}
