import type { Parameters, ParameterValue, ReadCmdlet, WriteCmdlet } from "./exchange.ts";

const guid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

const byIdentity: ReadonlySet<WriteCmdlet> = new Set([
  "Set-MailContact",
  "Set-Contact",
  "Remove-MailContact",
]);

/**
 * The body of a read.
 *
 * A read with an identity that is null, empty or unknown to Exchange as a value gives all objects.
 *
 * @throws {Error} for an identity that is no plain text: a bug
 */
export function readBody(cmdlet: ReadCmdlet, parameters: Parameters): string {
  const identity = named(parameters, "identity");
  if (identity !== undefined && (typeof identity !== "string" || !/[^\s*]/.test(identity))) {
    throw new Error(
      `${cmdlet} was about to be asked with an identity that is none, which gives all objects.`,
    );
  }
  return body(cmdlet, parameters);
}

/**
 * The body of a write.
 *
 * @throws {Error} for an identity that is no Guid, where the cmdlet takes one: a bug, and names may be another's
 */
export function writeBody(cmdlet: WriteCmdlet, parameters: Parameters): string {
  const identity = named(parameters, "identity");
  if (byIdentity.has(cmdlet) && (typeof identity !== "string" || !guid.test(identity))) {
    throw new Error(`${cmdlet} was about to be sent without the Guid of what it changes.`);
  }
  return body(cmdlet, parameters);
}

/** The value of a parameter, whose name Exchange reads in any case; undefined for none. */
export function named(parameters: Parameters, lowerCase: string): ParameterValue | undefined {
  return Object.entries(parameters).find(([name]) => name.toLowerCase() === lowerCase)?.[1];
}

function body(CmdletName: string, parameters: Parameters): string {
  const Parameters = Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => [name, encoded(value)]),
  );
  return JSON.stringify({ CmdletInput: { CmdletName, Parameters } });
}

/** An empty list has to be an object, which without its type Exchange takes for something else and fails. */
function encoded(value: ParameterValue): unknown {
  return Array.isArray(value) && value.length === 0 ? { "@odata.type": "#Exchange.GenericHashTable" } : value;
}
