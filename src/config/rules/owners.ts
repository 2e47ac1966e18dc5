import { NIL } from "uuid";
import type { Config, SyncConfig } from "../../model/config.ts";
import type { Diagnostic } from "../../model/diagnostic.ts";
import type { Written } from "../written.ts";

/** Every sync has an owner of its own. */
export function ownersDiffer({ syncs }: Config, written: Written): readonly Diagnostic[] {
  const first = new Map<string, SyncConfig>();
  return syncs.flatMap((sync) => {
    const other = first.get(sync.owner);
    if (other === undefined) {
      first.set(sync.owner, sync);
      return [];
    }
    const { file, line, column } = written.place(["syncs", other.name, "owner"]);
    return [
      written.report(["syncs", sync.name, "owner"], {
        code: "owner-used-twice",
        summary: "Two syncs have the same owner",
        detail: `The sync ${other.name} has the same owner (${file}:${line}:${column}), so each would delete the contacts that the other creates. Give each sync its own GUID, for example from uuidgen.`,
      }),
    ];
  });
}

/** An owner is nobody else's, which one that is all zeros is not. */
export function ownersAreChosen({ syncs }: Config, written: Written): readonly Diagnostic[] {
  return syncs
    .filter(({ owner }) => owner === NIL)
    .map(({ name }) =>
      written.report(["syncs", name, "owner"], {
        code: "owner-not-chosen",
        summary: "The owner is not unique",
        detail:
          "The owner marks the contacts that belong to the sync, and this one comes from an example that others copy too. Replace it with a new GUID, for example from uuidgen, before the first apply. A later change orphans the contacts: galops never touches contacts with another owner.",
        severity: "warning",
      }),
    );
}

/** Syncs are called by their names, which pairs of a mesh get from their members. */
export function namesDiffer({ syncs }: Config, written: Written): readonly Diagnostic[] {
  const seen = new Set<string>();
  return syncs.flatMap(({ name }) => {
    const isNew = !seen.has(name);
    seen.add(name);
    if (isNew) return [];
    const detail = `A pair of the mesh is named ${name}, like another sync or pair, so the name is ambiguous. Rename the sync or one of the tenants.`;
    const report = { code: "sync-named-as-pair", summary: "Two syncs have the same name", detail };
    return [written.report(["syncs", name], report, "key")];
  });
}
