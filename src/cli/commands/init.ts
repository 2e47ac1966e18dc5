import { randomUUID } from "node:crypto";
import { appendFile, mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Context } from "../../model/context.ts";
import { commandError } from "../command-error.ts";
import { exitCode } from "../exit-code.ts";
import type { ExitCode } from "../exit-code.ts";
import type { TalkOptions } from "../options.ts";
import { ignoreText, starterFiles } from "../starter.ts";
import { createUi } from "../ui.ts";
import type { Ui } from "../ui.ts";

export interface InitOptions extends TalkOptions {
  /** `owner/repository@ref` of the reusable workflows. */
  readonly actions?: string;
}

/** What stands where nobody said which galops the workflows are to use; no repository can be called so. */
const nowhere = { repository: "<owner>/galops", ref: "<commit>" };

/** Writes a config, a workflow and what git is to ignore; what is there already stays as it is. */
export async function runInit(
  folder: string | undefined,
  options: InitOptions,
  context: Context,
): Promise<ExitCode> {
  const ui = createUi(options, context);
  const place = options.actions === undefined ? nowhere : actionsPlace(options.actions);
  const root = path.resolve(context.cwd, folder ?? ".");
  for (const [name, text] of starterFiles({ owner: randomUUID(), ...place })) {
    const file = path.join(root, name);
    await mkdir(path.dirname(file), { recursive: true });
    await say(ui, name, (await writeNew(file, text)) ? "made" : await keep(name, file));
  }
  const uses = place === nowhere ? " In the workflow, replace <owner>/galops@<commit>." : "";
  await ui.remark(`\nNext: put your tenant into galops.yaml, then galops validate and galops plan.${uses}\n`);
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

/** Lines are added to what git ignores; all else is left alone. */
async function keep(name: string, file: string): Promise<string> {
  if (name !== ".gitignore") return "is there already, left alone";
  const text = await readFile(file, "utf8");
  const lines = new Set(text.split(/\r?\n/u));
  const missing = ignoreText.split("\n").filter((line) => line !== "" && !lines.has(line));
  if (missing.length === 0) return "has all it needs";
  await appendFile(file, `${text === "" || text.endsWith("\n") ? "" : "\n"}${missing.join("\n")}\n`);
  return `got ${missing.join(", ")}`;
}

async function say(ui: Ui, name: string, what: string): Promise<void> {
  await ui.print([`${name}: ${what}\n`]);
}

function actionsPlace(text: string): { readonly repository: string; readonly ref: string } {
  const { repository, ref } =
    /^(?<repository>[\w.-]+\/[\w.-]+)@(?<ref>[\w.-][\w./-]*)$/u.exec(text)?.groups ?? {};
  if (repository !== undefined && ref !== undefined) return { repository, ref };
  throw commandError(
    "no-such-actions",
    "This names no workflows",
    `--actions ${text} is not like owner/galops@commit: the repository that holds galops, and the commit at which to use it.`,
  );
}
