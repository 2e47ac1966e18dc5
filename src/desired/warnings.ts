import type { SyncConfig } from "../model/config.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { CanonicalWarning } from "../model/target.ts";

/** Collects what people's contacts cannot hold: one diagnostic for each kind of trouble and field, not for each person. */
interface Warnings {
  add(warning: CanonicalWarning, person: string): void;
  /** In the order in which each kind was first met. */
  diagnostics(sync: SyncConfig): readonly Diagnostic[];
}

interface Group {
  readonly warning: CanonicalWarning;
  readonly names: string[];
  count: number;
}

const namesShown = 3;

export function createWarnings(): Warnings {
  const groups = new Map<string, Group>();
  return {
    add(warning, person) {
      const id = `${warning.code} ${warning.field}`;
      const group = groups.get(id) ?? { warning, names: [], count: 0 };
      if (group.names.length < namesShown) group.names.push(person);
      group.count++;
      groups.set(id, group);
    },
    diagnostics: (sync) => [...groups.values()].map((group) => diagnosticOf(group, sync)),
  };
}

function diagnosticOf({ warning, names, count }: Group, sync: SyncConfig): Diagnostic {
  const more = count - names.length;
  const who = names.join(", ") + (more > 0 ? ` and ${more} more` : "");
  return {
    severity: "warning",
    code: warning.code,
    summary: "A contact cannot hold all that its fields say",
    detail: `${warning.message} In the sync ${sync.name} this concerns the field ${warning.field} of ${who}.`,
    place: sync.place,
    names,
  };
}
