import type { ExchangeClient } from "../../http/exchange/exchange.ts";
import type { Change, CreateChange } from "../../model/plan.ts";
import { isMailAddress } from "./addresses.ts";
import { quoted } from "./filters.ts";
import { managersFirst } from "./managers-first.ts";
import { textOf } from "./rows.ts";

/** How the manager of a contact is named to Exchange. */
type ManagerIdentity =
  | { readonly kind: "known"; readonly identity: string }
  /** There is nobody of that address (any more). */
  | { readonly kind: "nobody" }
  /** He will be made later in this run, and is then told to those who wait for him. */
  | { readonly kind: "later" };

/** Managers are mail contacts, too, and Exchange wants them to exist. */
export interface Managers {
  /** The changes, with creates in an order in which, as far as possible, managers come before their people. */
  readonly changes: readonly Change[];
  /**
   * Waits for a manager who is being made.
   *
   * @param change - whose contact gets the manager; @param id - that contact
   * @throws {ExchangeError}
   */
  identityOf(address: string, change: Change, id: string, signal: AbortSignal): Promise<ManagerIdentity>;
  /** Tells that a contact was made. @returns ids of contacts that wait for it as their manager */
  made(change: CreateChange, id: string): readonly string[];
  /** Tells that a change has ended, however it did: nobody needs to wait for it any more. */
  ended(change: Change): void;
}

interface Making {
  readonly place: number;
  /** Null when it was not made. */
  readonly id: Promise<string | null>;
  readonly settle: (id: string | null) => void;
  readonly waiting: string[];
}

export function createManagers(exchange: ExchangeClient, changes: readonly Change[]): Managers {
  const others = changes.filter(({ action }) => action !== "create");
  const creates = managersFirst(changes.filter((change) => change.action === "create"));
  const making = new Map(creates.map((change, place) => [addressOf(change), newMaking(place)]));
  const known = new Map<string, Promise<ManagerIdentity>>();

  const lookUp = async (address: string, signal: AbortSignal): Promise<ManagerIdentity> => {
    const Filter = `ExternalEmailAddress -eq ${quoted(address)}`;
    const [row] = await exchange.read("Get-MailContact", { Filter }, { select: ["Guid"] }, signal);
    return row === undefined ? { kind: "nobody" } : { kind: "known", identity: textOf(row["Guid"]) };
  };

  return {
    changes: [...others, ...creates],
    async identityOf(address, change, id, signal) {
      // What was read of somebody outside of the sync is a name, and goes back as one.
      if (!isMailAddress(address)) return { kind: "known", identity: address };
      const manager = making.get(address);
      if (manager === undefined) {
        const found = known.get(address) ?? lookUp(address, signal);
        known.set(address, found);
        return await found;
      }
      const place = change.action === "create" ? (making.get(addressOf(change))?.place ?? 0) : -1;
      if (manager.place >= place) {
        manager.waiting.push(id);
        return { kind: "later" };
      }
      const made = await manager.id;
      return made === null ? { kind: "nobody" } : { kind: "known", identity: made };
    },
    made(change, id) {
      const maker = making.get(addressOf(change));
      maker?.settle(id);
      return maker?.waiting.splice(0) ?? [];
    },
    ended(change) {
      if (change.action === "create") making.get(addressOf(change))?.settle(null);
    },
  };
}

function newMaking(place: number): Making {
  const { promise, resolve } = Promise.withResolvers<string | null>();
  return { place, id: promise, settle: resolve, waiting: [] };
}

function addressOf({ desired }: CreateChange): string {
  return desired.fields.emailAddresses?.[0] ?? "";
}
