import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import type { Ended } from "./office.ts";

const bin = fileURLToPath(new URL("../../src/cli/bin.ts", import.meta.url));

/** Runs the program as a process of its own, with nothing in its environment but what is given. */
export async function galopsProcess(
  folder: string,
  env: Readonly<Record<string, string>>,
  ...argv: readonly string[]
): Promise<Ended> {
  const { PATH, NODE_COMPILE_CACHE } = process.env;
  const child = spawn(process.execPath, [bin, ...argv], {
    cwd: folder,
    env: { PATH, NODE_COMPILE_CACHE, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const said = Promise.all([text(child.stdout), text(child.stderr)]);
  const [code] = (await once(child, "close")) as [number];
  const [stdout, stderr] = await said;
  return { code, stdout, stderr };
}
