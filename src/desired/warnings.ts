import type { SyncConfig } from "../model/config.ts";
import type { DesiredContact } from "../model/contact.ts";
import type { Diagnostic, Place } from "../model/diagnostic.ts";
import type { CanonicalWarning } from "../model/target.ts";
import { namesShown, someNames } from "../text/some-names.ts";

/** Collects warnings about people's contacts into one diagnostic per kind of warning and field, not one per person. */
interface Warnings {
  /** The same warning counts once per person. */
  add(warning: CanonicalWarning, person: Concerned): void;
  /** Adds a person who gets no contact because of the warning. */
  addSkipped(warning: CanonicalWarning, person: Concerned): void;
  /** Diagnostics in order of first occurrence. */
  diagnostics(sync: SyncConfig): readonly Diagnostic[];
}

/** The person whom a contact represents. */
type Concerned = Pick<DesiredContact, "key" | "displayName">;

interface Group {
  readonly warning: CanonicalWarning;
  readonly isSkipped: boolean;
  /** Names with the offending values. */
  readonly shown: string[];
  /** Names and values that need redaction. */
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
    const detail = `${warning.message} The sync ${sync.name} skips ${who}. An existing contact is left as it is.`;
    const summary = "A person cannot have a contact in the target";
    return { severity: "warning", code: warning.code, summary, detail, place: placeOf(warning, sync), names };
  }
  return {
    severity: "warning",
    code: warning.code,
    summary: "A contact cannot hold all values of its fields",
    detail: `${warning.message} In the sync ${sync.name} this affects the field ${warning.field} of ${who}.`,
    place: placeOf(warning, sync),
    names,
  };
}

/** Place of the line that the user would have to change: the field's mapping, if the config has one. */
function placeOf({ code, field }: CanonicalWarning, { to, place, fields }: SyncConfig): Place {
  if (code === "outside-owned-domains" && to.kind === "mail-contacts") return to.domainsPlace;
  return fields.get(field)?.value?.locate(0) ?? place;
}
