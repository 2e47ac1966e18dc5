import { expect, test } from "vitest";
import { BookError } from "../../../src/model/book.ts";
import { asBookError, mailboxProblem } from "../../../src/targets/mailbox-contacts/problems.ts";
import { refusal } from "../../fakes/scripted-graph.ts";
import { bookRef } from "./world.ts";

test.each([
  [404, "MailboxNotEnabledForRESTAPI", "warning", "mailbox-not-enabled"],
  [404, "ErrorInvalidUser", "warning", "mailbox-not-found"],
  [403, "ErrorAccessDenied", "error", "mailbox-access-denied"],
  [401, "InvalidAuthenticationToken", "error", "graph-sign-in-refused"],
  [429, "ApplicationThrottled", "error", "mailbox-throttled"],
  [503, "ErrorMailboxMoveInProgress", "error", "mailbox-moving"],
  [503, "UnknownError", "error", "mailbox-unavailable"],
  [507, "ErrorQuotaExceeded", "error", "mailbox-full"],
  [0, "network", "error", "graph-unreachable"],
])("%d %s is about the whole mailbox: %s %s", (status, code, severity, expected) => {
  const error = refusal(status, code);
  expect(mailboxProblem(error)).toMatchObject({ severity, code: expected });
  expect(asBookError(error, bookRef())).toMatchObject({ problem: { severity, code: expected } });
});

test.each([
  [404, "ErrorItemNotFound"],
  [400, "ErrorInvalidProperty"],
  [412, "ErrorIrresolvableConflict"],
  [500, "ErrorInternalServerError"],
  [200, "no-answer"],
])("%d %s is about one item, but a book whose reading ends in it is not read", (status, code) => {
  expect(mailboxProblem(refusal(status, code))).toBeNull();
  expect(asBookError(refusal(status, code), bookRef())).toMatchObject({
    problem: { severity: "error", code: "mailbox-read-failed" },
  });
});

test("the message names the mailbox, what to do, and the answer; the request's id, which is another one each time, stands beside it", () => {
  const error = asBookError(refusal(403, "ErrorAccessDenied"), bookRef());
  expect(error).toBeInstanceOf(BookError);
  expect(error).toMatchObject({
    message: expect.stringMatching(
      /^ann@contoso\.com: .*Contacts\.ReadWrite.*403 ErrorAccessDenied\.\)$/,
    ) as string,
    problem: { requestId: "request-1" },
  });
});

test("what is no answer of Graph stays what it is", () => {
  const bug = new Error("A bug.");
  expect(asBookError(bug, bookRef())).toBe(bug);
});
