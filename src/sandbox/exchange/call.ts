import type { Store } from "../store/store.ts";
import type { ExchangeSettings } from "../tenant/exchange-settings.ts";
import type { Bindings } from "./parameters.ts";
import type { RecipientIndex } from "./recipient-index.ts";
import type { Replication } from "./replication.ts";
import type { Row } from "./rows.ts";

/** A cmdlet that is run. */
export interface Call {
  readonly store: Store;
  readonly settings: ExchangeSettings;
  readonly replication: Replication;
  readonly index: RecipientIndex;
  /** X-AnchorMailbox; "" for none. */
  readonly anchor: string;
  /** ISO 8601 with milliseconds, UTC. */
  readonly now: string;
  readonly bindings: Bindings;
}

/** What a cmdlet gives. */
export interface Outcome {
  /** Null for a cmdlet that gives no objects. */
  readonly rows: readonly Row[] | null;
  readonly warnings: readonly string[];
  /** What would be done; null unless only that was asked. */
  readonly confirmation: string | null;
}

export function outcome(rows: readonly Row[] | null, more: Partial<Outcome> = {}): Outcome {
  return { rows, warnings: [], confirmation: null, ...more };
}

/** A text that was given; "" when it was not, or null. */
export function textIn({ bindings }: Call, name: string): string {
  const value = bindings.get(name);
  return typeof value === "string" ? value : "";
}
