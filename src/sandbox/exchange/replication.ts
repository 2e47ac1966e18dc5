import type { ExchangeSettings } from "../tenant/exchange-settings.ts";
import { textOf } from "../tenant/tenant.ts";
import type { Entry } from "../tenant/tenant.ts";

/** Simulates replication: who sees a new contact already. */
export interface Replication {
  /** Records the X-AnchorMailbox that a contact was created with. */
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
      // The anchor of contacts from other processes is unknown; assume the same one, which all programs use.
      const isSame = anchor !== "" && (anchors.get(entry.id) ?? anchor) === anchor;
      return Number.isNaN(made) || now >= made + (isSame ? anchored : other);
    },
  };
}
