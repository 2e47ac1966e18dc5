import type { Store } from "../store/store.ts";
import type { ExchangeSettings } from "../tenant/exchange-settings.ts";
import type { Bindings } from "./parameters.ts";
import type { RecipientIndex } from "./recipient-index.ts";
import type { Replication } from "./replication.ts";
import type { Row } from "./rows.ts";

/** One run of a cmdlet. */
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

/** The result of a cmdlet. */
export interface Outcome {
  /** Null for a cmdlet without output objects. */
  readonly rows: readonly Row[] | null;
  readonly warnings: readonly string[];
  /** What `WhatIf` reports; null without it. */
  readonly confirmation: string | null;
}

export function outcome(rows: readonly Row[] | null, more: Partial<Outcome> = {}): Outcome {
  return { rows, warnings: [], confirmation: null, ...more };
}

/** The value of a text parameter; "" when absent or null. */
export function textIn({ bindings }: Call, name: string): string {
  const value = bindings.get(name);
  return typeof value === "string" ? value : "";
}
