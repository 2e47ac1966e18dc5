import type { Store } from "../store/store.ts";
import { GraphProblem } from "../wire/graph-problem.ts";
import type { GraphRequest, WireAnswer } from "../wire/wire.ts";
import { directoryAnswer, findEntry } from "./directory-objects/directory.ts";
import { mailboxAnswer, mailboxNamed } from "./mailbox/mailbox.ts";

/** Graph, except for batches. */
export interface GraphService {
  /** @throws {GraphProblem | SandboxFileError} for a refused request */
  answer(request: GraphRequest): Promise<WireAnswer>;
}

/** How many requests Outlook processes at a time for one application and mailbox. */
const mostInMailbox = 4;

/** @param now - ISO 8601, UTC, whole seconds */
export function graphService(store: Store, now: () => string): GraphService {
  const inFlight = new Map<string, number>();

  return {
    async answer(request) {
      const mailbox = laneOf(store, request);
      const busy = (inFlight.get(mailbox) ?? 0) + 1;
      inFlight.set(mailbox, busy);
      try {
        // Yields once, so that requests really run concurrently.
        await new Promise(setImmediate);
        if (mailbox !== "" && busy > mostInMailbox) throw tooManyRequests();
        return mailbox === "" ? directoryAnswer(store.state, request) : mailboxAnswer(store, request, now());
      } finally {
        inFlight.set(mailbox, (inFlight.get(mailbox) ?? 1) - 1);
      }
    },
  };
}

/** The id of the mailbox that a request addresses, however it is named; "" for the directory. */
function laneOf({ state }: Store, request: GraphRequest): string {
  const name = mailboxNamed(request);
  if (name === null) return "";
  if (state.users.has(name)) return name;
  try {
    return findEntry(state, "user", name).id;
  } catch {
    return name;
  }
}

function tooManyRequests(): GraphProblem {
  const message = "Application is over its MailboxConcurrency limit.";
  return new GraphProblem(429, "ApplicationThrottled", message, { "Retry-After": "1" });
}
