import { readFile } from "node:fs/promises";
import type { ApplyResult, ApplySummary, Failure } from "../../model/apply-result.ts";
import type { Diagnostic } from "../../model/diagnostic.ts";
import { commandError } from "../interface/command-error.ts";

/** What `galops apply --format json` printed. */
export type ApplyOutput =
  | { readonly kind: "made"; readonly result: ApplyResult }
  /** It printed a plan: what goes beyond the approved one. */
  | { readonly kind: "refused"; readonly diagnostics: readonly Diagnostic[] }
  /** It ended before it had anything to print. */
  | { readonly kind: "nothing" };

type Json = Readonly<Record<string, unknown>>;

/** @throws {CommandError} for what is something else */
export async function readApplyOutput(file: string): Promise<ApplyOutput> {
  const text = await readFile(file, "utf8").catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return "";
    throw error;
  });
  if (text.trim() === "") return { kind: "nothing" };
  const output = objectIn(text);
  if (output === null || typeof output["summary"] !== "object" || !Array.isArray(output["diagnostics"])) {
    throw notAnOutput(file);
  }
  const diagnostics = (output["diagnostics"] as readonly FlatDiagnostic[]).map(withPlace);
  if (Array.isArray(output["syncs"])) {
    const names = namesIn(output["syncs"]);
    return { kind: "refused", diagnostics: diagnostics.map((one) => ({ ...one, names })) };
  }
  if (typeof output["run"] !== "string" || !Array.isArray(output["failures"])) throw notAnOutput(file);
  const result: ApplyResult = {
    run: output["run"],
    // Written by galops itself, of this version; nobody else has a reason to write one.
    summary: output["summary"] as ApplySummary,
    failures: output["failures"] as readonly Failure[],
    unlistedFailures: Number(output["unlistedFailures"]),
    alreadyDone: Number(output["alreadyDone"]),
    interrupted: output["interrupted"] === true,
    incomplete: output["incomplete"] as readonly string[],
    diagnostics,
  };
  return { kind: "made", result };
}

type FlatDiagnostic = Omit<Diagnostic, "place"> & {
  readonly file: string | null;
  readonly line: number | null;
  readonly column: number | null;
};

function withPlace({ severity, code, summary, detail, file, line, column }: FlatDiagnostic): Diagnostic {
  const place = file === null || line === null || column === null ? null : { file, line, column };
  return { severity, code, summary, detail, place };
}

/** Of all people in the changes of a plan: they may stand in its diagnostics, too. */
function namesIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(namesIn);
  if (typeof value !== "object" || value === null) return [];
  const { displayName, books, changes } = value as Json;
  return [...(typeof displayName === "string" ? [displayName] : []), ...namesIn(books), ...namesIn(changes)];
}

function objectIn(text: string): Json | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as Json) : null;
  } catch {
    return null;
  }
}

function notAnOutput(file: string): Error {
  return commandError(
    "not-an-apply-result",
    "This is not what galops apply printed",
    `${file} is not the output of galops apply --format json. Give the file that its stdout was written to.`,
  );
}
