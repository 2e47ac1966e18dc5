import type { SyncConfig } from "../model/config.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { Change } from "../model/plan.ts";
import { namesShown, someNames } from "../text/some-names.ts";

/** Collects contacts that were matched by mail address to a person with another name. */
export interface TakenOver {
  add(sync: SyncConfig, changes: readonly Change[]): void;
  /** One warning for each sync with such contacts. */
  warnings(): readonly Diagnostic[];
}

interface Found {
  readonly sync: SyncConfig;
  /** The names before and after, by key of the person. */
  readonly names: Map<string, readonly [before: string, after: string]>;
}

export function createTakenOver(): TakenOver {
  const bySync = new Map<string, Found>();
  return {
    add(sync, changes) {
      for (const change of changes) {
        const names = otherName(change);
        if (names === null) continue;
        const found = bySync.get(sync.name) ?? { sync, names: new Map() };
        bySync.set(sync.name, found);
        found.names.set(change.key, names);
      }
    },
    warnings: () => [...bySync.values()].map(warning),
  };
}

/** The names before and after. @returns null when the contact keeps its key or its name */
function otherName(change: Change): readonly [string, string] | null {
  if (change.action !== "update" || change.withheld !== null) return null;
  const before = change.live.marker?.key ?? change.key;
  if (before === change.key) return null;
  const name = change.fields.find(({ field }) => field === "displayName");
  if (typeof name?.before !== "string" || typeof name.after !== "string") return null;
  return [name.before, name.after];
}

function warning({ sync, names }: Found): Diagnostic {
  const shown = [...names.values()].slice(0, namesShown);
  const who = shown.map(([before, after]) => `${before} -> ${after}`);
  return {
    severity: "warning",
    code: "rekeyed-other-name",
    summary: "A contact is reused for a person with another name",
    detail:
      `In the sync ${sync.name}, a mail address now belongs to another source entry with another name: ` +
      `${someNames(who, names.size)}. The contact is updated, but what users added to it (notes, a birthday) stays. ` +
      `If the address was given to another person, that still describes the previous one.`,
    place: sync.place,
    names: shown.flat(),
  };
}
