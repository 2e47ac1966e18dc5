import type { Diagnostic } from "../model/diagnostic.ts";
import type {
  BookRecord,
  BookRename,
  Change,
  PlanEnd,
  PlanHeader,
  PlanRecord,
  Refusal,
  SyncRecord,
  Waiting,
} from "../model/plan.ts";
import { harmlessJson } from "../text/harmless-json.ts";

/** Version of schemas/plan.schema.json. */
const formatVersion = 1;

/**
 * Renders a plan as one JSON document (schemas/plan.schema.json), streamed while the plan is read, with one line per
 * change. What is known only at the end (id, summary, refusals, diagnostics) comes last. Equal plans give equal bytes,
 * because the document contains no time.
 */
export async function* renderPlanJson(records: AsyncIterable<PlanRecord>): AsyncIterable<string> {
  let syncs = 0;
  let books = 0;
  for await (const record of records) {
    switch (record.type) {
      case "plan":
        yield `{\n"formatVersion": ${formatVersion},\n"configDigest": ${harmlessJson(record.configDigest)},\n${allowancesJson(record)}"syncs": [`;
        break;
      case "sync":
        yield `${endOfBooks(syncs)}${comma(syncs)}\n${syncStart(record)}`;
        syncs++;
        books = 0;
        break;
      case "book":
        yield `${comma(books)}\n${bookJson(record)}`;
        books++;
        break;
      case "end":
        yield `${endOfBooks(syncs)}\n],\n${endJson(record)}\n}\n`;
        break;
    }
  }
}

/** Renders diagnostics alone, or with the syncs that a mesh stands for, as one JSON document. */
export function renderDiagnosticsJson(
  diagnostics: readonly Diagnostic[],
  { mesh }: { readonly mesh?: readonly { readonly sync: string; readonly owner: string }[] } = {},
): string {
  const syncs = mesh === undefined ? "" : `,\n"mesh": ${harmlessJson(mesh)}`;
  return `{\n"diagnostics": [${diagnostics.map((one) => `\n${harmlessJson(flatDiagnostic(one))}`).join(",")}]${syncs}\n}\n`;
}

/**
 * The JSON form of a diagnostic: flat, with `file`, `line` and `column` null when there is no place. Includes the names
 * of people in it, so that a program that shows it can redact them.
 */
export function flatDiagnostic({ severity, code, summary, detail, place, names = [] }: Diagnostic): object {
  const { file, line, column } = place ?? { file: null, line: null, column: null };
  return { severity, code, summary, detail, file, line, column, ...(names.length === 0 ? {} : { names }) };
}

/** Omitted when nothing was allowed. */
function allowancesJson({ allowances }: PlanHeader): string {
  if (allowances.length === 0) return "";
  const parts = allowances.map(({ sync, limit, people }) => ({ sync, limit, people }));
  return `"allowances": ${harmlessJson(parts)},\n`;
}

function comma(before: number): string {
  return before > 0 ? "," : "";
}

function endOfBooks(syncs: number): string {
  return syncs > 0 ? "\n]}" : "";
}

function syncStart({ name, kind, tenant }: SyncRecord): string {
  return `${harmlessJson({ name, kind, tenant }).slice(0, -1)},"books":[`;
}

function bookJson(record: BookRecord): string {
  const { book, unchanged, waiting, unmanaged, rename, changes } = record;
  const { mailbox, folder } = book;
  const problem =
    record.problem === null ? null : { code: record.problem.code, message: record.problem.message };
  const named = rename === undefined ? {} : { rename: renameParts(rename) };
  const left = waiting === undefined ? {} : { waiting: waitingParts(waiting) };
  const head = harmlessJson({ mailbox, folder, unchanged, ...left, unmanaged, problem, ...named }).slice(
    0,
    -1,
  );
  const lines = changes.map((change) => `\n${harmlessJson(changeParts(change))}`);
  return `${head},"changes":[${lines.join(",")}]}`;
}

function waitingParts({ contacts, firstDeletion, lastDeletion }: Waiting): object {
  return { contacts, firstDeletion, lastDeletion };
}

function renameParts({ from, withheld }: BookRename): object {
  return { from, ...(withheld === null ? {} : { withheld }) };
}

function changeParts(change: Change): object {
  const { action, key, displayName, reason, fields, withheld, cause } = change;
  return {
    action,
    key,
    displayName,
    reason,
    fields: Object.fromEntries(fields.map(({ field, before, after }) => [field, { before, after }])),
    ...(withheld === null ? {} : { withheld }),
    ...(cause === undefined ? {} : { cause }),
    ...(change.action !== "update" || change.deletedFrom === undefined
      ? {}
      : { deletedFrom: change.deletedFrom }),
  };
}

/** Counts that are omitted when zero. */
function rareCounts({ rename, hide, move }: PlanEnd["summary"]): object {
  return {
    ...(rename === undefined ? {} : { rename }),
    ...(hide === undefined ? {} : { hide }),
    ...(move === undefined ? {} : { move }),
  };
}

function refusalParts({ sync, limit, found, allowed, message, allow, place }: Refusal): object {
  return { sync, limit, found, allowed, message, allow, ...place };
}

function endJson(end: PlanEnd): string {
  const { id, summary, refusals, incomplete, forecastSeconds, diagnostics, comparison } = end;
  const { create, update, delete: deleted, adopt, withheld, unchanged, unmanaged } = summary;
  const counts = {
    create,
    update,
    delete: deleted,
    adopt,
    withheld,
    unchanged,
    unmanaged,
    ...rareCounts(summary),
  };
  return [
    `"id": ${harmlessJson(id)}`,
    `"summary": ${harmlessJson(counts)}`,
    ...(comparison === undefined ? [] : [`"comparison": ${harmlessJson(comparison)}`]),
    `"refusals": ${harmlessJson(refusals.map(refusalParts))}`,
    ...(incomplete === undefined ? [] : [`"incomplete": ${harmlessJson(incomplete)}`]),
    `"forecastSeconds": ${forecastSeconds}`,
    `"diagnostics": ${harmlessJson(diagnostics.map(flatDiagnostic))}`,
  ].join(",\n");
}
