import { createReadStream } from "node:fs";
import { lstat, open, rename, stat, unlink } from "node:fs/promises";
import path from "node:path";
import type { PlanRecord } from "../../model/plan.ts";
import { decodePlan } from "../../plan-format/codec.ts";
import type { Keys } from "../../seal/keys.ts";
import { linesOf } from "./lines.ts";
import { namingFile } from "./naming-file.ts";

/**
 * Writes a plan so that it is there completely or not at all, readable by its owner only. A symbolic link in its
 * place is replaced, not followed; but what is no file (a pipe, a device) is written to as it is.
 *
 * @param random - names the file that is written before it takes its place
 * @throws the error of the file system (ENOSPC, EACCES, …), after what was written is gone
 */
export async function writePlanFile(
  file: string,
  text: AsyncIterable<string | Uint8Array>,
  random: () => number,
): Promise<void> {
  await refuseFolder(file);
  const found = await stat(file).catch(() => null);
  if (found !== null && !found.isFile()) return await writeInto(file, text);
  const tail = Math.floor(random() * 2 ** 32).toString(36);
  const unfinished = path.join(path.dirname(file), `.${path.basename(file)}.${tail}.tmp`);
  const handle = await open(unfinished, "wx", 0o600);
  try {
    for await (const chunk of text) await handle.appendFile(chunk);
    await handle.sync();
    await handle.close();
    await rename(unfinished, file);
  } catch (error) {
    await handle.close().catch(() => {});
    await unlink(unfinished).catch(() => {});
    throw error;
  }
}

async function writeInto(file: string, text: AsyncIterable<string | Uint8Array>): Promise<void> {
  const handle = await open(file, "w");
  try {
    for await (const chunk of text) await handle.writeFile(chunk);
  } finally {
    await handle.close();
  }
}

async function refuseFolder(file: string): Promise<void> {
  const found = await lstat(file).catch(() => null);
  if (found?.isDirectory() !== true) return;
  throw Object.assign(new Error(`${file} is a folder.`), { code: "EISDIR", path: file });
}

/**
 * The records of a saved plan, encrypted or not.
 *
 * @param shown - the file as the user named it, for what is wrong with it
 * @param plain - whether one that is not encrypted is accepted
 * @throws {PlanFormatError}
 * @throws {SealError} when it is encrypted and the keys do not open it; or not encrypted, and refused
 * @throws the error of the file system
 */
export async function* readPlanFile(
  file: string,
  keys: Keys,
  shown = file,
  plain: "accepted" | "refused" = "accepted",
): AsyncGenerator<PlanRecord> {
  const { openText } = await import("../../seal/sealed-text.ts");
  try {
    yield* decodePlan(linesOf(openText(createReadStream(file), keys, plain)));
  } catch (error) {
    throw namingFile(error, shown);
  }
}
