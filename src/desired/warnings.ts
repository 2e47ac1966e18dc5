import type { SyncConfig } from "../model/config.ts";
import type { DesiredContact } from "../model/contact.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { CanonicalWarning } from "../model/target.ts";

/** Collects what people's contacts cannot hold: one diagnostic for each kind of trouble and field, not for each person. */
interface Warnings {
  /** Of one person the same counts once. */
  add(warning: CanonicalWarning, person: Concerned): void;
  /** Somebody who gets no contact because of it. */
  addSkipped(warning: CanonicalWarning, person: Concerned): void;
  /** In the order in which each kind was first met. */
  diagnostics(sync: SyncConfig): readonly Diagnostic[];
}

/** Who a contact stands for. */
type Concerned = Pick<DesiredContact, "key" | "displayName">;

interface Group {
  readonly warning: CanonicalWarning;
  readonly isSkipped: boolean;
  readonly names: string[];
  readonly keys: Set<string>;
}

const namesShown = 3;

export function createWarnings(): Warnings {
  const groups = new Map<string, Group>();
  const collect = (warning: CanonicalWarning, isSkipped: boolean, { key, displayName }: Concerned): void => {
    const id = `${warning.code} ${warning.field} ${isSkipped}`;
    const group = groups.get(id) ?? { warning, isSkipped, names: [], keys: new Set() };
    groups.set(id, group);
    if (group.keys.has(key)) return;
    group.keys.add(key);
    if (group.names.length < namesShown) group.names.push(displayName);
  };
  return {
    add: (warning, person) => collect(warning, false, person),
    addSkipped: (warning, person) => collect(warning, true, person),
    diagnostics: (sync) => [...groups.values()].map((group) => diagnosticOf(group, sync)),
  };
}

function diagnosticOf({ warning, isSkipped, names, keys }: Group, sync: SyncConfig): Diagnostic {
  const more = keys.size - names.length;
  const who = names.join(", ") + (more > 0 ? ` and ${more} more` : "");
  if (isSkipped) {
    const detail = `${warning.message} The sync ${sync.name} skips ${who}.`;
    const summary = "A person cannot have a contact there";
    return { severity: "warning", code: warning.code, summary, detail, place: sync.place, names };
  }
  return {
    severity: "warning",
    code: warning.code,
    summary: "A contact cannot hold all that its fields say",
    detail: `${warning.message} In the sync ${sync.name} this concerns the field ${warning.field} of ${who}.`,
    place: sync.place,
    names,
  };
}
