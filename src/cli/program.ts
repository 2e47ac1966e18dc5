import { Command, CommanderError } from "commander";
import type { Option } from "commander";
import type { Context } from "../model/context.ts";
import type { ApplyOptions } from "./commands/apply.ts";
import type { InitOptions } from "./commands/init.ts";
import type { PlanOptions } from "./commands/plan.ts";
import type { RollbackOptions } from "./commands/rollback.ts";
import type { RunsOptions } from "./commands/runs.ts";
import { addCi } from "./ci-program.ts";
import { runVersion } from "./commands/version.ts";
import { version } from "./interface/version.ts";
import { exitCode } from "./interface/exit-code.ts";
import type { ExitCode } from "./interface/exit-code.ts";
import {
  allowOption,
  configOption,
  encryptOption,
  journalOption,
  maxAgeOption,
  parallelismOption,
  printOptions,
  runOptions,
  talkOptions,
  writeOptions,
} from "./interface/options.ts";
import type { ConfigOptions, PrintOptions } from "./interface/options.ts";
import { redactionOfLog } from "./output/redaction-levels.ts";
import { addSandbox } from "./sandbox-program.ts";
import { createUiAt } from "./output/ui.ts";
import type { Ui } from "./output/ui.ts";

/**
 * Runs one command, come what may to its end: what it has to say is said, and nothing is thrown.
 *
 * @param argv - without the program's own name
 */
export async function run(argv: readonly string[], context: Context): Promise<ExitCode> {
  const saying: Promise<void>[] = [];
  const say = (written: Promise<void>): void => {
    // Whoever waits for it gets the failure; until then it must not count as unhandled.
    written.catch(() => {});
    saying.push(written);
  };
  let code: ExitCode = exitCode.done;
  const program = createProgram(context, (outcome) => (code = outcome));
  const log = logUi(argv, context);
  everywhere(program, (command) =>
    command
      .showHelpAfterError(`(${nameOf(command)} --help shows the usage)`)
      .exitOverride()
      .configureOutput({
        writeOut: (text) => say(context.stdout.write(text)),
        writeErr: (text) => say(log.log.write(text)),
      }),
  );
  try {
    await ended(program.parseAsync([...argv], { from: "user" }), (outcome) => (code = outcome));
    await Promise.all(saying);
  } catch (error) {
    const { reportFailure } = await import("./output/report-failure.ts");
    code = await reportFailure(error, { isVerbose: argv.includes("--verbose"), ui: log, context });
  }
  return code;
}

/** Commander throws also where all is well: after help and version. */
async function ended(parsing: Promise<unknown>, end: (code: ExitCode) => void): Promise<void> {
  try {
    await parsing;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    end(error.exitCode === 0 ? exitCode.done : exitCode.error);
  }
}

/** For what is said before the options are known, and when a command failed before it knew them. */
function logUi(argv: readonly string[], context: Context): Ui {
  const level = redactionOfLog(argv, context.env);
  const options = { color: !argv.includes("--no-color"), quiet: argv.includes("--quiet") };
  return createUiAt({ result: level, log: level }, options, context);
}

type ApprovedOptions = ApplyOptions & { readonly approved?: string };

/** Every command is loaded when it is run, so that the small ones start at once. */
function createProgram(context: Context, end: (code: ExitCode) => void): Command {
  const program = new Command("galops")
    .description("GitOps for the Global Address List: contacts in Microsoft 365, declared in YAML.")
    .version(`galops ${version()}`, "-V, --version", "print the version")
    .helpCommand("help [command]", "print help for a command");
  /** Runs a command that has a result to print, which with JSON is also why it could not begin. */
  const endPrinting = async (
    options: PrintOptions,
    work: (world: Context) => Promise<ExitCode>,
  ): Promise<void> => {
    const { printingFailure } = await import("./output/print-failure.ts");
    end(await printingFailure(options, context, work));
  };
  add(program, "init", "create a starter config, a workflow and a .gitignore", talkOptions())
    .argument("[folder]", "folder to create them in (default: the current one)")
    .option("--actions <owner/repository@commit>", "the galops version that the workflow uses")
    .action(async (folder: string | undefined, options: InitOptions) => {
      const { runInit } = await import("./commands/init.ts");
      end(await runInit(folder, options, context));
    });
  add(program, "validate", "check the config offline, without signing in", [
    configOption(),
    ...printOptions("validate"),
  ])
    .argument("[config]", "config file or folder")
    .action(async (config: string | undefined, options: ConfigOptions, command: Command) => {
      const { runValidate } = await import("./commands/validate.ts");
      const given = withConfig(config, options, command);
      await endPrinting(given, (world) => runValidate(given, world));
    });
  add(program, "plan", "show what would change, without changing it", runOptions("plan"))
    .argument("[config]", "config file or folder")
    .option(
      "--base <path>",
      "separate the changes that this config causes from those the config at path would also make",
    )
    .option("-o, --out <file>", "save the plan for galops apply")
    .addOption(encryptOption("plan"))
    .option("--detailed-exitcode", "exit with 2 if there are changes", false)
    .action(async (config: string | undefined, options: PlanOptions, command: Command) => {
      const { runPlan } = await import("./commands/plan.ts");
      const given = withConfig(config, options, command);
      await endPrinting(given, (world) => runPlan(given, world));
    });
  add(program, "apply", "apply a saved plan, or plan, ask and apply", [
    ...runOptions("apply"),
    ...writeOptions(),
  ])
    .argument("[file]", "a plan saved by galops plan -o")
    .option("--approved <file>", "plan again, and apply only if this saved plan contains every change")
    .option("--auto-approve", "apply without asking", false)
    .addOption(maxAgeOption())
    .action(async (file: string | undefined, options: ApprovedOptions, command: Command) => {
      if (options.approved !== undefined) {
        if (file !== undefined)
          command.error("error: give a saved plan to apply, or --approved to plan again, not both");
        const { runApplyApproved } = await import("./commands/apply-approved.ts");
        const { approved } = options;
        await endPrinting(options, (world) => runApplyApproved(approved, options, world));
        return;
      }
      const { runApply } = await import("./commands/apply.ts");
      await endPrinting(options, (world) => runApply(file, options, world));
    });
  add(program, "show", "show a saved plan", printOptions("show"))
    .argument("<file>", "a plan saved by galops plan -o")
    .action(async (file: string, options: PrintOptions) => {
      const { runShow } = await import("./commands/show.ts");
      await endPrinting(options, (world) => runShow(file, options, world));
    });
  add(program, "runs", "list past runs, and which of them can be rolled back", [
    configOption(),
    journalOption(),
    ...printOptions("runs"),
  ]).action(async (options: RunsOptions) => {
    const { runRuns } = await import("./commands/runs.ts");
    await endPrinting(options, (world) => runRuns(options, world));
  });
  add(program, "rollback", "undo a run: plan its inverse, ask and apply", [
    allowOption(),
    parallelismOption(),
    configOption(),
    ...printOptions("rollback"),
    ...writeOptions(),
  ])
    .argument("<run>", "a run that galops runs lists, the start of its name, or: last")
    .option("--auto-approve", "apply without asking", false)
    .action(async (name: string, options: RollbackOptions) => {
      const { runRollback } = await import("./commands/rollback.ts");
      await endPrinting(options, (world) => runRollback(name, options, world));
    });
  addCi(program, context, end);
  addSandbox(program, context, end);
  add(program, "version", "print the version", []).action(async () => end(await runVersion(context)));
  return program;
}

function add(program: Command, name: string, description: string, options: readonly Option[]): Command {
  const command = program.command(name).description(description);
  for (const option of options) command.addOption(option);
  return command;
}

/** As it is typed, e.g. `galops sandbox edit`. */
function nameOf(command: Command): string {
  return command.parent === null ? command.name() : `${nameOf(command.parent)} ${command.name()}`;
}

function everywhere(command: Command, change: (command: Command) => void): void {
  change(command);
  for (const child of command.commands) everywhere(child, change);
}

/** The config may be given as the argument or by the option, not by both. */
function withConfig<Options extends ConfigOptions>(
  config: string | undefined,
  options: Options,
  command: Command,
): Options {
  if (config === undefined) return options;
  if (options.config !== undefined) {
    command.error(`error: the config is given twice, as ${config} and as --config ${options.config}`);
  }
  return { ...options, config };
}
