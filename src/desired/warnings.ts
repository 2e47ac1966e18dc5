import type { SyncConfig } from "../model/config.ts";
import type { DesiredContact } from "../model/contact.ts";
import type { Diagnostic, Place } from "../model/diagnostic.ts";
import type { CanonicalWarning } from "../model/target.ts";
import { namesShown, someNames } from "../text/some-names.ts";

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
  /** Names with what is wrong. */
  readonly shown: string[];
  /** What of it is about people. */
  readonly names: string[];
  readonly keys: Set<string>;
}

export function createWarnings(): Warnings {
  const groups = new Map<string, Group>();
  const collect = (warning: CanonicalWarning, isSkipped: boolean, { key, displayName }: Concerned): void => {
    const id = `${warning.code} ${warning.field} ${isSkipped}`;
    const group = groups.get(id) ?? { warning, isSkipped, shown: [], names: [], keys: new Set() };
    groups.set(id, group);
    if (group.keys.has(key)) return;
    group.keys.add(key);
    if (group.shown.length >= namesShown) return;
    const { value } = warning;
    group.shown.push(value === undefined ? displayName : `${displayName} (${value})`);
    group.names.push(displayName, ...(value === undefined ? [] : [value]));
  };
  return {
    add: (warning, person) => collect(warning, false, person),
    addSkipped: (warning, person) => collect(warning, true, person),
    diagnostics: (sync) => [...groups.values()].map((group) => diagnosticOf(group, sync)),
  };
}

function diagnosticOf({ warning, isSkipped, shown, names, keys }: Group, sync: SyncConfig): Diagnostic {
  const who = someNames(shown, keys.size);
  if (isSkipped) {
    const detail = `${warning.message} The sync ${sync.name} skips ${who}: a contact that there is already stays as it is.`;
    const summary = "A person cannot have a contact there";
    return { severity: "warning", code: warning.code, summary, detail, place: placeOf(warning, sync), names };
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

/** That of the line which somebody would change. */
function placeOf({ code }: CanonicalWarning, { to, place }: SyncConfig): Place {
  return code === "outside-owned-domains" && to.kind === "mail-contacts" ? to.domainsPlace : place;
}
