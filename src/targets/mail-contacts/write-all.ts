import type { Change } from "../../model/plan.ts";
import { untilSeen } from "./until-seen.ts";
import { narrowed } from "./writes.ts";
import type { Write } from "./writes.ts";
import type { Writing } from "./writing.ts";

/** Whether the manager was written, will be written later, or does not exist. */
export type Managed = "written" | "later" | "nobody";

/**
 * Sends the cmdlets of a change. A cmdlet is repeated while Exchange does not find a contact that this run created: the
 * change's own or its manager's. A manager who does not exist (yet) is left out of the contact and of the digest in its
 * stamp.
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
  /** Whether the change writes only the manager, so that there is nothing to stamp before that. */
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
