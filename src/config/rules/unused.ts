import type { Config } from "../../model/config.ts";
import type { Diagnostic } from "../../model/diagnostic.ts";
import { namesOf } from "../written.ts";
import type { Written } from "../written.ts";

/** What is defined is used. Not asked where something that may use it could not be understood. */
export function allIsUsed({ tenants, sources, syncs }: Config, written: Written): readonly Diagnostic[] {
  if (syncs.length < namesOf(written, "syncs").length) return [];
  if (sources.size < namesOf(written, "sources").length) return [];
  const usedSources = new Set(syncs.flatMap(({ from }) => from));
  const usedTenants = new Set([
    ...syncs.map(({ to }) => to.tenant),
    ...[...sources.values()].flatMap((source) => (source.kind === "csv" ? [] : [source.tenant])),
  ]);
  const idle = (collection: string, name: string): Diagnostic =>
    written.report(
      [collection, name],
      {
        code: "unused",
        summary: "Defined but not used",
        detail: `Nothing refers to ${collection}.${name}, so it has no effect. Remove it, or refer to it where it should be used.`,
        severity: "warning",
      },
      "key",
    );
  return [
    ...[...tenants.keys()].filter((name) => !usedTenants.has(name)).map((name) => idle("tenants", name)),
    ...[...sources.keys()].filter((name) => !usedSources.has(name)).map((name) => idle("sources", name)),
  ];
}
