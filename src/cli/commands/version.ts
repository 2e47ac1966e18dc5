import packageJson from "../../../package.json" with { type: "json" };
import type { Context } from "../../model/context.ts";
import { exitCode } from "../exit-code.ts";
import type { ExitCode } from "../exit-code.ts";

export function version(): string {
  return packageJson.version;
}

export async function runVersion(context: Context): Promise<ExitCode> {
  await context.stdout.write(`galops ${version()}\n`);
  return exitCode.done;
}
