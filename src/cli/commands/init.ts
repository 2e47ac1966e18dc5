import { randomUUID } from "node:crypto";
import { appendFile, mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Context } from "../../model/context.ts";
import { commandError } from "../interface/command-error.ts";
import { exitCode } from "../interface/exit-code.ts";
import type { ExitCode } from "../interface/exit-code.ts";
import type { TalkOptions } from "../interface/options.ts";
import {
  completedWorkflow,
  ignoreText,
  isIncompleteWorkflow,
  starterFiles,
  workflowFile,
} from "../job/starter.ts";
import type { ActionsPlace } from "../job/starter.ts";
import { createUi } from "../output/ui.ts";
import type { Ui } from "../output/ui.ts";

export interface InitOptions extends TalkOptions {
  /** `owner/repository@ref` of the reusable workflows. */
  readonly actions?: string;
}

/** Writes a config, a workflow and what git is to ignore; what is there already stays as it is. */
export async function runInit(
  folder: string | undefined,
  options: InitOptions,
  context: Context,
): Promise<ExitCode> {
  const ui = createUi(options, context);
  const actions = options.actions === undefined ? null : actionsPlace(options.actions);
  const root = path.resolve(context.cwd, folder ?? ".");
  for (const [name, text] of starterFiles({ owner: randomUUID(), actions })) {
    const file = path.join(root, name);
    await mkdir(path.dirname(file), { recursive: true });
    await say(ui, name, (await writeNew(file, text)) ? "made" : await keep(name, file, actions));
  }
  await ui.remark("\nNext: put your tenant into galops.yaml, then galops validate and galops plan.\n");
  if (isIncompleteWorkflow(await readFile(path.join(root, workflowFile), "utf8"))) {
    await ui.remark(
      `${workflowFile} does not run yet: galops init --actions OWNER/galops@COMMIT says which galops it is to use.\n`,
    );
  }
  return exitCode.done;
}

/** Never over what is there, not even what came to be there this moment. */
async function writeNew(file: string, text: string): Promise<boolean> {
  try {
    await writeFile(file, text, { flag: "wx" });
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  }
}

/** Lines are added to what git ignores, and what was left open in the workflow is filled in; all else is left alone. */
async function keep(name: string, file: string, actions: ActionsPlace | null): Promise<string> {
  const text = await readFile(file, "utf8");
  const workflow = name === workflowFile && actions !== null ? completedWorkflow(text, actions) : null;
  if (workflow !== null && actions !== null) {
    await writeFile(file, workflow);
    return `uses ${actions.repository}@${actions.ref} now`;
  }
  if (name !== ".gitignore") return "is there already, left alone";
  const lines = new Set(text.split(/\r?\n/u));
  const missing = ignoreText.split("\n").filter((line) => line !== "" && !lines.has(line));
  if (missing.length === 0) return "has all it needs";
  await appendFile(file, `${text === "" || text.endsWith("\n") ? "" : "\n"}${missing.join("\n")}\n`);
  return `got ${missing.join(", ")}`;
}

async function say(ui: Ui, name: string, what: string): Promise<void> {
  await ui.print([`${name}: ${what}\n`]);
}

function actionsPlace(text: string): ActionsPlace {
  const { repository, ref } =
    /^(?<repository>[\w.-]+\/[\w.-]+)@(?<ref>[\w.-][\w./-]*)$/u.exec(text)?.groups ?? {};
  if (repository !== undefined && ref !== undefined) return { repository, ref };
  throw commandError(
    "no-such-actions",
    "This names no workflows",
    `--actions ${text} is not like owner/galops@commit: the repository that holds galops, and the commit at which to use it.`,
  );
}
