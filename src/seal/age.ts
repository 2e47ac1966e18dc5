import { Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from "age-encryption";
import type { Keys, Lock } from "./keys.ts";
import { SealError } from "./seal-error.ts";

/**
 * Encryption with age, a format that other programs (`age`, `rage`) can read. Load it only when needed.
 *
 * @see https://age-encryption.org/v1
 */

/** @throws {SealError} for an invalid recipient */
export function encrypterFor({ recipients, passphrase }: Lock): Encrypter {
  const encrypter = new Encrypter();
  if (recipients.length === 0) encrypter.setPassphrase(passphrase);
  for (const recipient of recipients) addRecipient(encrypter, recipient);
  return encrypter;
}

/**
 * Creates a decrypter for a file with this header.
 *
 * @throws {SealError} when no key of the right kind is set
 */
export function decrypterFor(header: string, { identity, passphrase }: Keys): Decrypter {
  const decrypter = new Decrypter();
  if (/^-> scrypt /m.test(header)) {
    if (passphrase === "") throw noKey("with a passphrase", "GALOPS_PLAN_PASSPHRASE");
    decrypter.addPassphrase(passphrase);
    return decrypter;
  }
  const identities = identitiesIn(identity);
  if (identities.length === 0) throw noKey("for age recipients", "GALOPS_PLAN_IDENTITY");
  for (const one of identities) addIdentity(decrypter, one);
  return decrypter;
}

export async function newKey(): Promise<{ readonly identity: string; readonly recipient: string }> {
  const identity = await generateX25519Identity();
  return { identity, recipient: await identityToRecipient(identity) };
}

/** Recipients whose files these identities can read. @throws {SealError} for an invalid identity */
export async function recipientsOf({ identity }: Keys): Promise<readonly string[]> {
  const recipients: string[] = [];
  for (const one of identitiesIn(identity)) {
    addIdentity(new Decrypter(), one);
    recipients.push(await identityToRecipient(one));
  }
  return recipients;
}

/** The error for keys that do not match. */
export function wrongKey(cause: unknown): SealError {
  const message =
    "The file is encrypted, and the key does not match. Check GALOPS_PLAN_IDENTITY, or " +
    "GALOPS_PLAN_PASSPHRASE if it was encrypted with a passphrase.";
  return new SealError("wrong-key", message, cause);
}

function addRecipient(encrypter: Encrypter, recipient: string): void {
  try {
    encrypter.addRecipient(recipient);
  } catch (error) {
    const secret = /^AGE-SECRET-KEY-/i.test(recipient);
    throw new SealError(
      "bad-recipient",
      secret
        ? "--encrypt-to names a secret key. Give it the matching public key (age-keygen -y prints it), and remove the secret key from scripts and logs."
        : `${recipient} is not an age recipient. A recipient begins with age1 and is printed by age-keygen; SSH keys are not supported.`,
      error,
    );
  }
}

function identitiesIn(text: string): readonly string[] {
  const lines = text.split("\n").map((line) => line.trim());
  return lines.filter((line) => line !== "" && !line.startsWith("#"));
}

/** The error never contains the text, which may be a secret after all. */
function addIdentity(decrypter: Decrypter, identity: string): void {
  try {
    decrypter.addIdentity(identity);
  } catch (error) {
    throw new SealError(
      "bad-identity",
      "GALOPS_PLAN_IDENTITY is not an age identity. Set it to the key itself (AGE-SECRET-KEY-1…), not to the name of a file.",
      error,
    );
  }
}

function noKey(how: string, variable: string): SealError {
  return new SealError("no-key", `The file is encrypted ${how}. Set ${variable} to read it.`);
}
