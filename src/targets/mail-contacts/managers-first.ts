import type { CreateChange } from "../../model/plan.ts";

/** Orders creates so that each comes after that of its manager, except in cycles of managers. */
export function managersFirst(creates: readonly CreateChange[]): readonly CreateChange[] {
  const byAddress = new Map(creates.map((create) => [create.desired.fields.emailAddresses?.[0], create]));
  const ordered = new Set<CreateChange>();
  for (const create of creates) {
    const chain: CreateChange[] = [];
    // Go up to a manager who is already ordered, or until a cycle closes.
    for (let next: CreateChange | undefined = create; next !== undefined;) {
      if (ordered.has(next) || chain.includes(next)) break;
      chain.push(next);
      next = byAddress.get(next.desired.fields.manager);
    }
    for (const one of chain.toReversed()) ordered.add(one);
  }
  return [...ordered];
}
