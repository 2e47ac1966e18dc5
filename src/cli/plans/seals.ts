import type { Environment } from "../../model/context.ts";
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

/** What there is to read them with. */
export function keysOf(env: Environment): Keys {
  return {
    identity: env["GALOPS_PLAN_IDENTITY"] ?? "",
    passphrase: env["GALOPS_PLAN_PASSPHRASE"] ?? "",
  };
}
