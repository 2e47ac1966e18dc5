import type { Store } from "../../store/store.ts";
import type { Mailbox, TenantState } from "../../tenant/tenant.ts";
import { GraphProblem } from "../../wire/graph-problem.ts";
import type { WireAnswer, GraphRequest } from "../../wire/wire.ts";
import { findEntry } from "../directory-objects/directory.ts";
import { contactsAnswer } from "./contacts.ts";
import { foldersAnswer } from "./folders.ts";
import { mailboxTag } from "./item-ids.ts";

/** The user in the path whose mailbox a request addresses; null when it addresses no mailbox. */
export function mailboxNamed({ segments }: Pick<GraphRequest, "segments">): string | null {
  const [collection, user, part] = segments;
  const isMailbox = part === "contacts" || part === "contactFolders";
  return collection === "users" && isMailbox && user !== undefined ? user : null;
}

/** Answers requests for a user's contacts and folders. @throws {GraphProblem} */
export function mailboxAnswer(store: Store, request: GraphRequest, at: string): WireAnswer {
  const [, name = "", part, ...rest] = request.segments;
  const mailbox = usableMailbox(store.state, name, request.method);
  const prefer = (request.headers["prefer"] ?? "").toLowerCase().replaceAll(/[\s"]/g, "");
  const immutable = prefer.split(",").includes("idtype=immutableid");
  const inMailbox = { ...request, store, mailbox, tag: mailboxTag(mailbox.user), immutable, at };
  const answer = part === "contacts" ? contactsAnswer(inMailbox, null, rest) : foldersAnswer(inMailbox, rest);
  if (!immutable) return answer;
  return { ...answer, headers: { ...answer.headers, "Preference-Applied": 'IdType="ImmutableId"' } };
}

/** @see https://learn.microsoft.com/en-us/graph/errors */
function usableMailbox(state: TenantState, name: string, method: string): Mailbox {
  const mailbox = state.mailboxes.get(userIdOf(state, name));
  if (mailbox === undefined) {
    const message = "The mailbox is either inactive, soft-deleted, or is hosted on-premise.";
    throw new GraphProblem(404, "MailboxNotEnabledForRESTAPI", message);
  }
  switch (mailbox.problem) {
    case "access-denied":
      throw new GraphProblem(403, "ErrorAccessDenied", "Access is denied. Check credentials and try again.");
    case "moving":
      throw new GraphProblem(503, "ErrorMailboxMoveInProgress", "Mailbox move in progress. Try again later.");
    case "full":
      if (method === "GET" || method === "DELETE") return mailbox;
      throw new GraphProblem(507, "ErrorQuotaExceeded", "The mailbox quota has been exceeded.");
    case null:
      return mailbox;
  }
}

function userIdOf(state: TenantState, name: string): string {
  try {
    return findEntry(state, "user", name).id;
  } catch (error) {
    if (!(error instanceof GraphProblem)) throw error;
    throw new GraphProblem(404, "ErrorInvalidUser", `The requested user '${name}' is invalid.`);
  }
}
