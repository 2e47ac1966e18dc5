import type { Change } from "../../model/plan.ts";

/** The address that a change needs and that its contact does not have yet; null where it keeps its own. */
export function newAddressOf(change: Change): string | null {
  if (change.action === "delete") return null;
  if (change.action === "create") return change.desired.fields.emailAddresses?.[0] ?? null;
  const after = change.fields.find(({ field }) => field === "emailAddresses")?.after;
  return typeof after === "object" ? (after?.[0] ?? null) : null;
}

/**
 * Changes in an order in which each address is free when it is needed: deletes first, then updates of which none takes
 * the address of a later one, then creates.
 *
 * @returns in `stuck` those that would have to exchange addresses with each other
 */
export function orderedByAddress(changes: readonly Change[]): {
  readonly ordered: readonly Change[];
  readonly stuck: readonly Change[];
} {
  const deletes = changes.filter(({ action }) => action === "delete");
  const creates = changes.filter(({ action }) => action === "create");
  let left = changes.filter(({ action }) => action === "update" || action === "adopt");
  const updates: Change[] = [];
  const held = new Map(left.flatMap((change) => oldAddress(change, change)));
  for (;;) {
    const free = left.filter((change) => {
      const holder = held.get(newAddressOf(change) ?? "");
      return holder === undefined || holder === change;
    });
    if (free.length === 0) break;
    updates.push(...free);
    for (const change of free) for (const [address] of oldAddress(change, change)) held.delete(address);
    left = left.filter((change) => !free.includes(change));
  }
  return { ordered: [...deletes, ...updates, ...creates], stuck: left };
}

/** The address that an update gives up. */
function oldAddress(change: Change, value: Change): readonly (readonly [string, Change])[] {
  const before = change.fields.find(({ field }) => field === "emailAddresses")?.before;
  const address = typeof before === "object" ? before?.[0] : undefined;
  return address === undefined ? [] : [[address, value]];
}
