import { harmlessJson } from "../text/harmless-json.ts";
import { allowedLimits } from "../model/allowance.ts";
import type { Allowance } from "../model/allowance.ts";
import type { Diagnostic, Place } from "../model/diagnostic.ts";
import type {
  ActionCounts,
  Comparison,
  PlanEnd,
  PlanHeader,
  PlanRecord,
  Refusal,
  Summary,
  SyncRecord,
} from "../model/plan.ts";
import { count, countOrNull, flag, list, oneOf, orNull, shape, text, textOrNull, texts } from "./shapes.ts";
import type { Shape } from "./shapes.ts";

/** The only version of saved plans that this galops writes and reads. */
export const formatVersion = 2;

/** Encodes a record other than a book as JSON, with its parts always in the same order. */
export function frameJson(record: Exclude<PlanRecord, { readonly type: "book" }>): string {
  const of = shape(record, "a record");
  if (record.type === "plan") {
    const { type, ...header } = readHeader(of);
    return harmlessJson({ type, formatVersion, ...header });
  }
  return harmlessJson(record.type === "sync" ? readSync(of) : readEnd(of));
}

export function readHeader(of: Shape): PlanHeader {
  return {
    type: "plan",
    configDigest: text(of, "configDigest"),
    createdAt: text(of, "createdAt"),
    allowances: list(of, "allowances").map((item) => readAllowance(shape(item, "an allowance"))),
    mailboxes: of["mailboxes"] === null ? null : texts(of, "mailboxes"),
  };
}

function readAllowance(of: Shape): Allowance {
  return {
    sync: textOrNull(of, "sync"),
    limit: oneOf(of, "limit", allowedLimits),
    people: count(of, "people"),
    orFewer: flag(of, "orFewer"),
  };
}

export function readSync(of: Shape): SyncRecord {
  return {
    type: "sync",
    name: text(of, "name"),
    kind: text(of, "kind"),
    tenant: text(of, "tenant"),
    ...(of["tenantId"] === undefined ? {} : { tenantId: text(of, "tenantId") }),
    owner: text(of, "owner"),
  };
}

export function readEnd(of: Shape): PlanEnd {
  return {
    type: "end",
    id: text(of, "id"),
    summary: readSummary(shape(of["summary"], "summary")),
    diagnostics: list(of, "diagnostics").map((item) => readDiagnostic(shape(item, "a diagnostic"))),
    refusals: list(of, "refusals").map((item) => readRefusal(shape(item, "a refusal"))),
    ...(of["incomplete"] === undefined ? {} : { incomplete: texts(of, "incomplete") }),
    ...(of["comparison"] === undefined
      ? {}
      : { comparison: readComparison(shape(of["comparison"], "comparison")) }),
    forecastSeconds: countOrNull(of, "forecastSeconds"),
  };
}

function readComparison(of: Shape): Comparison {
  const causes = shape(of["causes"], "causes");
  return {
    baseDigest: textOrNull(of, "baseDigest"),
    causes: {
      "this-change": countsAt(causes, "this-change"),
      pending: countsAt(causes, "pending"),
      drift: countsAt(causes, "drift"),
    },
    dropped: countsAt(of, "dropped"),
  };
}

function countsAt(of: Shape, name: string): ActionCounts {
  return readCounts(shape(of[name], name));
}

function readCounts(of: Shape): ActionCounts {
  return {
    create: count(of, "create"),
    update: count(of, "update"),
    delete: count(of, "delete"),
    adopt: count(of, "adopt"),
  };
}

function readSummary(of: Shape): Summary {
  return {
    ...readCounts(of),
    withheld: count(of, "withheld"),
    unchanged: count(of, "unchanged"),
    unmanaged: count(of, "unmanaged"),
    ...(of["rename"] === undefined ? {} : { rename: count(of, "rename") }),
    ...(of["hide"] === undefined ? {} : { hide: count(of, "hide") }),
    ...(of["move"] === undefined ? {} : { move: count(of, "move") }),
  };
}

function readDiagnostic(of: Shape): Diagnostic {
  return {
    severity: oneOf(of, "severity", ["error", "warning"]),
    code: text(of, "code"),
    summary: text(of, "summary"),
    detail: text(of, "detail"),
    place: orNull(of["place"], "place", readPlace),
    ...(of["excerpt"] === undefined ? {} : { excerpt: text(of, "excerpt") }),
    ...(of["names"] === undefined ? {} : { names: texts(of, "names") }),
  };
}

function readPlace(of: Shape): Place {
  return { file: text(of, "file"), line: count(of, "line"), column: count(of, "column") };
}

function readRefusal(of: Shape): Refusal {
  return {
    sync: text(of, "sync"),
    limit: oneOf(of, "limit", [
      "deletes",
      "updates",
      "creates",
      "shrink",
      "addressChanges",
      "empty-source",
      "removes-everything",
    ]),
    found: count(of, "found"),
    allowed: count(of, "allowed"),
    message: text(of, "message"),
    allow: text(of, "allow"),
    ...(of["place"] === undefined ? {} : { place: readPlace(shape(of["place"], "place")) }),
  };
}
