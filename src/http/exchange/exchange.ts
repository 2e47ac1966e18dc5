/**
 * The interface of targets to Exchange Online: its cmdlets, one for each request. Authentication, routing, budgets,
 * retries, throttling and paging are handled behind it.
 */

/** Cmdlets that change nothing. */
export type ReadCmdlet = "Get-MailContact" | "Get-Contact" | "Get-Recipient" | "Get-AcceptedDomain";

export type WriteCmdlet = "New-MailContact" | "Set-MailContact" | "Set-Contact" | "Remove-MailContact";

export type Cmdlet = ReadCmdlet | WriteCmdlet;

/** Null clears a text, a list replaces a list, and an empty one clears it. Switches are booleans. */
export type ParameterValue = string | boolean | null | readonly string[];

/** By parameter name, spelled as in the cmdlet's documentation. */
export type Parameters = Readonly<Record<string, ParameterValue>>;

/** Properties by name, without OData annotations. An unset property is null or ""; dates are text. */
export type Row = Readonly<Record<string, unknown>>;

/** The half of the client that cannot change anything. */
export interface ExchangeReader {
  /**
   * Reads all rows, each object (by `Guid`) once, in no order. Complete, or it throws. The client sets `ResultSize`
   * itself. A read with `Identity` gives one object; an unknown one is an error with `kind` "not-found".
   *
   * @param options - `select`: only these properties (lists also get `Guid` and `Name`)
   * @throws {ExchangeError} with `kind` "incomplete-read" when rows may be missing
   * @throws the signal's reason when aborted
   */
  read(
    cmdlet: ReadCmdlet,
    parameters: Parameters,
    options: { readonly select?: readonly string[] },
    signal: AbortSignal,
  ): Promise<readonly Row[]>;
  /**
   * Estimates the milliseconds that so many writes take, from the write rate and from Exchange's usual time for a
   * write.
   */
  forecastMs(writes: number): number;
}

/** The full client; only `apply` gets one. */
export interface ExchangeClient extends ExchangeReader {
  /**
   * Sends one write, within the budget. `Identity` must be a Guid. A New-MailContact whose outcome is unknown is never
   * repeated (see `ExchangeError.outcome`); other writes are, and a repeated Remove-MailContact that finds nothing has
   * succeeded.
   *
   * @returns the output: a row for a created object, otherwise usually nothing
   * @throws {ExchangeError}
   * @throws the signal's reason when aborted; the write may then have been carried out
   */
  invoke(cmdlet: WriteCmdlet, parameters: Parameters, signal: AbortSignal): Promise<readonly Row[]>;
}

/** What a failure is about, independent of the form in which Exchange reported it. */
export type ExchangeErrorKind =
  /** The object does not exist, or is not known yet to the server that was asked. */
  | "not-found"
  /** The address belongs to another recipient of any kind. */
  | "address-in-use"
  /** The address belongs to a deleted object that the directory still holds, or was assigned a moment ago. */
  | "address-lingers"
  /** The name or alias belongs to another recipient, perhaps one that an earlier attempt created. */
  | "name-in-use"
  | "invalid-address"
  /** Longer than Exchange allows. */
  | "value-too-long"
  /** A value that the parameter does not accept. */
  | "invalid-value"
  /** A parameter that the cmdlet does not have, or a filter that Exchange does not understand. */
  | "invalid-request"
  /** The quota for new recipients is used up for now. */
  | "creation-quota"
  /** The object is synchronized from an on-premises directory. */
  | "directory-synced"
  /** Exchange could not write the change to Entra ID. */
  | "directory-write-failed"
  | "wrong-organization"
  /** Signing in failed before Exchange was asked; `cause` is an AuthError. */
  | "sign-in"
  /** The token was refused: the app role Exchange.ManageAsApp is missing. */
  | "no-app-role"
  /** No role of the application includes the cmdlet. */
  | "no-permission"
  | "throttled"
  /** Exchange is overloaded, or a part of it is temporarily down. */
  | "busy"
  /** No answer came. */
  | "unreachable"
  /** An answer came that cannot be read. */
  | "malformed-answer"
  /** An answer links to a host that must not receive the token. */
  | "foreign-link"
  | "incomplete-read"
  | "other";

/** Exchange refused a cmdlet or gave no usable answer. Contains no token and no parameters. */
export class ExchangeError extends Error {
  override readonly name = "ExchangeError";
  readonly kind: ExchangeErrorKind;
  readonly cmdlet: Cmdlet;
  /**
   * The class of Exchange's own exception without its namespace, e.g. `ManagementObjectNotFoundException`; "" if
   * unknown.
   */
  readonly exception: string;
  /** HTTP status; 0 when no response came. */
  readonly status: number;
  /** The service's `request-id`; "" when unknown. */
  readonly requestId: string;
  /** "unknown" when the service may have carried out the cmdlet. */
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

  /** The same error, with an unknown outcome because an earlier attempt may have been carried out. */
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
