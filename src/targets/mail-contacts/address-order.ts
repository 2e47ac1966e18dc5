import type { MailContactsTarget } from "../../model/config.ts";
import type { Change, CreateChange, UpdateChange } from "../../model/plan.ts";
import { managersFirst } from "./managers-first.ts";
import { domainOf } from "./addresses.ts";

/** The address that a change needs and that its contact does not have yet; null when the address does not change. */
export function newAddressOf(change: Change): string | null {
  if (change.action === "delete") return null;
  if (change.action === "create") return change.desired.fields.emailAddresses?.[0] ?? null;
  return addressIn(change, "after");
}

/** The new address of a change if it is in a domain that the sync does not own; null otherwise. */
export function addressOutside(
  change: Change,
  { ownedDomains }: Pick<MailContactsTarget, "ownedDomains">,
): string | null {
  const address = newAddressOf(change);
  return address === null || ownedDomains.includes(domainOf(address)) ? null : address;
}

/** The address that a change frees; null for none. */
export function oldAddressOf(change: Change): string | null {
  return change.action === "create" ? null : addressIn(change, "before");
}

export interface AddressOrder {
  /** Each change comes after those that it must wait for. */
  readonly ordered: readonly Change[];
  /** Changes that would exchange addresses with each other, and changes that wait for one of their addresses. */
  readonly stuck: readonly Change[];
  /** The earlier change that must end first, because it frees the address that a change needs. */
  readonly before: (change: Change) => Change | null;
}

/**
 * Orders changes so that each address is free when it is needed: deletes that free one; then updates, so that none
 * takes the address of a later one; then creates, managers before their reports.
 *
 * All other deletes come last. When Exchange deletes a contact, it also removes it as the manager of others. If the
 * plan gives those another manager, they would no longer be as planned.
 */
export function orderedByAddress(changes: readonly Change[]): AddressOrder {
  const needed = new Set(changes.map(newAddressOf).filter((address) => address !== null));
  const deletes = changes.filter(({ action }) => action === "delete");
  const isFreeing = (change: Change): boolean => needed.has(oldAddressOf(change) ?? "");
  const { free, stuck } = updatesByAddress(changes.filter(isUpdate));
  const waitsForNobody = new Set<Change>(stuck);
  const creates = managersFirst(changes.filter(isCreate));
  const freeing = deletes.filter(isFreeing);
  const others = deletes.filter((change) => !isFreeing(change));
  const holders = new Map(
    [...freeing, ...free].flatMap((change) => {
      const address = oldAddressOf(change);
      return address === null ? [] : [[address, change] as const];
    }),
  );
  return {
    ordered: [...freeing, ...free, ...stuck, ...creates, ...others],
    stuck,
    before(change) {
      const holder = holders.get(newAddressOf(change) ?? "") ?? null;
      return holder === change || waitsForNobody.has(change) ? null : holder;
    },
  };
}

/** Finds the rings of changes that would pass their addresses on to each other. */
export function ringsIn(changes: readonly Change[]): readonly (readonly UpdateChange[])[] {
  const { stuck } = updatesByAddress(changes.filter(isUpdate));
  const holders = new Map(stuck.map((change) => [oldAddressOf(change), change]));
  const rings: (readonly UpdateChange[])[] = [];
  const seen = new Set<UpdateChange>();
  for (const start of stuck) {
    const path: UpdateChange[] = [];
    for (let at: UpdateChange | undefined = start; at !== undefined && !seen.has(at);) {
      seen.add(at);
      path.push(at);
      at = holders.get(newAddressOf(at));
      const from = at === undefined ? -1 : path.indexOf(at);
      if (from !== -1) rings.push(path.slice(from));
    }
  }
  return rings;
}

function updatesByAddress(updates: readonly UpdateChange[]): {
  readonly free: readonly UpdateChange[];
  readonly stuck: readonly UpdateChange[];
} {
  const free: UpdateChange[] = [];
  let left = updates;
  for (;;) {
    const held = new Map(left.map((change) => [oldAddressOf(change), change]));
    const next = left.filter((change) => {
      const address = newAddressOf(change);
      const holder = address === null ? undefined : held.get(address);
      return holder === undefined || holder === change;
    });
    if (next.length === 0) return { free, stuck: left };
    for (const change of next) free.push(change);
    const taken = new Set(next);
    left = left.filter((change) => !taken.has(change));
  }
}

function addressIn(change: Change, when: "before" | "after"): string | null {
  const value = change.fields.find(({ field }) => field === "emailAddresses")?.[when];
  return typeof value === "object" ? (value?.[0] ?? null) : null;
}

function isUpdate(change: Change): change is UpdateChange {
  return change.action === "update" || change.action === "adopt";
}

function isCreate(change: Change): change is CreateChange {
  return change.action === "create";
}
