import type { ExchangeErrorKind } from "./exchange.ts";
import type { Said } from "./said.ts";

/** Failures that only the message identifies, or identifies better than the exception class. The first match wins. */
const byText: readonly (readonly [RegExp, ExchangeErrorKind])[] = [
  [/maximum number of concurrent requests per tenant/i, "throttled"],
  // Other clients treat it as "deleted but still held": the directory has not caught up with Exchange.
  [/ExternalDirectoryObjectId was not returned from Graph/i, "address-lingers"],
  [/reached the maximum number of mail users and contacts/i, "creation-quota"],
  [/proxy address .* is already being used/i, "address-in-use"],
  [/same value for property proxyAddresses/i, "address-in-use"],
  [/multiple recipients matching identity/i, "name-in-use"],
  [/of property "?Alias"? is used by another/i, "name-in-use"],
  [
    /e-?mail address .*(?:is not|isn't) (?:a |an )?(?:valid )?(?:(?:SMTP )?e-?mail|SMTP) address/i,
    "invalid-address",
  ],
  [/synchronized from your on-premises/i, "directory-synced"],
  // The anchor mailbox belongs to another organization, although the exception class is a transient one.
  // https://github.com/Microsoft365DSC/MSCloudLoginAssistant/issues/172
  [/does not belong to partition/i, "wrong-organization"],
  [/not a recognized filterable property/i, "invalid-request"],
  [/\btoo long\b|maximum (?:allowed )?length/i, "value-too-long"],
];

const byException: Readonly<Record<string, ExchangeErrorKind>> = {
  ADObjectAlreadyExistsException: "name-in-use",
  ADServerSettingsChangedException: "busy",
  AmbiguousParameterSetException: "invalid-request",
  BackendCommunicationException: "busy",
  CannotResolveTenantNameException: "wrong-organization",
  CmdletProxyNotAvailableFailure: "busy",
  CommandNotFoundException: "no-permission",
  DCOverloadedException: "busy",
  DataValidationException: "invalid-value",
  ManagementObjectNotFoundException: "not-found",
  OverBudgetException: "throttled",
  ParameterBindingException: "invalid-request",
  ParameterTransformationException: "invalid-value",
  PropertyValidationException: "invalid-value",
  ProxyAddressExistsException: "address-in-use",
  RecipientUsageExceededRecentQuotaException: "creation-quota",
  ServerBusyException: "busy",
  ServerInMMException: "busy",
  SuitabilityDirectoryException: "busy",
  UnableToWriteToAadException: "directory-write-failed",
  WindowsLiveIdAddressIsAlreadyUsedException: "address-in-use",
};

/** Transient exception classes that appear only in the message; other clients retry on them whatever the status. */
const busyInText =
  /CmdletProxyNotAvailableFailure|ServerBusyException|TransientException|BackendCommunicationException/;

const byStatus: Readonly<Record<number, ExchangeErrorKind>> = {
  401: "no-app-role",
  403: "no-permission",
  408: "busy",
  429: "throttled",
  500: "busy",
  502: "busy",
  503: "busy",
  504: "busy",
};

/**
 * Classifies a refusal. The same failure comes with varying statuses (a name in use is 400 or 500), so the status
 * counts only when nothing else identifies it.
 */
export function kindOf(status: number, { exception, text }: Said): ExchangeErrorKind {
  const worded = byText.find(([pattern]) => pattern.test(text))?.[1];
  if (worded !== undefined) return worded;
  const named = byException[exception];
  if (named !== undefined) return named;
  if (/Transient/.test(exception) || busyInText.test(text)) return "busy";
  // An unknown exception is permanent, whatever the status; a bare status may be temporary.
  if (exception !== "" && status !== 429 && status !== 401 && status !== 403) return "other";
  return byStatus[status] ?? "other";
}

/**
 * Whether the service may have carried out the cmdlet. Errors about a cmdlet's input come before it writes anything;
 * errors about its surroundings may come halfway through.
 */
export function outcomeOf(kind: ExchangeErrorKind, status: number): "refused" | "unknown" {
  if (kind === "other") return status >= 400 && status < 500 ? "refused" : "unknown";
  return inTheMiddle.has(kind) ? "unknown" : "refused";
}

const inTheMiddle: ReadonlySet<ExchangeErrorKind> = new Set([
  "address-lingers",
  "busy",
  "directory-write-failed",
  "malformed-answer",
]);

const passing: ReadonlySet<ExchangeErrorKind> = new Set([
  "throttled",
  "busy",
  "directory-write-failed",
  "malformed-answer",
]);

/** Whether a retry may succeed. */
export function mayPass(kind: ExchangeErrorKind): boolean {
  return passing.has(kind);
}
