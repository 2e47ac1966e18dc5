import { readFileSync } from "node:fs";
import type { Context } from "../../model/context.ts";
import { exitCode } from "../exit-code.ts";
import type { ExitCode } from "../exit-code.ts";

export function version(): string {
  const text = readFileSync(new URL("../../../package.json", import.meta.url), "utf8");
  // Our own package.json; the package test holds it.
  return (JSON.parse(text) as { version: string }).version;
}

export async function runVersion(context: Context): Promise<ExitCode> {
  await context.stdout.write(`galops ${version()}\n`);
  return exitCode.done;
}
