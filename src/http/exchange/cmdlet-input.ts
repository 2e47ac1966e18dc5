import type { Parameters, ParameterValue, ReadCmdlet, WriteCmdlet } from "./exchange.ts";

const guid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

const byIdentity: ReadonlySet<WriteCmdlet> = new Set([
  "Set-MailContact",
  "Set-Contact",
  "Remove-MailContact",
]);

/**
 * Encodes the body of a read.
 *
 * Exchange returns all objects for an identity that is null, empty or otherwise unusable.
 *
 * @throws {Error} for an identity that is not a plain text: a bug
 */
export function readBody(cmdlet: ReadCmdlet, parameters: Parameters): string {
  const identity = named(parameters, "identity");
  if (identity !== undefined && (typeof identity !== "string" || !/[^\s*]/.test(identity))) {
    throw new Error(`${cmdlet} was about to be sent with an unusable identity, which returns all objects.`);
  }
  return body(cmdlet, parameters);
}

/**
 * Encodes the body of a write.
 *
 * @throws {Error} when a cmdlet that takes an identity gets one that is not a Guid, since a name may belong to another
 * object: a bug
 */
export function writeBody(cmdlet: WriteCmdlet, parameters: Parameters): string {
  const identity = named(parameters, "identity");
  if (byIdentity.has(cmdlet) && (typeof identity !== "string" || !guid.test(identity))) {
    throw new Error(`${cmdlet} was about to be sent without the Guid of what it changes.`);
  }
  return body(cmdlet, parameters);
}

/** The value of a parameter, whose name is case-insensitive for Exchange; undefined when absent. */
export function named(parameters: Parameters, lowerCase: string): ParameterValue | undefined {
  return Object.entries(parameters).find(([name]) => name.toLowerCase() === lowerCase)?.[1];
}

function body(CmdletName: string, parameters: Parameters): string {
  const Parameters = Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => [name, encoded(value)]),
  );
  return JSON.stringify({ CmdletInput: { CmdletName, Parameters } });
}

/**
 * Encodes a value. An empty list must be sent as an object with its type, without which Exchange misinterprets it and
 * fails.
 */
function encoded(value: ParameterValue): unknown {
  return Array.isArray(value) && value.length === 0 ? { "@odata.type": "#Exchange.GenericHashTable" } : value;
}
