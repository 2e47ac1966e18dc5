import type { ExchangeClient } from "../../http/exchange/exchange.ts";
import { quoted } from "../../http/exchange/opath.ts";
import type { Change, CreateChange } from "../../model/plan.ts";
import { isRecipientAddress } from "./addresses.ts";
import { textOf } from "./rows.ts";

/** How the manager of a contact is named to Exchange. */
type ManagerIdentity =
  | { readonly kind: "known"; readonly identity: string }
  /** He was made in this run, so that Exchange may not know of him everywhere. */
  | { readonly kind: "made"; readonly identity: string }
  /** There is nobody of that address (any more). */
  | { readonly kind: "nobody" }
  /** It is decided later in this run whether he is made. */
  | { readonly kind: "later" };

/** Managers are mail contacts, too, and Exchange wants them to exist. */
export interface Managers {
  /**
   * Waits for a manager who is being made, where he was begun before.
   *
   * @param change - whose contact gets the manager
   * @throws {ExchangeError}
   */
  identityOf(address: string, change: Change, signal: AbortSignal): Promise<ManagerIdentity>;
  /** Tells that a contact is there, whatever it lacks yet. */
  made(change: CreateChange, id: string): void;
  /** Tells that a change has ended, however it did: nobody needs to wait for it any more. */
  ended(change: Change): void;
}

interface Making {
  /** Null when it was not made. */
  readonly id: Promise<string | null>;
  readonly settle: (id: string | null) => void;
  isSettled: boolean;
}

/** @param ordered - the changes in the order in which they are begun */
export function createManagers(exchange: ExchangeClient, ordered: readonly Change[]): Managers {
  const places = new Map(ordered.map((change, place) => [change, place]));
  const making = new Map<Change, Making>();
  /** Whose address it is once all is done. */
  const holders = new Map<string, Change>();
  for (const change of ordered) {
    if (change.action === "create") making.set(change, newMaking());
    const address = change.action === "delete" ? undefined : change.desired.fields.emailAddresses?.[0];
    if (address !== undefined) holders.set(address, change);
  }
  const known = new Map<string, Promise<ManagerIdentity>>();

  const lookUp = async (address: string, signal: AbortSignal): Promise<ManagerIdentity> => {
    const Filter = `ExternalEmailAddress -eq ${quoted(address)}`;
    const [row] = await exchange.read("Get-MailContact", { Filter }, { select: ["Guid"] }, signal);
    return row === undefined ? { kind: "nobody" } : { kind: "known", identity: textOf(row["Guid"]) };
  };

  return {
    async identityOf(address, change, signal) {
      // What was read of somebody outside of the sync is a name, and goes back as one.
      if (!isRecipientAddress(address)) return { kind: "known", identity: address };
      const holder = holders.get(address);
      if (holder === undefined) {
        const found = known.get(address) ?? lookUp(address, signal);
        known.set(address, found);
        // Others may ask again: what stood in the way of one of them need not last.
        found.catch(() => known.delete(address));
        return await found;
      }
      // His address may be another one yet.
      if (holder.action !== "create") return { kind: "known", identity: liveId(holder) };
      const maker = making.get(holder);
      const isBegun = (places.get(holder) ?? 0) < (places.get(change) ?? 0);
      if (maker?.isSettled === false && !isBegun) return { kind: "later" };
      const made = (await maker?.id) ?? null;
      return made === null ? { kind: "nobody" } : { kind: "made", identity: made };
    },
    made(change, id) {
      making.get(change)?.settle(id);
    },
    ended(change) {
      making.get(change)?.settle(null);
    },
  };
}

function newMaking(): Making {
  const { promise, resolve } = Promise.withResolvers<string | null>();
  const making: Making = {
    id: promise,
    settle(id) {
      making.isSettled = true;
      resolve(id);
    },
    isSettled: false,
  };
  return making;
}

function liveId(change: Change): string {
  return change.action === "create" ? "" : change.live.id;
}
