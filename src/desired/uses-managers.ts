import type { Expression, SourceConfig, SyncConfig } from "../model/config.ts";

/**
 * Whether a sync wants to know the managers of the people of a source. Says yes where in doubt: an expression that is
 * given the person in any other way than by the name of a property could ask for anything.
 */
export function usesManagers(sync: SyncConfig, source: SourceConfig): boolean {
  if (!sync.from.includes(source.name)) return false;
  const written = [sync.where, source.where, ...[...sync.fields.values()].map(({ value }) => value)];
  return mapsManager(sync) || written.some((expression) => expression !== null && mayAsk(expression));
}

/** Whether the contact's manager has its default mapping, as it is settled in compile-sync.ts. */
function mapsManager({ fields }: SyncConfig): boolean {
  const mapping = fields.get("manager");
  return mapping === undefined || (mapping.defaultValue && mapping.policy !== "clear");
}

function mayAsk({ text }: Expression): boolean {
  return /manager/i.test(text) || /\bperson\b(?!\s*\.)/.test(text);
}
