import type { Change } from "../../model/plan.ts";
import { untilSeen } from "./until-seen.ts";
import { narrowed } from "./writes.ts";
import type { Write } from "./writes.ts";
import type { Writing } from "./writing.ts";

/** What became of the manager. */
export type Managed = "written" | "later" | "nobody";

/**
 * Sends the cmdlets of a change to its contact, each of them again while Exchange does not see a contact yet that this
 * run made: the change's own, or its manager's. A manager who is not there (yet) is left out, and the stamp does not
 * tell of him.
 *
 * @throws {ExchangeError}
 */
export async function writeAll(
  writes: readonly Write[],
  change: Change,
  id: string,
  { exchange, sync, managers, clock, signal }: Writing,
): Promise<Managed> {
  let managed: Managed = "written";
  /** Whether there is nothing to be stamped until the manager is there. */
  let isOnlyManager = false;
  const sendOnce = ({ cmdlet, parameters }: Write) =>
    exchange.invoke(cmdlet, { Identity: id, ...parameters }, signal);
  const sendUntilSeen = (write: Write) => untilSeen(clock, signal, () => sendOnce(write));
  const send = change.action === "create" ? sendUntilSeen : sendOnce;
  for (const write of writes) {
    const { Manager: address, ...others } = write.parameters;
    if (write.cmdlet !== "Set-Contact" || typeof address !== "string") {
      if (managed === "later" && isOnlyManager && Object.keys(write.parameters).length === 1) continue;
      await send(
        managed === "written" ? write : narrowed(write, change, sync, (field) => field !== "manager"),
      );
      continue;
    }
    const manager = await managers.identityOf(address, change, signal);
    if (manager.kind === "later" || manager.kind === "nobody") {
      managed = manager.kind;
      isOnlyManager = change.action !== "create" && Object.keys(others).length === 0;
      if (Object.keys(others).length > 0) await send({ ...write, parameters: others });
      continue;
    }
    const named = { ...write, parameters: { ...others, Manager: manager.identity } };
    await (manager.kind === "made" ? sendUntilSeen : send)(named);
  }
  return managed;
}
