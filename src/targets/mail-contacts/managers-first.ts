import type { CreateChange } from "../../model/plan.ts";

/** Each create behind that of its manager, but where people manage each other in a circle. */
export function managersFirst(creates: readonly CreateChange[]): readonly CreateChange[] {
  const byAddress = new Map(creates.map((create) => [create.desired.fields.emailAddresses?.[0], create]));
  const ordered = new Set<CreateChange>();
  for (const create of creates) {
    const chain: CreateChange[] = [];
    // Upwards, to a manager who has his place already, or to where the circle closes.
    for (let next: CreateChange | undefined = create; next !== undefined;) {
      if (ordered.has(next) || chain.includes(next)) break;
      chain.push(next);
      next = byAddress.get(next.desired.fields.manager);
    }
    for (const one of chain.toReversed()) ordered.add(one);
  }
  return [...ordered];
}
