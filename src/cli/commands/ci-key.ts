import { writeFile } from "node:fs/promises";
import path from "node:path";
import type { Context } from "../../model/context.ts";
import { exitCode } from "../interface/exit-code.ts";
import type { ExitCode } from "../interface/exit-code.ts";
import type { TalkOptions } from "../interface/options.ts";
import { createUi } from "../output/ui.ts";

/**
 * Makes an age key for the time of one job: what is saved for a recipient whose key is elsewhere can be read by the
 * next step, too. The identity goes to a file, readable by its owner only; the recipient is printed.
 */
export async function runCiKey(file: string, options: TalkOptions, context: Context): Promise<ExitCode> {
  const { newKey } = await import("../../seal/age.ts");
  const { identity, recipient } = await newKey();
  await writeFile(path.resolve(context.cwd, file), `${identity}\n`, { flag: "wx", mode: 0o600 });
  await createUi(options, context).print([`${recipient}\n`]);
  return exitCode.done;
}
