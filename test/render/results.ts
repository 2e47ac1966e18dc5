import type { ApplyResult, Failure } from "../../src/model/apply-result.ts";

export const none = { created: 0, updated: 0, deleted: 0, adopted: 0, failed: 0, skipped: 0 };
/** Everything was made. */
export const complete: ApplyResult = {
  run: "20261124T084939Z-3f1c",
  summary: { ...none, created: 3, updated: 2, deleted: 1 },
  failures: [],
  unlistedFailures: 0,
  alreadyDone: 0,
  interrupted: false,
  incomplete: [],
  diagnostics: [],
};

function failure(index: number, more: Partial<Failure> = {}): Failure {
  return {
    status: "failed",
    sync: "phone-directory",
    mailbox: `m${index}@contoso.com`,
    folder: null,
    action: "create",
    key: `contoso/${index}`,
    displayName: `Person ${index}`,
    code: "ErrorQuotaExceeded",
    message: "The mailbox is full. Make room in it, or leave it out of the sync.",
    requestId: `r-${index}`,
    ...more,
  };
}

/** Changes failed in more ways than one. */
export const incomplete: ApplyResult = {
  ...complete,
  summary: { ...none, created: 3, adopted: 1, failed: 12, skipped: 1 },
  failures: [
    ...Array.from({ length: 12 }, (_, i) => failure(i)),
    failure(99, {
      status: "stale",
      action: "update",
      code: "stale",
      displayName: "Bo\u001B[1mLi",
      message: "The contact changed since the plan.",
      requestId: "",
    }),
  ],
  unlistedFailures: 4,
  diagnostics: [{ severity: "error", code: "c", summary: "S", detail: "D", place: null }],
};
