import type { Context } from "../../model/context.ts";
import { exitCode } from "../interface/exit-code.ts";
import type { ExitCode } from "../interface/exit-code.ts";
import { version } from "../interface/version.ts";

export async function runVersion(context: Context): Promise<ExitCode> {
  await context.stdout.write(`galops ${version()}\n`);
  return exitCode.done;
}
