import { expect, test } from "vitest";
import { explain } from "../../../src/cli/output/explain.ts";
import { ExchangeError } from "../../../src/http/exchange/exchange.ts";
import { AuthError } from "../../../src/http/token.ts";

test("a refusal of Exchange is a diagnostic with what to do", () => {
  const message = "Exchange answered 403 and gave no reason.";
  const failure = {
    kind: "no-permission",
    cmdlet: "Get-MailContact",
    status: 403,
    outcome: "refused",
  } as const;
  expect(explain(new ExchangeError({ ...failure, message, requestId: "r-1" }))).toEqual({
    severity: "error",
    code: "exchange-role-missing",
    summary: "The application lacks a role in Exchange Online",
    detail: expect.stringContaining("Get-MailContact was answered with 403: Exchange answered 403"),
    place: null,
    requestId: "r-1",
  });
});

test("a sign-in to Exchange that failed is told as any other", () => {
  const cause = new AuthError({ code: "client-secret-expired", message: "The client secret has expired." });
  const failure = { kind: "sign-in", cmdlet: "Get-Contact", outcome: "refused" } as const;
  const error = new ExchangeError({ ...failure, message: cause.message, cause });
  expect(explain(error)).toEqual(explain(cause));
  expect(explain(error)).toMatchObject({ code: "client-secret-expired", summary: "Signing in failed" });
});

test("what is a bug of galops is explained as nothing else", () => {
  expect(explain(new Error("Get-MailContact was about to be sent with an unusable identity."))).toBeNull();
});
