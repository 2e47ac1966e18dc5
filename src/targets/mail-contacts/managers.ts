import type { ExchangeClient } from "../../http/exchange/exchange.ts";
import { quoted } from "../../http/exchange/opath.ts";
import type { Change, CreateChange } from "../../model/plan.ts";
import { isRecipientAddress } from "./addresses.ts";
import { textOf } from "./rows.ts";

/** How to identify the manager of a contact to Exchange. */
type ManagerIdentity =
  | { readonly kind: "known"; readonly identity: string }
  /** Created in this run, so that not all of Exchange's servers may know the contact yet. */
  | { readonly kind: "made"; readonly identity: string }
  /** No contact has that address. */
  | { readonly kind: "nobody" }
  /** The contact may be created later in this run. */
  | { readonly kind: "later" };

/** Identifies managers, who must exist as mail contacts before Exchange accepts them. */
export interface Managers {
  /**
   * Returns the identity of a manager. Waits for a manager's create that was begun earlier.
   *
   * @param change - whose contact gets the manager
   * @throws {ExchangeError}
   */
  identityOf(address: string, change: Change, signal: AbortSignal): Promise<ManagerIdentity>;
  /** Call when a contact exists, even if it is not complete yet. */
  made(change: CreateChange, id: string): void;
  /** Call when a change has ended, successfully or not, so that no other change waits for it. */
  ended(change: Change): void;
}

interface Making {
  /** Null when it was not created. */
  readonly id: Promise<string | null>;
  readonly settle: (id: string | null) => void;
  isSettled: boolean;
}

/** @param ordered - the changes in the order in which they are begun */
export function createManagers(exchange: ExchangeClient, ordered: readonly Change[]): Managers {
  const places = new Map(ordered.map((change, place) => [change, place]));
  const making = new Map<Change, Making>();
  /** The change after which a contact has the address. */
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
      // A manager outside the sync is identified by name, as it was read.
      if (!isRecipientAddress(address)) return { kind: "known", identity: address };
      const holder = holders.get(address);
      if (holder === undefined) {
        const found = known.get(address) ?? lookUp(address, signal);
        known.set(address, found);
        // Failures are not cached, because they may be temporary.
        found.catch(() => known.delete(address));
        return await found;
      }
      // The contact may not have its new address yet, so it is identified by id.
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
