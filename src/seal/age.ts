import { Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from "age-encryption";
import type { Keys, Lock } from "./keys.ts";
import { SealError } from "./seal-error.ts";

/**
 * Encryption by age, a format that other programs (`age`, `rage`) read, too. Loaded only where something is encrypted.
 *
 * @see https://age-encryption.org/v1
 */

/** @throws {SealError} for what is no recipient */
export function encrypterFor({ recipients, passphrase }: Lock): Encrypter {
  const encrypter = new Encrypter();
  if (recipients.length === 0) encrypter.setPassphrase(passphrase);
  for (const recipient of recipients) addRecipient(encrypter, recipient);
  return encrypter;
}

/**
 * For a file with this header.
 *
 * @throws {SealError} when there is nothing that could open it
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

/** Whom something is encrypted for so that these identities read it. @throws {SealError} */
export async function recipientsOf({ identity }: Keys): Promise<readonly string[]> {
  const recipients: string[] = [];
  for (const one of identitiesIn(identity)) {
    addIdentity(new Decrypter(), one);
    recipients.push(await identityToRecipient(one));
  }
  return recipients;
}

/** What was tried does not fit. */
export function wrongKey(cause: unknown): SealError {
  const message =
    "It is encrypted, and what is given to read it does not fit. Check GALOPS_PLAN_IDENTITY, or " +
    "GALOPS_PLAN_PASSPHRASE where it was encrypted with a passphrase.";
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
        ? "What --encrypt-to names is a secret key. Name the public one that belongs to it (age-keygen -y prints it), and take the secret out of scripts and logs."
        : `${recipient} is no age recipient. It looks like age1… and is printed by age-keygen; SSH keys are not supported.`,
      error,
    );
  }
}

function identitiesIn(text: string): readonly string[] {
  const lines = text.split("\n").map((line) => line.trim());
  return lines.filter((line) => line !== "" && !line.startsWith("#"));
}

/** The text is never in the message: it may be a secret after all. */
function addIdentity(decrypter: Decrypter, identity: string): void {
  try {
    decrypter.addIdentity(identity);
  } catch (error) {
    throw new SealError(
      "bad-identity",
      "GALOPS_PLAN_IDENTITY holds no age identity. It takes the text itself (AGE-SECRET-KEY-1…), not the name of a file.",
      error,
    );
  }
}

function noKey(how: string, variable: string): SealError {
  return new SealError("no-key", `It is encrypted ${how}. Set ${variable} to read it.`);
}
