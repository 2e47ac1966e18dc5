import type { ApplyResult, Failure } from "../model/apply-result.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { BookPlan, PlanEnd, PlanRecord, Refusal } from "../model/plan.ts";
import { harmless } from "./harmless.ts";
import { counted } from "./prose.ts";

interface Case {
  readonly name: string;
  /** Null when the case passed. */
  readonly trouble: Trouble | null;
}

interface Trouble {
  readonly tag: "failure" | "error" | "skipped";
  /** Code of the problem. */
  readonly type: string;
  readonly message: string;
  /** Further lines of text. */
  readonly lines: readonly string[];
}

interface Suite {
  readonly name: string;
  readonly cases: Case[];
}

/**
 * Renders the result of a plan as JUnit XML: one suite per sync, with one case per book or, when changes of a book
 * failed, one case per failed change. An extra suite `galops` holds what belongs to no sync.
 *
 * @param result - null when the plan was not applied
 */
export async function* renderJunit(
  records: AsyncIterable<PlanRecord>,
  result: ApplyResult | null,
): AsyncIterable<string> {
  const failures = Map.groupBy(result?.failures ?? [], bookOfFailure);
  const suites: Suite[] = [];
  let end: PlanEnd | null = null;
  for await (const record of records) {
    if (record.type === "sync") suites.push({ name: record.name, cases: [] });
    if (record.type === "book") {
      const failed = failures.get(bookId(record.sync, record.book)) ?? [];
      suites.at(-1)?.cases.push(...casesOf(record, failed, result !== null));
    }
    if (record.type === "end") end = record;
  }
  if (end === null) throw new Error("The plan to render has no end.");
  for (const suite of suites)
    suite.cases.push(...end.refusals.filter(({ sync }) => sync === suite.name).map(refused));
  const own: Suite = { name: "galops", cases: ownCases(end, result) };
  const all = own.cases.length === 0 ? suites : [...suites, own];
  yield `<?xml version="1.0" encoding="UTF-8"?>\n`;
  yield `<testsuites name="galops apply"${countsOf(all.flatMap(({ cases }) => cases))}>\n`;
  for (const suite of all) yield suiteXml(suite);
  yield `</testsuites>\n`;
}

type Book = Pick<Failure, "mailbox" | "folder">;

function bookOfFailure({ sync, mailbox, folder }: Failure): string {
  return bookId(sync, { mailbox, folder });
}

function bookId(sync: string, { mailbox, folder }: Book): string {
  return JSON.stringify([sync, mailbox, folder]);
}

function casesOf(
  { book, problem, rename, changes }: BookPlan,
  failed: readonly Failure[],
  isMade: boolean,
): readonly Case[] {
  if (failed.length > 0) return failed.map(failedCase);
  const name = bookName(book);
  if (problem !== null) {
    const { severity, code, message } = problem;
    return [
      { name, trouble: { tag: severity === "error" ? "error" : "skipped", type: code, message, lines: [] } },
    ];
  }
  const toMake = [...changes, ...(rename === undefined ? [] : [rename])].filter(
    ({ withheld }) => withheld === null,
  ).length;
  if (isMade || toMake === 0) return [{ name, trouble: null }];
  const message = `${counted(toMake, "change")} not made`;
  return [{ name, trouble: { tag: "skipped", type: "not-made", message, lines: [] } }];
}

function bookName({ mailbox, folder }: Book): string {
  if (mailbox === null) return "mail contacts";
  return folder === null ? mailbox : `${mailbox} / ${folder}`;
}

function failedCase({
  status,
  action,
  displayName,
  mailbox,
  folder,
  code,
  message,
  requestId,
}: Failure): Case {
  const lines = requestId === "" ? [message] : [message, `request-id ${requestId}`];
  return {
    name: `${action} ${displayName} in ${bookName({ mailbox, folder })}`,
    trouble: { tag: "failure", type: status === "stale" ? "stale" : code, message, lines },
  };
}

function refused({ limit, message }: Refusal): Case {
  return {
    name: `limit ${limit}`,
    trouble: { tag: "failure", type: `limit-${limit}`, message, lines: [message] },
  };
}

function ownCases({ diagnostics }: PlanEnd, result: ApplyResult | null): Case[] {
  const errors = diagnostics.filter(({ severity }) => severity === "error").map(diagnosed);
  if (result === null) return errors;
  const { interrupted, unlistedFailures, summary } = result;
  if (interrupted) {
    const message = `The run was interrupted; ${counted(summary.skipped, "change")} left alone.`;
    errors.push({ name: "run", trouble: { tag: "error", type: "interrupted", message, lines: [] } });
  }
  if (unlistedFailures > 0) {
    const message = `${counted(unlistedFailures, "more failure")} not listed.`;
    errors.push({ name: "failures", trouble: { tag: "failure", type: "unlisted", message, lines: [] } });
  }
  return errors;
}

function diagnosed({ code, summary, detail }: Diagnostic): Case {
  return { name: summary, trouble: { tag: "error", type: code, message: summary, lines: [detail] } };
}

function suiteXml({ name, cases }: Suite): string {
  const lines = cases.map((one) => caseXml(name, one));
  return `<testsuite name="${xml(name)}"${countsOf(cases)}>\n${lines.join("")}</testsuite>\n`;
}

function countsOf(cases: readonly Case[]): string {
  const count = (tag: Trouble["tag"]): number => cases.filter(({ trouble }) => trouble?.tag === tag).length;
  return ` tests="${cases.length}" failures="${count("failure")}" errors="${count("error")}" skipped="${count("skipped")}"`;
}

function caseXml(suite: string, { name, trouble }: Case): string {
  const start = `<testcase classname="${xml(suite)}" name="${xml(name)}"`;
  if (trouble === null) return `${start}/>\n`;
  const { tag, type, message, lines } = trouble;
  // `skipped` elements have no type attribute.
  const kind = tag === "skipped" ? "" : ` type="${xml(type)}"`;
  return `${start}><${tag}${kind} message="${xml(message)}">${lines.map(xml).join("\n")}</${tag}></testcase>\n`;
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
};

/** Escapes text for an element or attribute. XML 1.0 cannot represent what `harmless` spells out, nor these two. */
function xml(text: string): string {
  return harmless(text)
    .replaceAll(/[\uFFFE\uFFFF]/gu, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`)
    .replaceAll(/[&<>"']/gu, (character) => entities[character] ?? "");
}
