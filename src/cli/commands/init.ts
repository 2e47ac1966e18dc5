import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
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
  repinnedSchema,
  repinnedWorkflow,
  starterFiles,
  usedPlace,
  workflowFile,
} from "../job/starter.ts";
import type { ActionsPlace } from "../job/starter.ts";
import { defaultBranch } from "../process/default-branch.ts";
import { createUi } from "../output/ui.ts";
import type { Ui } from "../output/ui.ts";

export interface InitOptions extends TalkOptions {
  /** `owner/repository@ref` of the reusable workflows. */
  readonly actions?: string;
}

/** Writes a config, a workflow and what git is to ignore; what is there already stays as it is, but for its pin. */
export async function runInit(
  folder: string | undefined,
  options: InitOptions,
  context: Context,
): Promise<ExitCode> {
  const ui = createUi(options, context);
  const actions = options.actions === undefined ? null : actionsPlace(options.actions);
  const root = path.resolve(context.cwd, folder ?? ".");
  await makeFolder(path.join(root, path.dirname(workflowFile)));
  const before = actions === null ? null : usedPlace(await readIfThere(path.join(root, workflowFile)));
  const branch = defaultBranch(root) ?? "main";
  for (const [name, text] of starterFiles({ owner: randomUUID(), actions, branch })) {
    const file = path.join(root, name);
    await say(
      ui,
      name,
      (await writeNew(file, text)) ? madeNote(name, branch) : await keep(name, file, actions, before),
    );
  }
  if (actions !== null) await checkPin(path.join(root, workflowFile), actions, ui);
  await ui.remark("\nNext: enter your tenant in galops.yaml, then run galops validate and galops plan.\n");
  if (isIncompleteWorkflow(await readFile(path.join(root, workflowFile), "utf8"))) {
    await ui.remark(
      `${workflowFile} does not run yet. Run galops init --actions OWNER/galops@COMMIT to set the galops version that it uses.\n`,
    );
  }
  return exitCode.done;
}

function madeNote(name: string, branch: string): string {
  return name === workflowFile ? `made, applies what is merged into ${branch}` : "made";
}

/** Node's own way of making a folder with those above it never ends where one above it takes no folders (/proc). */
async function makeFolder(folder: string): Promise<void> {
  const make = async (): Promise<string> =>
    await mkdir(folder).then(
      () => "",
      (error: unknown) => {
        const code = error instanceof Error && "code" in error ? error.code : null;
        if (code === "EEXIST" || code === "ENOENT") return code;
        throw error;
      },
    );
  if ((await make()) !== "ENOENT") return;
  if (path.dirname(folder) !== folder) await makeFolder(path.dirname(folder));
  if ((await make()) === "ENOENT") {
    throw commandError(
      "no-such-folder",
      "The folder cannot be created",
      `${folder} cannot be created. Check the path.`,
    );
  }
}

async function readIfThere(file: string): Promise<string> {
  return existsSync(file) ? await readFile(file, "utf8") : "";
}

/** Whether the workflow uses what was asked for, and whether that stays what it is. */
async function checkPin(file: string, { repository, ref }: ActionsPlace, ui: Ui): Promise<void> {
  const used = usedPlace(await readFile(file, "utf8"));
  if (used?.repository !== repository || used.ref !== ref) {
    const now = used === null ? "more than one version of galops, or none" : `${used.repository}@${used.ref}`;
    throw commandError(
      "workflow-not-changed",
      "The workflow does not use the requested galops",
      `${workflowFile} differs from what galops init wrote, so it was not changed, and it uses ${now}. Write @${ref} after each \`uses: ${repository}/.github/workflows/…\` in it. Or move it away, run this again, and redo your changes.`,
    );
  }
  if (/^[0-9a-f]{40}$/u.test(ref)) return;
  await ui.report([
    {
      severity: "warning",
      code: "actions-not-pinned",
      summary: "The workflow uses a version of galops that can change",
      detail: `${ref} is not a full commit (40 digits). Anyone who can move a branch or tag of ${repository} decides what runs with access to your tenant. Name the commit: git ls-remote https://github.com/${repository} ${ref}`,
      place: null,
    },
  ]);
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

/** Lines are added to what git ignores, and what says which galops is used is brought up to date; all else is left alone. */
async function keep(
  name: string,
  file: string,
  actions: ActionsPlace | null,
  before: ActionsPlace | null,
): Promise<string> {
  const text = await readFile(file, "utf8");
  if (name === ".gitignore") return await ignoreMore(file, text);
  if (actions === null) return "is there already, left alone";
  const isWorkflow = name === workflowFile;
  const now = isWorkflow
    ? (completedWorkflow(text, actions) ?? repinnedWorkflow(text, actions) ?? text)
    : repinnedSchema(text, before, actions);
  if (now === text) return "is there already, left alone";
  await writeFile(file, now);
  const place = `${actions.repository}@${actions.ref}`;
  return isWorkflow ? `uses ${place} now` : `names the schema of ${place} now`;
}

async function ignoreMore(file: string, text: string): Promise<string> {
  const lines = new Set(text.split(/\r?\n/u));
  const missing = ignoreText.split("\n").filter((line) => line !== "" && !lines.has(line));
  if (missing.length === 0) return "is complete";
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
    "This is not a location of workflows",
    `--actions ${text} is not like owner/galops@commit: the repository that holds galops, and the commit at which to use it.`,
  );
}
