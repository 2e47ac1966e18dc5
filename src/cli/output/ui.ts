import type { ApplyResult } from "../../model/apply-result.ts";
import type { Context, Output } from "../../model/context.ts";
import type { Diagnostic } from "../../model/diagnostic.ts";
import type { PlanHeader, PlanRecord } from "../../model/plan.ts";
import { redactDiagnostic } from "../../render/redaction/redact-diagnostic.ts";
import { redactHeader, redactPlan } from "../../render/redaction/redact-plan.ts";
import { redactResult } from "../../render/redaction/redact-result.ts";
import type { Redaction } from "../../render/redaction/redaction.ts";
import { createRedactors } from "../../render/redaction/redactor.ts";
import type { Redactor } from "../../render/redaction/redactor.ts";
import type { Format } from "../interface/formats.ts";
import type { NextCommands } from "../interface/next-commands.ts";
import { createPseudonyms } from "./pseudonyms.ts";
import { redactionLevels } from "./redaction-levels.ts";
import type { RedactionLevels } from "./redaction-levels.ts";
import type { Spool } from "../plans/spool.ts";

/**
 * How a command talks: results to stdout, everything else to stderr. The one place where text leaves the program, and
 * hence where people are hidden in it.
 */
export interface Ui {
  readonly format: Format;
  readonly quiet: boolean;
  readonly verbose: boolean;
  /** Whether text on stdout has colours. */
  readonly color: boolean;
  readonly columns: number;
  /** How much of people the result hides. */
  readonly redaction: Redaction;
  /** stderr, for what is drawn there while it goes on. */
  readonly log: Output;
  /** A plan as the result may show it (`result`), or as it may be shown beside the result (`log`). */
  records(plan: Pick<Spool, "records" | "text">, where: "result" | "log"): AsyncIterable<PlanRecord>;
  header(plan: Spool): Promise<PlanHeader>;
  outcome(result: ApplyResult): ApplyResult;
  diagnostics(diagnostics: readonly Diagnostic[]): readonly Diagnostic[];
  /** The result, to stdout: made of what the four above gave. */
  print(parts: Iterable<string> | AsyncIterable<string>): Promise<void>;
  /** A remark, to stderr; not made with --quiet. */
  remark(text: string): Promise<void>;
  /** What an apply could not do or left alone, to stderr; with --quiet only what failed. */
  failures(
    result: ApplyResult,
    about: { readonly undoes: string | null; readonly commands: NextCommands },
  ): Promise<void>;
  /** Diagnostics, to stderr; warnings are left out with --quiet. */
  report(diagnostics: readonly Diagnostic[]): Promise<void>;
}

export interface UiOptions {
  readonly format?: Format;
  readonly color: boolean;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
  readonly redact?: Redaction;
}

/** @throws {CommandError} when people would be shown to everybody */
export function createUi(options: UiOptions, context: Context): Ui {
  return createUiAt(redactionLevels(options.redact, options.format ?? "text", context.env), options, context);
}

/** For what is said without a result. */
export function createUiAt(levels: RedactionLevels, options: UiOptions, context: Context): Ui {
  const { stdout, stderr, env } = context;
  const { format = "text", quiet = false, verbose = false } = options;
  const colored = (output: Output): boolean => options.color && mayColor(output, context);
  const pseudonyms = createPseudonyms(env);
  const redactors = createRedactors(pseudonyms.codeOf);
  const redactor = {
    result: redactors(levels.result),
    log: redactors(levels.log),
  };
  const log = guarded(stderr, redactor.log);
  return {
    format,
    quiet,
    verbose,
    color: colored(stdout),
    columns: stdout.columns,
    redaction: levels.result,
    log,
    async header(plan) {
      if (levels.result !== "none") await pseudonyms.settle(() => plan.text());
      return redactHeader(plan.header, redactor.result);
    },
    async *records(plan, where) {
      if (levels[where] !== "none") await pseudonyms.settle(() => plan.text());
      yield* redactPlan(plan.records(), redactor[where]);
    },
    outcome: (result) => redactResult(result, redactor.result),
    diagnostics: (diagnostics) => diagnostics.map((one) => redactDiagnostic(one, redactor.result)),
    async print(parts) {
      for await (const part of parts) await stdout.write(part);
    },
    async remark(text) {
      if (!quiet) await log.write(text);
    },
    async failures(result, { undoes, commands }) {
      const failures = quiet ? result.failures.filter(({ status }) => status === "failed") : result.failures;
      const { renderFailures } = await import("../../render/result.ts");
      const shown = redactResult({ ...result, failures }, redactor.log);
      const text = renderFailures(shown, {
        color: colored(stderr),
        columns: stderr.columns,
        isRollback: undoes !== null,
        again: undoes === null ? commands.apply : commands.rollback(undoes),
        plan: commands.plan,
      });
      if (text !== "") await log.write(`\n${text}`);
    },
    async report(diagnostics) {
      const all = quiet ? diagnostics.filter(({ severity }) => severity === "error") : diagnostics;
      if (all.length === 0) return;
      const shown = mostSevere(all, mostReported);
      const { renderDiagnostics } = await import("../../render/diagnostics.ts");
      const { columns } = stderr;
      const redacted = shown.map((one) => redactDiagnostic(one, redactor.log));
      await log.write(renderDiagnostics(redacted, { color: colored(stderr), columns }));
      const left = all.length - shown.length;
      if (left > 0) await log.write(`\n${left} more are not shown; --format json has all of them.\n`);
    },
  };
}

/** Errors and warnings that are told at once: of more than that nobody reads the rest. */
const mostReported = 1_000;

/** In their order, errors rather than warnings where there is not room for all. */
function mostSevere(diagnostics: readonly Diagnostic[], most: number): readonly Diagnostic[] {
  if (diagnostics.length <= most) return diagnostics;
  const errors = diagnostics.filter(({ severity }) => severity === "error").slice(0, most);
  const warnings = diagnostics.filter(({ severity }) => severity !== "error");
  const kept = new Set([...errors, ...warnings.slice(0, most - errors.length)]);
  return diagnostics.filter((one) => kept.has(one));
}

/** Whatever is written, however it came there: what looks like a person in it is hidden. */
function guarded(output: Output, redactor: Redactor): Output {
  return {
    isTTY: output.isTTY,
    get columns() {
      return output.columns;
    },
    write: (text) => output.write(redactor.text(text)),
  };
}

/** @see https://no-color.org and https://force-color.org (for logs that are no terminal and show colours) */
function mayColor(output: Output, { env }: Context): boolean {
  if (env["NO_COLOR"]) return false;
  if (env["FORCE_COLOR"]) return env["FORCE_COLOR"] !== "0";
  return output.isTTY && env["TERM"] !== "dumb";
}
