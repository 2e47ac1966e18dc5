import type { Expression, SourceConfig, SyncConfig } from "../model/config.ts";

/**
 * Whether a sync needs the managers of the people of a source. True when in doubt: an expression that uses the person
 * other than by naming a property could use any of them.
 */
export function usesManagers(sync: SyncConfig, source: SourceConfig): boolean {
  if (!sync.from.includes(source.name)) return false;
  const written = [...expressionsOf(sync), ...(source.where === null ? [] : [source.where])];
  return mapsManager(sync) || written.some((expression) => mayAskManager(expression, "person"));
}

/** Whether a sync needs the managers of its mailboxes' owners; true when in doubt. */
export function usesMailboxManagers(sync: SyncConfig): boolean {
  return expressionsOf(sync).some((expression) => mayAskManager(expression, "mailbox"));
}

function expressionsOf({ where, fields }: SyncConfig): readonly Expression[] {
  return [where, ...[...fields.values()].map(({ value }) => value)].filter((written) => written !== null);
}

/** Whether the contact's manager has its default mapping, as determined in compile-sync.ts. */
function mapsManager({ fields }: SyncConfig): boolean {
  const mapping = fields.get("manager");
  return mapping === undefined || (mapping.defaultValue && mapping.policy !== "clear");
}

const otherProperty = String.raw`\s*\.\s*(?!manager)[A-Za-z_]`;
const managerOf = {
  person: new RegExp(String.raw`\bperson\b(?!${otherProperty})`),
  mailbox: new RegExp(String.raw`\bmailbox\b(?!${otherProperty})`),
} as const;

function mayAskManager({ text }: Expression, of: keyof typeof managerOf): boolean {
  return managerOf[of].test(text);
}
