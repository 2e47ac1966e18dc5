import type { SyncConfig } from "../model/config.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { CanonicalWarning } from "../model/target.ts";

/** Collects what people's contacts cannot hold: one diagnostic for each kind of trouble and field, not for each person. */
interface Warnings {
  add(warning: CanonicalWarning, person: string): void;
  /** Somebody who gets no contact because of it. */
  addSkipped(warning: CanonicalWarning, person: string): void;
  /** In the order in which each kind was first met. */
  diagnostics(sync: SyncConfig): readonly Diagnostic[];
}

interface Group {
  readonly warning: CanonicalWarning;
  readonly isSkipped: boolean;
  readonly names: string[];
  count: number;
}

const namesShown = 3;

export function createWarnings(): Warnings {
  const groups = new Map<string, Group>();
  const collect = (warning: CanonicalWarning, isSkipped: boolean, person: string): void => {
    const id = `${warning.code} ${warning.field} ${isSkipped}`;
    const group = groups.get(id) ?? { warning, isSkipped, names: [], count: 0 };
    if (group.names.length < namesShown) group.names.push(person);
    group.count++;
    groups.set(id, group);
  };
  return {
    add: (warning, person) => collect(warning, false, person),
    addSkipped: (warning, person) => collect(warning, true, person),
    diagnostics: (sync) => [...groups.values()].map((group) => diagnosticOf(group, sync)),
  };
}

function diagnosticOf({ warning, isSkipped, names, count }: Group, sync: SyncConfig): Diagnostic {
  const more = count - names.length;
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
