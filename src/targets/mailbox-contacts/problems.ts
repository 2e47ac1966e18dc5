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
 * What a refusal means for a whole mailbox; null when it is about one item only.
 *
 * @see https://learn.microsoft.com/en-us/graph/errors
 */
export function mailboxProblem(error: GraphError): BookProblem | null {
  if (withoutMailbox.has(error.code)) {
    return problem(error, "warning", "mailbox-not-enabled", [
      "The account has no mailbox in Exchange Online: no licence, deleted, or kept on-premises.",
      "Give it a mailbox, or take it out of `mailboxes`.",
    ]);
  }
  if (withoutUser.has(error.code)) {
    return problem(error, "warning", "mailbox-not-found", [
      "Exchange does not know the mailbox; a new one may take some minutes to appear.",
    ]);
  }
  if (error.code === "ErrorQuotaExceeded" || error.status === 507) {
    return problem(error, "error", "mailbox-full", [
      "The mailbox is full, so that no contact can be kept in it. Its user has to make room.",
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
        "Exchange may take up to two hours to notice.",
      ]);
    case 429:
      return problem(error, "error", "mailbox-throttled", [
        "Exchange still throttled the mailbox after several attempts. Run again later, or with less parallelism.",
      ]);
    case 502:
    case 503:
    case 504:
      return problem(error, "error", "mailbox-unavailable", [
        "Exchange did not serve the mailbox after several attempts. Run again later.",
      ]);
    default:
      return null;
  }
}

/**
 * Whether the answer says that this contact, or the folder that it should go to, is not there. A 404 of anything else
 * on the way (a gateway, a proxy) says nothing of the kind.
 */
export function isItemGone({ status, code }: GraphError): boolean {
  return status === 404 && code === "ErrorItemNotFound";
}

/**
 * For a book that could not be read: a BookError that says what Graph's refusal means and what to do. Anything but
 * a GraphError comes back as it is (an abort, a failed sign-in, a bug).
 */
export function asBookError(error: unknown, book: BookRef): unknown {
  if (!(error instanceof GraphError)) return error;
  const known = mailboxProblem(error);
  const found =
    known ??
    problem(error, "error", "mailbox-read-failed", [
      "The contacts could not be read, so nothing is changed in this mailbox. Run again;",
      "should it stay, give Microsoft the request id.",
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
