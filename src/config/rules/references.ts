import type { Config } from "../../model/config.ts";
import type { Diagnostic } from "../../model/diagnostic.ts";
import type { Path, Report } from "../config-file.ts";
import { isRecord } from "../is-record.ts";
import { nearestName } from "../../text/nearest-name.ts";
import { shortName } from "../../text/short-name.ts";
import { namesOf } from "../written.ts";
import type { Written } from "../written.ts";

/** Names that are told of as unknown; each is compared with all that are known. */
const mostUnknown = 100;
/** Names that are listed where none is near. */
const mostListed = 12;

type Use = readonly [name: unknown, path: Path, part?: "key" | "value"];

/** Every tenant that is named is defined; asked also of what is misshapen otherwise. */
export function tenantsExist(_: Config, written: Written): readonly Diagnostic[] {
  const uses: readonly Use[] = [
    ...partsOf(written.value["sources"]).flatMap(([source, { kind, tenant }]): readonly Use[] =>
      kind === "csv" ? [] : [[tenant, ["sources", source, "tenant"]]],
    ),
    ...partsOf(written.value["syncs"]).flatMap(([sync, { to }]): readonly Use[] =>
      isRecord(to) ? [[to["tenant"], ["syncs", sync, "to", "tenant"]]] : [],
    ),
    ...membersOf(written).map(([name]): Use => [name, ["mesh", "members", name], "key"]),
  ];
  return unknownOf("tenant", uses, written);
}

/** Every source that a sync takes people from is defined, and named once; asked also of what is misshapen otherwise. */
export function sourcesExist(_: Config, written: Written): readonly Diagnostic[] {
  const takers: readonly (readonly [unknown, Path])[] = [
    ...partsOf(written.value["syncs"]).map(([name, { from }]) => [from, ["syncs", name, "from"]] as const),
    ...membersOf(written).map(([name, { from }]) => [from, ["mesh", "members", name, "from"]] as const),
  ];
  const uses = takers.flatMap(([from, at]) =>
    listOf(from).map((source, index): Use => [source, [...at, index]]),
  );
  return [...unknownOf("source", uses, written), ...repeated(takers, written)];
}

function unknownOf(what: "tenant" | "source", uses: readonly Use[], written: Written): readonly Diagnostic[] {
  const known = new Set(namesOf(written, `${what}s`));
  return uses
    .flatMap(([name, path, part]) =>
      typeof name === "string" && name !== "" && !known.has(name) ? [{ name, path, part }] : [],
    )
    .slice(0, mostUnknown)
    .map(({ name, path, part }) => written.report(path, unknown(what, name, known), part));
}

/** What stands in a list of sources, and is defined, a second time. */
function repeated(takers: readonly (readonly [unknown, Path])[], written: Written): readonly Diagnostic[] {
  const known = new Set<unknown>(namesOf(written, "sources"));
  return takers
    .flatMap(([from, at]) => {
      const seen = new Set<unknown>();
      return listOf(from).flatMap((source, index) => {
        const isSecond = known.has(source) && seen.has(source);
        seen.add(source);
        return isSecond ? [{ source: String(source), path: [...at, index] }] : [];
      });
    })
    .slice(0, mostUnknown)
    .map(({ source, path }) => written.report(path, namedTwice(source)));
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

function unknown(what: "tenant" | "source", name: string, known: ReadonlySet<string>): Report {
  const meant = nearestName(name, known);
  const listed = [...known].slice(0, mostListed).join(", ");
  const defined =
    known.size === 0 ? `defines no ${what}` : `defines ${listed}${known.size > mostListed ? ", …" : ""}`;
  const hint = meant === null ? `The config ${defined}.` : `Did you mean "${meant}"?`;
  return {
    code: `unknown-${what}`,
    summary: `Unknown ${what}`,
    detail: `There is no ${what} named "${shortName(name)}". ${hint}`,
  };
}

function namedTwice(source: string): Report {
  return {
    code: "named-twice",
    summary: "A name is listed twice",
    detail: `The source ${shortName(source)} is already listed above. Listing it again has no effect. Remove it.`,
    severity: "warning",
  };
}
