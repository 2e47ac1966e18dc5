import { randomUUID } from "node:crypto";
import { appendFile, stat } from "node:fs/promises";
import type { Environment } from "../model/context.ts";

/** GitHub drops the whole summary of a step that writes more. */
const summaryLimit = 1024 * 1024;

/** Remaining size of this step's summary in bytes. */
export async function summaryRoom(env: Environment): Promise<number> {
  const file = env["GITHUB_STEP_SUMMARY"] ?? "";
  if (file === "") return 0;
  const size = await stat(file).then(
    (found) => found.size,
    () => 0,
  );
  return Math.max(0, summaryLimit - size - 1024);
}

/** Appends to the summary of this step, if it has one. */
export async function addToSummary(env: Environment, markdown: string): Promise<void> {
  const file = env["GITHUB_STEP_SUMMARY"] ?? "";
  if (file !== "") await appendFile(file, `${markdown}\n`);
}

/**
 * Sets outputs of this step, if it can have any. The delimiter is random, so that no value can end its own definition
 * and begin another one.
 *
 * @see https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands#multiline-strings
 */
export async function addOutputs(env: Environment, outputs: Readonly<Record<string, string>>): Promise<void> {
  const file = env["GITHUB_OUTPUT"] ?? "";
  if (file === "") return;
  const text = Object.entries(outputs).map(([name, value]) => {
    const end = `end-${randomUUID()}`;
    return `${name}<<${end}\n${value}\n${end}\n`;
  });
  await appendFile(file, text.join(""));
}
