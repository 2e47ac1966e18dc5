import type { Config } from "../../model/config.ts";
import type { Diagnostic } from "../../model/diagnostic.ts";
import type { Path, Report } from "../config-file.ts";
import { isRecord } from "../is-record.ts";
import { nearestName } from "../../text/nearest-name.ts";
import { namesOf } from "../written.ts";
import type { Written } from "../written.ts";

/** Every tenant that is named is defined; asked also of what is misshapen otherwise. */
export function tenantsExist(_: Config, written: Written): readonly Diagnostic[] {
  const known = namesOf(written, "tenants");
  const check = (name: unknown, path: Path, part: "key" | "value" = "value"): readonly Diagnostic[] =>
    typeof name !== "string" || name === "" || known.includes(name)
      ? []
      : [written.report(path, unknown("tenant", name, known), part)];
  return [
    ...partsOf(written.value["sources"]).flatMap(([source, { kind, tenant }]) =>
      kind === "csv" ? [] : check(tenant, ["sources", source, "tenant"]),
    ),
    ...partsOf(written.value["syncs"]).flatMap(([sync, { to }]) =>
      isRecord(to) ? check(to["tenant"], ["syncs", sync, "to", "tenant"]) : [],
    ),
    ...membersOf(written).flatMap(([name]) => check(name, ["mesh", "members", name], "key")),
  ];
}

/** Every source that a sync takes people from is defined, and named once; asked also of what is misshapen otherwise. */
export function sourcesExist(_: Config, written: Written): readonly Diagnostic[] {
  const known = namesOf(written, "sources");
  const takers: readonly (readonly [unknown, Path])[] = [
    ...partsOf(written.value["syncs"]).map(([name, { from }]) => [from, ["syncs", name, "from"]] as const),
    ...membersOf(written).map(([name, { from }]) => [from, ["mesh", "members", name, "from"]] as const),
  ];
  return takers.flatMap(([from, at]) =>
    listOf(from).flatMap((source, index, all) => {
      if (typeof source !== "string" || source === "") return [];
      const path = [...at, index];
      if (!known.includes(source)) return [written.report(path, unknown("source", source, known))];
      return all.indexOf(source) === index ? [] : [written.report(path, namedTwice(source))];
    }),
  );
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

type Part = Readonly<Record<string, unknown>>;

/** What is defined by name, as far as it is a map. */
function partsOf(collection: unknown): readonly (readonly [string, Part])[] {
  if (!isRecord(collection)) return [];
  return Object.entries(collection).flatMap(([name, part]) =>
    isRecord(part) ? [[name, part] as const] : [],
  );
}

function membersOf({ value: { mesh } }: Written): readonly (readonly [string, Part])[] {
  return isRecord(mesh) ? partsOf(mesh["members"]) : [];
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
