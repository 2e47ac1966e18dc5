import { createProcessContext } from "./process/process-context.ts";
import type { ExitCode } from "./interface/exit-code.ts";

/** The program as a process: it ends with the exit code of the command. */
export async function main(): Promise<void> {
  const code = await runArguments(process.argv.slice(2));
  // Nothing is waited for any more: output was handed on, and sockets that are kept alive must not keep the process.
  process.exit(code);
}

/** Scripts ask for the version again and again; reading the command line properly takes longer than Node's own start. */
async function runArguments(argv: readonly string[]): Promise<ExitCode> {
  const context = createProcessContext();
  if (argv.length === 1 && /^(?:version|--version|-V)$/.test(argv[0] ?? "")) {
    const { runVersion } = await import("./commands/version.ts");
    const code = await runVersion(context).catch(() => null);
    // What failed will fail again, where it is told.
    if (code !== null) return code;
  }
  const { run } = await import("./program.ts");
  return await run(argv, context);
}
