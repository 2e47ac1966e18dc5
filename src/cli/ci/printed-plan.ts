import type { ContactField } from "../../model/contact-fields.ts";
import type { ContactFields, FieldChange } from "../../model/contact.ts";
import type { Diagnostic } from "../../model/diagnostic.ts";
import type { Action, Change, PlanEnd, PlanHeader, PlanRecord } from "../../model/plan.ts";

/** What `--format json` prints of a plan (schemas/plan.schema.json), as far as it is shown again. */
export interface PrintedPlan {
  readonly configDigest: string;
  readonly allowances?: PlanHeader["allowances"];
  readonly syncs: readonly PrintedSync[];
  readonly id: string;
  readonly summary: PlanEnd["summary"];
  readonly refusals: PlanEnd["refusals"];
  readonly incomplete?: readonly string[];
  readonly forecastSeconds: number | null;
}

interface PrintedSync {
  readonly name: string;
  readonly kind: string;
  readonly tenant: string;
  readonly books: readonly PrintedBook[];
}

interface PrintedBook {
  readonly mailbox: string | null;
  readonly folder: string | null;
  readonly unchanged: number;
  readonly unmanaged: number | null;
  readonly problem: { readonly code: string; readonly message: string } | null;
  readonly rename?: { readonly from: string; readonly withheld?: string };
  readonly changes: readonly PrintedChange[];
}

interface PrintedChange {
  readonly action: Action;
  readonly key: string;
  readonly displayName: string;
  readonly reason: string;
  readonly fields: Readonly<Partial<Record<ContactField, Omit<FieldChange, "field">>>>;
  readonly withheld?: string;
}

/** The records of a plan that was printed, to be shown again; nothing can be made by them. */
export async function* printedRecords(
  plan: PrintedPlan,
  diagnostics: readonly Diagnostic[],
): AsyncGenerator<PlanRecord> {
  const { configDigest, allowances = [], syncs } = plan;
  yield {
    type: "plan",
    configDigest,
    createdAt: "",
    allowances,
    mailboxes: null,
  };
  for (const { name, kind, tenant, books } of syncs) {
    yield { type: "sync", name, kind, tenant, owner: "" };
    for (const book of books) yield bookRecord(book, name);
  }
  const { id, summary, refusals, incomplete, forecastSeconds } = plan;
  yield {
    type: "end",
    id,
    summary,
    diagnostics,
    refusals,
    ...(incomplete === undefined ? {} : { incomplete }),
    forecastSeconds,
  };
}

function bookRecord(book: PrintedBook, sync: string): PlanRecord {
  const { mailbox, folder, unchanged, unmanaged, problem, rename, changes } = book;
  return {
    type: "book",
    sync,
    book: { id: mailbox ?? "", mailbox, folder, person: null },
    unchanged,
    unmanaged,
    // How bad it is was not printed, and is told by the diagnostics.
    problem: problem === null ? null : { severity: "warning", ...problem },
    ...(rename === undefined ? {} : { rename: { from: rename.from, withheld: rename.withheld ?? null } }),
    changes: changes.map(changeOf),
  };
}

const nothingLive = { id: "", version: "", marker: null };

function changeOf({ action, key, displayName, reason, fields, withheld }: PrintedChange): Change {
  const differing = Object.entries(fields).map(([field, values]): FieldChange => ({
    field: field as ContactField,
    ...values,
  }));
  const base = {
    key,
    displayName,
    reason,
    fields: differing,
    withheld: withheld ?? null,
  };
  if (action === "delete") return { ...base, action, live: nothingLive };
  const after = differing.filter((one) => one.after !== null).map((one) => [one.field, one.after]);
  const desired = {
    key,
    displayName,
    addresses: [],
    fields: Object.fromEntries(after) as ContactFields,
    digest: "",
  };
  return action === "create" ? { ...base, action, desired } : { ...base, action, desired, live: nothingLive };
}
