import { GraphError } from "../../http/graph/graph.ts";
import { BookError } from "../../model/book.ts";
import type { BookProblem, BookRef } from "../../model/book.ts";

const withoutMailbox: ReadonlySet<string> = new Set([
  "MailboxNotEnabledForRESTAPI",
  "MailboxNotSupportedForRESTAPI",
  "MailboxNotHostedInExchangeOnline",
  "ErrorNonExistentMailbox",
]);

const withoutUser: ReadonlySet<string> = new Set([
  "ErrorInvalidUser",
  "ResourceNotFound",
  "Request_ResourceNotFound",
]);

/**
 * Interprets a refusal that concerns a whole mailbox; null when it concerns one item only.
 *
 * @see https://learn.microsoft.com/en-us/graph/errors
 */
export function mailboxProblem(error: GraphError): BookProblem | null {
  if (withoutMailbox.has(error.code)) {
    return problem(error, "warning", "mailbox-not-enabled", [
      "The account has no mailbox in Exchange Online: it has no license, or the mailbox was deleted or is on-premises.",
      "Give it a mailbox, or remove it from `mailboxes`.",
    ]);
  }
  if (withoutUser.has(error.code)) {
    return problem(error, "warning", "mailbox-not-found", [
      "Exchange does not know the mailbox. A new mailbox may take some minutes to appear.",
    ]);
  }
  if (error.code === "ErrorQuotaExceeded" || error.status === 507) {
    return problem(error, "error", "mailbox-full", [
      "The mailbox is full, so no contact can be stored in it. Ask its user to free space.",
    ]);
  }
  if (error.code === "ErrorMailboxMoveInProgress") {
    return problem(error, "error", "mailbox-moving", [
      "Microsoft is moving the mailbox, which may take hours. Run again later.",
    ]);
  }
  return problemByStatus(error);
}

function problemByStatus(error: GraphError): BookProblem | null {
  switch (error.status) {
    case 0:
      return problem(error, "error", "graph-unreachable", [
        "Graph could not be reached. Check the network, the proxy and `endpoints` of the tenant, then run again.",
      ]);
    case 401:
      return problem(error, "error", "graph-sign-in-refused", [
        "Graph did not accept the sign-in. Check `auth` of the tenant: the secret or certificate may have expired.",
      ]);
    case 403:
      return problem(error, "error", "mailbox-access-denied", [
        "The application may not use the contacts of this mailbox. Grant it Contacts.ReadWrite (type Application)",
        "with admin consent, or widen its Exchange management scope or application access policy to the mailbox;",
        "The change may take up to two hours to take effect.",
      ]);
    case 429:
      return problem(error, "error", "mailbox-throttled", [
        "Exchange still throttled the mailbox after several attempts. Run again later, or with lower parallelism.",
      ]);
    case 502:
    case 503:
    case 504:
      return problem(error, "error", "mailbox-unavailable", [
        "The mailbox was unavailable in several attempts. Run again later.",
      ]);
    default:
      return null;
  }
}

/**
 * Whether the answer says that this contact, or the folder it should go to, does not exist. A 404 of a gateway or proxy
 * does not say that.
 */
export function isItemGone({ status, code }: GraphError): boolean {
  return status === 404 && code === "ErrorItemNotFound";
}

/**
 * Converts the error of a failed reading to a BookError with what Graph's refusal means and what to do. Errors other
 * than GraphError (an abort, a failed sign-in, a bug) are returned unchanged.
 */
export function asBookError(error: unknown, book: BookRef): unknown {
  if (!(error instanceof GraphError)) return error;
  const known = mailboxProblem(error);
  const found =
    known ??
    problem(error, "error", "mailbox-read-failed", [
      "The contacts could not be read, so nothing is changed in this mailbox. Run again.",
      "If it fails again, contact Microsoft support with the request id.",
    ]);
  return new BookError({ ...found, message: `${book.mailbox ?? book.id}: ${found.message}` }, error);
}

function problem(
  error: GraphError,
  severity: BookProblem["severity"],
  code: string,
  sentences: readonly string[],
): BookProblem {
  const { requestId } = error;
  const message = `${sentences.join(" ")} ${answerOf(error)}`;
  return { severity, code, message, ...(requestId === "" ? {} : { requestId }) };
}

function answerOf(error: GraphError): string {
  if (error.status === 0) return `(${error.code}: ${error.message})`;
  return `(Graph answered ${error.status} ${error.code}.)`;
}
