import type { Environment } from "../../model/context.ts";
import type { Diagnostic } from "../../model/diagnostic.ts";
import type { Keys, Lock } from "../../seal/keys.ts";

/**
 * What a plan or a journal is encrypted for; null where nothing is asked for.
 *
 * @throws {SealError} for what is no recipient
 */
export async function lockOf(recipients: readonly string[], env: Environment): Promise<Lock | null> {
  const passphrase = env["GALOPS_PLAN_PASSPHRASE"] ?? "";
  if (recipients.length === 0 && passphrase === "") return null;
  const lock = { recipients, passphrase };
  const { encrypterFor } = await import("../../seal/age.ts");
  // Known before the work begins.
  encrypterFor(lock);
  return lock;
}

/** Whoever can download what is encrypted can try out passphrases, as many as they like. */
const shortestPassphrase = 12;

/** That the passphrase is soon guessed; empty where it is long enough, or where none is used. */
export function passphraseWarnings(recipients: readonly string[], env: Environment): readonly Diagnostic[] {
  const length = Array.from(env["GALOPS_PLAN_PASSPHRASE"] ?? "").length;
  if (recipients.length > 0 || length === 0 || length >= shortestPassphrase) return [];
  return [
    {
      severity: "warning",
      code: "weak-passphrase",
      summary: "The passphrase is too short",
      detail:
        `GALOPS_PLAN_PASSPHRASE has fewer than ${shortestPassphrase} characters. Anyone who can download what it encrypts can ` +
        "try to guess it offline. Use a long one, e.g. from openssl rand -base64 32, everywhere it is set.",
      place: null,
    },
  ];
}

/** What there is to read them with. */
export function keysOf(env: Environment): Keys {
  return {
    identity: env["GALOPS_PLAN_IDENTITY"] ?? "",
    passphrase: env["GALOPS_PLAN_PASSPHRASE"] ?? "",
  };
}
