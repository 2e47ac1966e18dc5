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
        summary: "Two syncs have one owner",
        detail: `The sync ${other.name} has the same owner (${file}:${line}:${column}), so that each would delete what the other makes. Give every sync a GUID of its own, for example by uuidgen.`,
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
        summary: "The owner is nobody's own",
        detail:
          "The owner says which contacts are the sync's, and whoever copies an example has this one, too. Make a GUID of its own, for example by uuidgen, before the first apply: contacts that carry another owner are never touched.",
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
    const detail = `A pair of the mesh is called ${name}, as another sync or pair is, so that nobody knows which of them is meant. Give the sync, or one of the tenants, another name.`;
    const report = { code: "sync-named-as-pair", summary: "Two syncs have one name", detail };
    return [written.report(["syncs", name], report, "key")];
  });
}
