import { DirectoryError } from "../../directory/directory-error.ts";
import { exchangeAdvice } from "../../http/exchange/advice.ts";
import { ExchangeError } from "../../http/exchange/exchange.ts";
import { GraphError } from "../../http/graph/graph.ts";
import { AuthError } from "../../http/token.ts";
import { GithubError } from "../../github/github-error.ts";
import { BookError } from "../../model/book.ts";
import type { Diagnostic, Place } from "../../model/diagnostic.ts";
import { JournalFormatError } from "../../journal/journal-format-error.ts";
import { JournalError } from "../../model/journal.ts";
import { SourceError } from "../../model/source.ts";
import { TargetError } from "../../model/target.ts";
import { PlanFormatError } from "../../plan-format/plan-format-error.ts";
import { SandboxEditError } from "../../sandbox/admin/sandbox-edit-error.ts";
import { SandboxFileError } from "../../sandbox/store/sandbox-file-error.ts";
import { SealError } from "../../seal/seal-error.ts";

/** All that a failure of the world tells; empty for whatever is a bug of galops. */
export function explainAll(error: unknown): readonly Diagnostic[] {
  const others = error instanceof SourceError || error instanceof DirectoryError ? error.others : [];
  return [error, ...others].flatMap((one) => explain(one) ?? []);
}

/** The one place where failures of the world become diagnostics; null for whatever is a bug of galops. */
export function explain(error: unknown): Diagnostic | null {
  if (error instanceof TargetError) return { severity: "error", ...error.diagnostic };
  if (error instanceof SourceError || error instanceof DirectoryError) {
    return asked(problem(error.code, error.summary, error.message, error.place), error.requestId);
  }
  if (error instanceof BookError) {
    const { code, message, requestId } = error.problem;
    return asked(problem(code, "A mailbox could not be used", message), requestId);
  }
  if (error instanceof AuthError) return signInProblem(error);
  if (error instanceof GraphError) return graphProblem(error);
  if (error instanceof ExchangeError) return exchangeProblem(error);
  if (error instanceof SandboxFileError) {
    const place = error.place === null ? null : { file: error.path, ...error.place };
    return problem(error.code, "A sandbox tenant cannot be used", error.message, place);
  }
  if (error instanceof SandboxEditError) {
    return problem("sandbox-edit", "A sandbox tenant cannot do this", error.message);
  }
  if (error instanceof PlanFormatError) {
    return problem(`plan-${error.code}`, "The saved plan cannot be used", error.message);
  }
  if (error instanceof JournalError) return problem(error.code, "The run cannot be recorded", error.message);
  if (error instanceof JournalFormatError) {
    return problem(`journal-${error.code}`, "The journal cannot be used", error.message);
  }
  if (error instanceof GithubError) return problem(error.code, "GitHub could not be updated", error.message);
  if (error instanceof SealError) {
    return problem(`encryption-${error.code}`, "The encrypted file cannot be used", error.message);
  }
  return error instanceof Error && "code" in error ? systemProblem(error) : null;
}

function signInProblem({ code, message, tenant }: AuthError): Diagnostic {
  if (tenant === null) return problem(code, "Signing in failed", message);
  return problem(code, "Signing in failed", `Tenant ${tenant.name}: ${message}`, tenant.place);
}

function graphProblem({ code, status, message, method, path, requestId }: GraphError): Diagnostic {
  const answer = status === 0 ? "gave no answer" : `answered ${status} ${code}`;
  return asked(
    problem(code, "Graph refused a request", `${method} ${path} ${answer}: ${message}`),
    requestId,
  );
}

function exchangeProblem(error: ExchangeError): Diagnostic {
  if (error.cause instanceof AuthError) return signInProblem(error.cause);
  const { code, summary, message } = exchangeAdvice(error);
  return asked(problem(code, summary, message), error.requestId);
}

/** With the id by which the service knows the request, where there is one. */
function asked(diagnostic: Diagnostic, requestId = ""): Diagnostic {
  return requestId === "" ? diagnostic : { ...diagnostic, requestId };
}

/** What an operating system refuses that a person can put right. */
const systemProblems: Readonly<Record<string, readonly [summary: string, advice: string]>> = {
  ENOSPC: ["The disk is full", "Free some space, or write elsewhere."],
  EDQUOT: ["The disk quota is used up", "Free some space, or write elsewhere."],
  EACCES: ["Access to a file was denied", "Check its permissions."],
  EPERM: ["Access to a file was denied", "Check its permissions."],
  EROFS: ["The file system is read-only", "Write elsewhere."],
  ENOENT: ["A file or folder does not exist", "Check the path."],
  ENOTDIR: [
    "A file is where a folder is expected",
    "Part of the path is a file, or a link that galops does not follow. Move it away, or choose another path.",
  ],
  ELOOP: [
    "A link is where a file is expected",
    "galops does not follow links there. Replace the link with the file itself.",
  ],
  EISDIR: ["A folder is where a file is expected", "Name a file."],
  EEXIST: ["The file already exists", "Choose another name."],
  EMFILE: ["Too many files are open", "Raise the limit on open files."],
  EIO: ["Reading or writing a file failed", "Check the disk."],
};

function systemProblem(
  error: Error & { readonly code?: unknown; readonly path?: unknown },
): Diagnostic | null {
  const known = typeof error.code === "string" ? systemProblems[error.code] : undefined;
  if (known === undefined) return null;
  const [summary, advice] = known;
  const file = typeof error.path === "string" ? `${error.path}: ` : "";
  return problem(`file-${String(error.code).toLowerCase()}`, summary, `${file}${summary}. ${advice}`);
}

function problem(code: string, summary: string, detail: string, place: Place | null = null): Diagnostic {
  return { severity: "error", code, summary, detail, place };
}
