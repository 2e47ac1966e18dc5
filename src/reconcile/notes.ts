import type { BookProblem } from "../model/book.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import { namesShown, someNames } from "../text/some-names.ts";

/** Collects the diagnostics of a plan, in the order in which they are added. */
export interface Notes {
  /** Adds a diagnostic; repeated ones appear once. */
  add(diagnostic: Diagnostic): void;
  /** Adds a failure because of which these syncs change nothing; it appears once, with the names of all syncs. */
  addFailure(diagnostic: Diagnostic, syncs: readonly string[]): void;
  /** Adds the problem of a book; equal problems of a sync's books become one diagnostic with their number. */
  addBook(sync: string, mailbox: string | null, problem: BookProblem): void;
  all(): readonly Diagnostic[];
}

interface Failure {
  readonly diagnostic: Diagnostic;
  readonly stopped: Set<string>;
}

interface BookGroup {
  readonly sync: string;
  readonly problem: BookProblem;
  readonly mailboxes: string[];
  /** Each distinct message, with the first mailbox it applies to. */
  readonly reasons: Map<string, string>;
  count: number;
}

/** Code of books that were not read because too many before them had failed. */
export const notAskedCode = "mailbox-not-asked";

const reasonsShown = 5;

export function createNotes(): Notes {
  const notes = new Map<string, Diagnostic | Failure | BookGroup>();
  return {
    add: (diagnostic) => void notes.set(idOf(diagnostic), diagnostic),
    addFailure(diagnostic, syncs) {
      const known = notes.get(idOf(diagnostic));
      const before = known !== undefined && "stopped" in known ? known.stopped : [];
      notes.set(idOf(diagnostic), { diagnostic, stopped: new Set([...before, ...syncs]) });
    },
    addBook(sync, mailbox, problem) {
      const id = JSON.stringify([sync, problem.severity, problem.code]);
      const known = notes.get(id);
      const group = known !== undefined && "mailboxes" in known ? known : newGroup(sync, problem);
      if (mailbox !== null && group.mailboxes.length < namesShown) group.mailboxes.push(mailbox);
      const reason = reasonIn(problem, mailbox);
      if (!group.reasons.has(reason)) group.reasons.set(reason, mailbox ?? "");
      group.count++;
      notes.set(id, group);
    },
    all: () =>
      [...notes.values()].map((note) => {
        if ("mailboxes" in note) {
          return note.mailboxes.length === 0 ? mailContactsDiagnostic(note) : bookDiagnostic(note);
        }
        return "stopped" in note ? failureDiagnostic(note) : note;
      }),
  };
}

function idOf({ severity, code, summary, detail, place }: Diagnostic): string {
  return JSON.stringify([severity, code, summary, detail, place]);
}

function failureDiagnostic({ diagnostic, stopped }: Failure): Diagnostic {
  const names = [...stopped].join(", ");
  const detail = `${diagnostic.detail} The syncs that need it change nothing: ${names}.`;
  return { ...diagnostic, detail };
}

function newGroup(sync: string, problem: BookProblem): BookGroup {
  return { sync, problem, mailboxes: [], reasons: new Map(), count: 0 };
}

/** Strips the mailbox, so that the message is the same for all mailboxes with this problem. */
function reasonIn({ message }: BookProblem, mailbox: string | null): string {
  const name = `${mailbox ?? ""}: `;
  return message.startsWith(name) ? message.slice(name.length) : message;
}

function bookDiagnostic({ sync, problem, mailboxes, reasons, count }: BookGroup): Diagnostic {
  const warning = problem.severity === "warning";
  const names = someNames(mailboxes, count);
  const many = count === 1 ? "1 mailbox" : `${count} mailboxes`;
  const why = problem.code === notAskedCode ? "were not read because the run gave up" : "could not be read";
  const what = warning
    ? `The sync ${sync} skips ${many} (${names}).`
    : `The sync ${sync} changes nothing in ${many} that ${why} (${names}).`;
  const { severity, code, requestId, place = null } = problem;
  const unread = code === notAskedCode ? "Mailboxes were not read" : "Mailboxes could not be read";
  return {
    severity,
    code,
    summary: warning ? "Mailboxes were skipped" : unread,
    detail: what + reasonsText(reasons),
    place,
    ...(requestId === undefined ? {} : { requestId }),
  };
}

/** Used for mail contacts, which are one book outside of any mailbox. */
function mailContactsDiagnostic({ sync, problem, reasons }: BookGroup): Diagnostic {
  const { severity, code, requestId } = problem;
  return {
    severity,
    code,
    summary: "Mail contacts could not be read",
    detail: `The sync ${sync} changes nothing, because it is unknown which contacts exist.${reasonsText(reasons)}`,
    place: null,
    ...(requestId === undefined ? {} : { requestId }),
  };
}

/** A single reason continues the line; several reasons get a line each, with a mailbox as an example. */
function reasonsText(reasons: ReadonlyMap<string, string>): string {
  if (reasons.size === 1) return ` ${[...reasons.keys()].join("")}`;
  const shown = [...reasons].slice(0, reasonsShown).map(([reason, mailbox]) => `\n${mailbox}: ${reason}`);
  const more = reasons.size - shown.length;
  return shown.join("") + (more > 0 ? `\nAnd ${more} more reasons.` : "");
}
