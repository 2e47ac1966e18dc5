import { readFile } from "node:fs/promises";
import type { ApplyResult, ApplySummary, Failure } from "../../model/apply-result.ts";
import type { Diagnostic } from "../../model/diagnostic.ts";
import type { PlanRecord } from "../../model/plan.ts";
import { commandError } from "../interface/command-error.ts";
import { printedRecords } from "./printed-plan.ts";
import type { PrintedPlan } from "./printed-plan.ts";

/** What `galops apply --format json` printed. */
export type ApplyOutput =
  | { readonly kind: "made"; readonly result: ApplyResult }
  /** It printed a plan: what goes beyond the approved one. */
  | {
      readonly kind: "refused";
      readonly diagnostics: readonly Diagnostic[];
      readonly records: () => AsyncIterable<PlanRecord>;
      /** All that was printed. */
      readonly text: () => AsyncIterable<string>;
    }
  /** It printed why it did not begin. */
  | { readonly kind: "failed"; readonly diagnostics: readonly Diagnostic[] }
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
  if (output === null || !Array.isArray(output["diagnostics"])) throw notAnOutput(file);
  const diagnostics = (output["diagnostics"] as readonly FlatDiagnostic[]).map(withPlace);
  if (Object.keys(output).length === 1) return { kind: "failed", diagnostics };
  if (typeof output["summary"] !== "object") throw notAnOutput(file);
  // What follows galops itself wrote, of this version; nobody else has a reason to write one.
  if (Array.isArray(output["syncs"])) {
    const plan = output as unknown as PrintedPlan;
    const records = (): AsyncIterable<PlanRecord> => printedRecords(plan, diagnostics);
    return { kind: "refused", diagnostics, records, text: () => whole(text) };
  }
  const { run } = output;
  if ((run !== null && typeof run !== "string") || !Array.isArray(output["failures"]))
    throw notAnOutput(file);
  const result: ApplyResult = {
    run,
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

async function* whole(text: string): AsyncGenerator<string> {
  yield text;
}

type FlatDiagnostic = Omit<Diagnostic, "place"> & {
  readonly file: string | null;
  readonly line: number | null;
  readonly column: number | null;
};

function withPlace(flat: FlatDiagnostic): Diagnostic {
  const { severity, code, summary, detail, file, line, column, names } = flat;
  const place = file === null || line === null || column === null ? null : { file, line, column };
  return {
    severity,
    code,
    summary,
    detail,
    place,
    ...(names === undefined ? {} : { names }),
  };
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
    "The file is not the output of galops apply",
    `${file} is not the output of galops apply --format json. Give the file to which its stdout was written.`,
  );
}
