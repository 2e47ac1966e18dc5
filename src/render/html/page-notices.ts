import type { ApplyResult, Failure } from "../../model/apply-result.ts";
import type { Diagnostic } from "../../model/diagnostic.ts";
import type { Refusal } from "../../model/plan.ts";
import { createPaint } from "../color.ts";
import type { Overview } from "../overview.ts";
import { counted } from "../prose.ts";
import { harmless } from "../harmless.ts";
import { failureGroups, failureLine, failureTitle, sharedMessage } from "../result.ts";
import type { PageNotice } from "./page-data.ts";

/** The messages of the page, the most urgent first. */
export function pageNotices(
  { end, renames }: Overview,
  result: ApplyResult | undefined,
): readonly PageNotice[] {
  return [
    ...end.refusals.map(refused),
    ...(result === undefined ? [] : failures(result)),
    ...end.diagnostics.filter(({ severity }) => severity === "error").map(diagnosed),
    ...renamed(renames.text(createPaint(false)).trimEnd()),
    ...end.diagnostics.filter(({ severity }) => severity === "warning").map(diagnosed),
  ];
}

function renamed(lines: string): readonly PageNotice[] {
  if (lines === "") return [];
  return [{ kind: "note", title: "Folders will be renamed", text: "", place: "", excerpt: lines }];
}

function refused({ sync, limit, message }: Refusal): PageNotice {
  return {
    kind: "refused",
    title: `${sync} exceeds a safety limit (${limit})`,
    text: message,
    place: "",
    excerpt: "",
  };
}

function diagnosed({ severity, summary, detail, place, excerpt = "" }: Diagnostic): PageNotice {
  const where = place === null ? "" : `${place.file}, line ${place.line}, column ${place.column}`;
  return {
    kind: severity,
    title: summary,
    text: detail,
    place: where,
    excerpt: place === null ? "" : excerpt,
  };
}

function failures({ failures: all, unlistedFailures }: ApplyResult): readonly PageNotice[] {
  const notices = failureGroups(all).map(failed);
  if (unlistedFailures === 0) return notices;
  const title = `${counted(unlistedFailures, "more failure")} not listed`;
  return [...notices, { kind: "note", title, text: "", place: "", excerpt: "" }];
}

function failed(group: readonly [Failure, ...Failure[]]): PageNotice {
  const [{ status }] = group;
  const shared = sharedMessage(group);
  const lineOf = (failure: Failure): string => {
    const line = failureLine(failure).trim();
    return shared === null ? `${line}: ${harmless(failure.message)}` : line;
  };
  return {
    kind: status === "failed" ? "failed" : "warning",
    title: failureTitle(group),
    text: shared ?? "",
    place: "",
    excerpt: group.map(lineOf).join("\n"),
  };
}
