import type { Config } from "../../model/config.ts";
import type { Diagnostic } from "../../model/diagnostic.ts";
import type { Path, Report } from "../config-file.ts";
import { nearestName } from "../../text/nearest-name.ts";
import { namesOf } from "../written.ts";
import type { Written } from "../written.ts";

/** Every tenant that is named is defined. */
export function tenantsExist({ sources, syncs }: Config, written: Written): readonly Diagnostic[] {
  const named: readonly (readonly [string, Path])[] = [
    ...[...sources.values()].flatMap((source) =>
      source.kind === "csv" ? [] : [[source.tenant, ["sources", source.name, "tenant"]] as const],
    ),
    ...syncs.map((sync) => [sync.to.tenant, ["syncs", sync.name, "to", "tenant"]] as const),
  ];
  const known = namesOf(written, "tenants");
  return named
    .filter(([name]) => !known.includes(name))
    .map(([name, path]) => written.report(path, unknown("tenant", name, known)));
}

/** Every source that a sync takes people from is defined, and named once. */
export function sourcesExist({ syncs }: Config, written: Written): readonly Diagnostic[] {
  const known = namesOf(written, "sources");
  return syncs.flatMap(({ name, from }) =>
    from.flatMap((source, index) => {
      const path = ["syncs", name, "from", index];
      if (!known.includes(source)) return [written.report(path, unknown("source", source, known))];
      return from.indexOf(source) === index ? [] : [written.report(path, namedTwice(source))];
    }),
  );
}

function unknown(what: "tenant" | "source", name: string, known: readonly string[]): Report {
  const meant = nearestName(name, known);
  const defined = known.length === 0 ? `defines no ${what}` : `defines ${known.join(", ")}`;
  const hint = meant === null ? `The config ${defined}.` : `Did you mean "${meant}"?`;
  return {
    code: `unknown-${what}`,
    summary: `Unknown ${what}`,
    detail: `There is no ${what} of the name "${name}". ${hint}`,
  };
}

function namedTwice(source: string): Report {
  return {
    code: "named-twice",
    summary: "A name stands twice",
    detail: `The source ${source} stands further ahead in this list already. The second time changes nothing; take it out.`,
    severity: "warning",
  };
}
