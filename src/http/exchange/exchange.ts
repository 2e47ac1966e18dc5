/**
 * What targets know of Exchange Online: its cmdlets, one a request. Authentication, routing, budgets, retry, throttling
 * and paging are behind it.
 */

/** Cmdlets that change nothing. */
export type ReadCmdlet = "Get-MailContact" | "Get-Contact" | "Get-Recipient" | "Get-AcceptedDomain";

export type WriteCmdlet = "New-MailContact" | "Set-MailContact" | "Set-Contact" | "Remove-MailContact";

export type Cmdlet = ReadCmdlet | WriteCmdlet;

/** Null clears a text, a list replaces a list, and an empty one clears it. Switches are booleans. */
export type ParameterValue = string | boolean | null | readonly string[];

/** By name of the parameter, written as the cmdlet's documentation writes it. */
export type Parameters = Readonly<Record<string, ParameterValue>>;

/** Properties by name, without OData's annotations. Unset is null or "" alike, dates are text. */
export type Row = Readonly<Record<string, unknown>>;

/** The half of the client that cannot change anything. */
export interface ExchangeReader {
  /**
   * All rows, each object (by `Guid`) once, in no order. Complete or it throws. `ResultSize` is the client's to give.
   * With `Identity` it is one object, which the service says it does not know with `kind` "not-found".
   *
   * @param options - `select`: only these properties (`Guid` and `Name` come all the same, of cmdlets that have many rows)
   * @throws {ExchangeError} `kind` "incomplete-read" where it is not certain that nothing is missing
   * @throws the signal's reason when aborted
   */
  read(
    cmdlet: ReadCmdlet,
    parameters: Parameters,
    options: { readonly select?: readonly string[] },
    signal: AbortSignal,
  ): Promise<readonly Row[]>;
  /** Milliseconds that so many writes would take, by the budget and by how long Exchange usually works on one. */
  forecastMs(writes: number): number;
}

/** The whole client; only `apply` is given one. */
export interface ExchangeClient extends ExchangeReader {
  /**
   * One write, at the pace of the budget. `Identity` is a Guid. A New-MailContact is never repeated after an outcome
   * that is not known (see `ExchangeError.outcome`); the others are, and a Remove-MailContact that then finds nothing
   * has done its work.
   *
   * @returns what it gave back: of what it made a row, and mostly nothing
   * @throws {ExchangeError}
   * @throws the signal's reason when aborted; the write may then have been carried out
   */
  invoke(cmdlet: WriteCmdlet, parameters: Parameters, signal: AbortSignal): Promise<readonly Row[]>;
}

/** What a failure is about, whatever shape it came in. */
export type ExchangeErrorKind =
  /** The object does not exist, or does not yet where it was looked for. */
  | "not-found"
  /** The address belongs to another recipient of any kind. */
  | "address-in-use"
  /** The address belongs to something deleted that the directory still holds, or was made a moment ago. */
  | "address-lingers"
  /** The name or the alias belongs to another recipient, perhaps to what an earlier attempt made. */
  | "name-in-use"
  | "invalid-address"
  /** Longer than Exchange takes. */
  | "value-too-long"
  /** A value that the parameter does not take. */
  | "invalid-value"
  /** A parameter that the cmdlet does not have, or a filter that it does not understand. */
  | "invalid-request"
  /** No more recipients may be created for now. */
  | "creation-quota"
  /** The object is synchronized from an on-premises directory. */
  | "directory-synced"
  /** Exchange could not write the same to Entra ID. */
  | "directory-write-failed"
  | "wrong-organization"
  /** Signing in failed before Exchange was asked; `cause` is an AuthError. */
  | "sign-in"
  /** The token was refused: the app role Exchange.ManageAsApp is missing. */
  | "no-app-role"
  /** No role of the application holds the cmdlet. */
  | "no-permission"
  | "throttled"
  /** Exchange has too much to do, or a part of it is away for the moment. */
  | "busy"
  /** No answer came. */
  | "unreachable"
  /** An answer came that is none. */
  | "malformed-answer"
  /** An answer leads to a host that the token must not be given to. */
  | "foreign-link"
  | "incomplete-read"
  | "other";

/** Exchange refused a cmdlet, or gave no usable answer. Holds no token and no parameters. */
export class ExchangeError extends Error {
  override readonly name = "ExchangeError";
  readonly kind: ExchangeErrorKind;
  readonly cmdlet: Cmdlet;
  /** Class of Exchange's own exception without its namespace, e.g. `ManagementObjectNotFoundException`; "" for none. */
  readonly exception: string;
  /** HTTP status; 0 when no response came. */
  readonly status: number;
  /** `request-id` of the service; "" when none is known. */
  readonly requestId: string;
  /** Whether the service may have carried the cmdlet out all the same. */
  readonly outcome: "refused" | "unknown";

  constructor(failure: {
    kind: ExchangeErrorKind;
    message: string;
    cmdlet: Cmdlet;
    exception?: string;
    status?: number;
    requestId?: string;
    outcome: "refused" | "unknown";
    cause?: unknown;
  }) {
    super(failure.message, { cause: failure.cause });
    this.kind = failure.kind;
    this.cmdlet = failure.cmdlet;
    this.exception = failure.exception ?? "";
    this.status = failure.status ?? 0;
    this.requestId = failure.requestId ?? "";
    this.outcome = failure.outcome;
  }

  /** The same after an earlier attempt that may have been carried out. */
  afterDoubt(): ExchangeError {
    if (this.outcome === "unknown") return this;
    const { kind, message, cmdlet, exception, status, requestId, cause } = this;
    return new ExchangeError({
      kind,
      message,
      cmdlet,
      exception,
      status,
      requestId,
      outcome: "unknown",
      cause,
    });
  }
}
