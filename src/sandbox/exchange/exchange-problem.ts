/** Why a request was refused; converted to an HTTP answer in one place. */
export type Refusal =
  /** The cmdlet ran and failed. */
  | CmdletFailure
  /** Its parameters are unknown or incomplete. */
  | { readonly kind: "binding"; readonly text: string }
  /** The value of a parameter cannot be converted. */
  | { readonly kind: "conversion"; readonly text: string }
  /** The request did not reach a cmdlet. */
  | { readonly kind: "operation"; readonly exception: string | null }
  /** An answer without text. */
  | {
      readonly kind: "wordless";
      readonly status: 401 | 403 | 404 | 405;
      readonly headers: Readonly<Record<string, string>>;
    }
  /** A feature that Exchange has and the sandbox does not. */
  | { readonly kind: "not-modelled"; readonly what: string };

export interface CmdletFailure {
  readonly kind: "cmdlet";
  readonly status: number;
  /** The error code, e.g. `NotFound`. */
  readonly code: string;
  /** Full name of the exception. */
  readonly type: string;
  readonly text: string;
  /** The failure in the JSON form, if it differs there. */
  readonly inJson?: Omit<CmdletFailure, "kind" | "inJson">;
}

export class ExchangeProblem extends Error {
  override readonly name = "ExchangeProblem";
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super("text" in refusal ? refusal.text : refusal.kind);
    this.refusal = refusal;
  }
}

const recipientTask = "Microsoft.Exchange.Configuration.Tasks.RecipientTaskException";

function failure(status: number, code: string, type: string, text: string): ExchangeProblem {
  return new ExchangeProblem({ kind: "cmdlet", status, code, type, text });
}

export function notFound(identity: string): ExchangeProblem {
  const type = "Microsoft.Exchange.Configuration.Tasks.ManagementObjectNotFoundException";
  const text = `The operation couldn't be performed because object '${identity}' couldn't be found on 'EMUL01A12DC007.EMUL01A012.PROD.OUTLOOK.COM'.`;
  return failure(404, "NotFound", type, text);
}

/** @see https://github.com/Microsoft365DSC/MSCloudLoginAssistant/issues/172 */
export function otherOrganization(name: string): ExchangeProblem {
  const type = "Microsoft.Exchange.Data.Directory.ADTransientException";
  const object = `CN=SystemMailbox{bb558c35-97f1-4cb9-8ff7-d53741dc928c},OU=${name},OU=Microsoft Exchange Hosted Organizations,DC=EMUL,DC=PROD,DC=OUTLOOK,DC=COM`;
  const text = `Object '${object}' does not belong to partition 'EMUL01A012.PROD.OUTLOOK.COM' that current AD session is bound to.`;
  return failure(500, "InternalServerError", type, text);
}

export function ambiguous(identity: string): ExchangeProblem {
  const type = "Microsoft.Exchange.Configuration.Tasks.ManagementObjectAmbiguousException";
  const text = `The operation couldn't be performed because '${identity}' matches multiple entries.`;
  return failure(400, "BadRequest", type, text);
}

/** @see https://learn.microsoft.com/en-us/exchange/troubleshoot/email-alias/proxy-address-being-used */
export function addressTaken(address: string, holder: string): ExchangeProblem {
  const type = "Microsoft.Exchange.Data.Directory.ProxyAddressExistsException";
  const text = `The proxy address "SMTP:${address}" is already being used by the proxy addresses or LegacyExchangeDN of "${holder}". Please choose another proxy address.`;
  return failure(409, "Conflict", type, text);
}

export function nameTaken(name: string, distinguishedName: string): ExchangeProblem {
  return new ExchangeProblem({
    kind: "cmdlet",
    status: 500,
    code: "InternalServerError",
    type: recipientTask,
    text: `There are multiple recipients matching identity "${name}". Please specify a unique value.`,
    inJson: {
      status: 400,
      code: "BadRequest",
      type: "Microsoft.Exchange.Data.Directory.ADObjectAlreadyExistsException",
      text: `The object '${distinguishedName}' already exists.`,
    },
  });
}

export function aliasTaken(alias: string, holder: string): ExchangeProblem {
  const text = `The value "${alias}" of property "Alias" is used by another recipient object "${holder}". Please specify a unique value.`;
  return failure(400, "BadRequest", recipientTask, text);
}

export function notAnAddress(text: string): ExchangeProblem {
  const message = `The external e-mail address ${text} is not an SMTP e-mail address.`;
  return failure(400, "BadRequest", recipientTask, message);
}

/** The address belongs to an object that was deleted a while ago. */
export function heldByDeleted(): ExchangeProblem {
  const text =
    "Required field ExternalDirectoryObjectId was not returned from Graph API while creating the object.";
  return failure(500, "InternalServerError", recipientTask, text);
}

export function quotaReached(): ExchangeProblem {
  const type = "Microsoft.Exchange.Data.Directory.RecipientUsageExceededRecentQuotaException";
  const text = "You've reached the maximum number of mail users and contacts you can create at this time.";
  return failure(400, "BadRequest", type, text);
}

export function synchronized(name: string, cmdlet: string): ExchangeProblem {
  const type = "Microsoft.Exchange.Configuration.Tasks.InvalidOperationInDehydratedContextException";
  const text = `The operation on mail contact "${name}" failed because it's out of the current user's write scope. The action '${cmdlet}' can't be performed on the object '${name}' because the object is being synchronized from your on-premises organization. This action should be performed on the object in your on-premises organization.`;
  return failure(400, "BadRequest", type, text);
}

export function invalidValue(property: string, why: string): ExchangeProblem {
  const type = "Microsoft.Exchange.Data.DataValidationException";
  return failure(
    400,
    "BadRequest",
    type,
    `Property validation failed. Property = ${property} Error = ${why}`,
  );
}

export function badFilter(why: string): ExchangeProblem {
  return failure(400, "BadRequest", "Microsoft.Exchange.Data.Filtering.FilterSyntaxException", why);
}

export function unknownParameter(name: string): ExchangeProblem {
  return new ExchangeProblem({
    kind: "binding",
    text: `Parameter set cannot be resolved using the specified named parameters. Invalid cmdlet parameters specified. ${name}`,
  });
}

export function missingParameters(names: readonly string[]): ExchangeProblem {
  return new ExchangeProblem({
    kind: "binding",
    text: `Parameter set cannot be resolved using the specified named parameters. Missing mandatory parameters: ${names.join(", ")}`,
  });
}

/** @param type - the .NET type name */
export function notConvertible(parameter: string, value: string, type: string): ExchangeProblem {
  return new ExchangeProblem({
    kind: "conversion",
    text: `Cannot process argument transformation on parameter '${parameter}'. Cannot convert value "${value}" to type "${type}".`,
  });
}

export function notModelled(what: string): ExchangeProblem {
  return new ExchangeProblem({ kind: "not-modelled", what });
}

export function invalidOperation(exception: string | null = null): ExchangeProblem {
  return new ExchangeProblem({ kind: "operation", exception });
}

export function wordless(
  status: 401 | 403 | 404 | 405,
  headers: Readonly<Record<string, string>> = {},
): ExchangeProblem {
  return new ExchangeProblem({ kind: "wordless", status, headers });
}
