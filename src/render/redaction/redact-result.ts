import type { ApplyResult, Failure } from "../../model/apply-result.ts";
import { redactDiagnostic } from "./redact-diagnostic.ts";
import type { Redactor } from "./redactor.ts";

/** Removes people from the result of an apply. */
export function redactResult(result: ApplyResult, redactor: Redactor): ApplyResult {
  if (redactor.level === "none") return result;
  const { run, summary, failures, unlistedFailures, alreadyDone, interrupted, incomplete, diagnostics } =
    result;
  return {
    run,
    summary,
    failures: failures.map((failure) => redactFailure(failure, redactor)),
    unlistedFailures,
    alreadyDone,
    interrupted,
    incomplete,
    diagnostics: diagnostics.map((diagnostic) => redactDiagnostic(diagnostic, redactor)),
  };
}

function redactFailure(failure: Failure, redactor: Redactor): Failure {
  const { status, sync, mailbox, folder, action, key, displayName, code, message, requestId } = failure;
  return {
    status,
    sync,
    mailbox: redactor.mailbox(mailbox),
    folder,
    action,
    // The new name of a folder comes from the config.
    ...(action === "rename"
      ? { key, displayName }
      : { key: redactor.key(key), displayName: redactor.name(key, displayName) }),
    code,
    message: redactor.foreignText(message),
    requestId,
  };
}
