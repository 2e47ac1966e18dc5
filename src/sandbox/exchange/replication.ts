import type { ExchangeSettings } from "../tenant/exchange-settings.ts";
import { textOf } from "../tenant/tenant.ts";
import type { Entry } from "../tenant/tenant.ts";

/** Who sees what was made a moment ago. */
export interface Replication {
  /** Notes with which X-AnchorMailbox a contact was made. */
  madeWith(id: string, anchor: string): void;
  sees(entry: Entry, anchor: string, now: number, lag: ExchangeSettings["replicationLag"]): boolean;
}

export function replication(): Replication {
  const anchors = new Map<string, string>();
  return {
    madeWith: (id, anchor) => void anchors.set(id, anchor),
    sees(entry, anchor, now, { anchored, other }) {
      if (anchored === 0 && other === 0) return true;
      const made = Date.parse(textOf(entry.exchange?.["WhenCreated"]));
      // Of what another process made it is not known with which anchor: all programs use the same one.
      const isSame = anchor !== "" && (anchors.get(entry.id) ?? anchor) === anchor;
      return Number.isNaN(made) || now >= made + (isSame ? anchored : other);
    },
  };
}
