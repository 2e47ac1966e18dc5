import { createProcessContext } from "./process-context.ts";
import { run } from "./program.ts";

/** The program as a process: it ends with the exit code of the command. */
export async function main(): Promise<void> {
  const context = createProcessContext();
  const code = await run(process.argv.slice(2), context);
  // Nothing is waited for any more: output was handed on, and sockets that are kept alive must not keep the process.
  process.exit(code);
}
