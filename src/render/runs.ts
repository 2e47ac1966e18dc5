import type { RunShown } from "../model/run.ts";
import { createPaint } from "./color.ts";
import type { Paint } from "./color.ts";
import { harmlessJson } from "../text/harmless-json.ts";
import { harmless } from "./harmless.ts";
import { enumerated } from "./prose.ts";

/** Renders runs as text: one line each, in the given order, followed by why it cannot be rolled back, if so. */
export function renderRunsText(
  runs: readonly RunShown[],
  options: { readonly color: boolean; readonly folder: string },
): string {
  if (runs.length === 0) return `There are no runs in ${harmless(options.folder)}.\n`;
  const paint = createPaint(options.color);
  const rows = runs.map((run) => [run.run, run.header?.command ?? "?", syncsOf(run), wordsOf(run)] as const);
  const widths = [0, 1, 2].map((column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0), headings[column]?.length ?? 0),
  );
  const lineOf = (row: readonly string[]): string =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd();
  const lines = runs.flatMap((run, at) => [lineOf(rows[at] ?? []), ...noteOf(run, paint)]);
  return [paint(lineOf(headings), "bold"), ...lines].map((line) => `${line}\n`).join("");
}

const headings = ["RUN", "COMMAND", "SYNCS", "WHAT WAS DONE"];

/** Renders runs as one JSON document, with one line per run. */
export function renderRunsJson(runs: readonly RunShown[]): string {
  return `{\n"runs": [${runs.map((run) => `\n${harmlessJson(partsOf(run))}`).join(",")}]\n}\n`;
}

function partsOf(shown: RunShown): object {
  const { run, header, state, ended, summary, inDoubt, isEncrypted, problem, obstacle } = shown;
  const { rolledBackBy, isRolledBackPartly } = shown;
  return {
    run,
    command: header?.command ?? null,
    started: header?.started ?? null,
    ended,
    state,
    syncs: header?.syncs.map(({ name }) => name) ?? [],
    summary,
    inDoubt,
    encrypted: isEncrypted,
    undoes: header?.undoes ?? null,
    rolledBackBy,
    rolledBackPartly: isRolledBackPartly,
    canRollBack: obstacle === null,
    obstacle: problem ?? obstacle,
  };
}

function syncsOf({ header }: RunShown): string {
  return harmless(header?.syncs.map(({ name }) => name).join(", ") ?? "?");
}

function wordsOf(run: RunShown): string {
  const { state, header, rolledBackBy, isRolledBackPartly } = run;
  const states = { complete: [], interrupted: ["interrupted"], "cut-off": ["cut off"], unreadable: [] };
  return [
    doneIn(run),
    ...states[state],
    ...(header === null || header.undoes === null ? [] : [`rolled back ${harmless(header.undoes)}`]),
    ...(rolledBackBy === null
      ? []
      : [`${isRolledBackPartly ? "partly " : ""}rolled back by ${harmless(rolledBackBy)}`]),
  ].join("; ");
}

function doneIn({ summary, inDoubt, isEncrypted }: RunShown): string {
  if (summary === null) return isEncrypted ? "(encrypted)" : "(not readable)";
  const { created, updated, deleted, adopted, failed, skipped, renamed = 0 } = summary;
  const counts = [
    [created, "created"],
    [updated, "updated"],
    [deleted, "deleted"],
    [adopted, "adopted"],
    [renamed, renamed === 1 ? "folder renamed" : "folders renamed"],
    [failed, "failed"],
    [skipped, "left alone"],
    [inDoubt, "in doubt"],
  ] as const;
  const found = counts.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`);
  return found.length === 0 ? "nothing" : enumerated(found);
}

function noteOf({ problem, obstacle }: RunShown, paint: Paint): readonly string[] {
  const why = problem ?? obstacle;
  return why === null ? [] : [paint(`  # Cannot be rolled back: ${harmless(why)}`, "yellow")];
}
