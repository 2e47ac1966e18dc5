import type { GroupSelection, Named, Requirement, SourceConfig } from "../model/config.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import { personListFields, personTextFields } from "../model/person.ts";
import type { Path } from "./config-file.ts";
import { writtenExpression } from "./expression.ts";
import { insideFolder } from "./inside.ts";
import { nearestName } from "./nearest-name.ts";
import { outside } from "./resolve-tenant.ts";
import type { Groups, Source as WrittenSource } from "./written-config.gen.ts";
import type { Report, Written } from "./written.ts";

const usersRequire: readonly Requirement[] = ["enabled", "licensed", "mail"];

const keysOf: Readonly<Record<WrittenSource["kind"], readonly (keyof WrittenSource)[]>> = {
  users: ["kind", "tenant", "types", "require", "filter", "groups", "hiddenFrom", "where"],
  "org-contacts": ["kind", "tenant", "require", "filter", "groups", "hiddenFrom", "where"],
  csv: ["kind", "path", "id", "columns", "where"],
};

/** One source with its defaults filled in, and what is wrong with it beyond the schema. */
export function resolveSource(
  name: string,
  source: WrittenSource,
  written: Written,
  folder: string,
): { source: SourceConfig | null; problems: readonly Diagnostic[] } {
  const at: Path = ["sources", name];
  const problems: Diagnostic[] = [];
  const report = (path: Path, problem: Report): void =>
    void problems.push(written.report([...at, ...path], problem, "key"));
  for (const key of Object.keys(source) as (keyof WrittenSource)[]) {
    if (keysOf[source.kind].includes(key)) continue;
    const detail = `A source of kind ${source.kind} has no ${key}. Possible here: ${keysOf[source.kind].join(", ")}.`;
    report([key], { code: "key-not-allowed", summary: "A key that does not belong here", detail });
  }
  const base = {
    name,
    where: writtenExpression(written, [...at, "where"], source.where),
    place: written.place(at),
  };
  if (source.kind === "csv") {
    const path = csvProblems(source, folder, report);
    if (path === null) return { source: null, problems };
    const { id = "", columns = {} } = source;
    return { source: { ...base, kind: "csv", path, id, columns }, problems };
  }
  const { tenant, filter = "", hiddenFrom = "graph" } = source;
  if (tenant === undefined) {
    report([], {
      code: "missing-key",
      summary: "A key is missing",
      detail: `${at.join(".")} needs "tenant".`,
    });
    return { source: null, problems };
  }
  const shared = {
    ...base,
    tenant,
    filter,
    hiddenFrom,
    groups: groupsOf(source.groups, written, [...at, "groups"]),
  };
  if (source.kind === "users") {
    const { types = ["member"], require = usersRequire } = source;
    return { source: { ...shared, kind: "users", types, require }, problems };
  }
  const asked = source.require ?? ["mail"];
  const require = asked.filter((one) => one === "mail" || one === "visible");
  if (require.length < asked.length) {
    const detail =
      "Of organizational contacts only mail and visible can be required: they have no account and no licence.";
    report(["require"], { code: "invalid-value", summary: "Invalid value", detail });
  }
  if (require.includes("visible") && hiddenFrom === "graph") {
    const detail =
      "Graph does not know which organizational contacts are hidden; visible needs hiddenFrom: exchange.";
    report(["require"], { code: "invalid-value", summary: "Invalid value", detail });
  }
  return { source: { ...shared, kind: "org-contacts", require }, problems };
}

function csvProblems(
  source: WrittenSource,
  folder: string,
  report: (path: Path, problem: Report) => void,
): string | null {
  for (const key of ["path", "id"] as const) {
    if (source[key] !== undefined) continue;
    report([], {
      code: "missing-key",
      summary: "A key is missing",
      detail: `A source of kind csv needs "${key}".`,
    });
  }
  const properties: readonly string[] = [...personTextFields, ...personListFields].filter(
    (field) => !["id", "tenant", "source", "kind", "groups"].includes(field),
  );
  for (const property of Object.keys(source.columns ?? {})) {
    if (properties.includes(property)) continue;
    const meant = nearestName(property, properties);
    const hint =
      meant === null
        ? "Columns that are not named here are in person.attributes."
        : `Did you mean "${meant}"?`;
    report(["columns", property], {
      code: "unknown-key",
      summary: "Unknown key",
      detail: `A person has no "${property}". ${hint}`,
    });
  }
  const path = source.path === undefined ? null : insideFolder(folder, source.path);
  if (source.path !== undefined && path === null) report(["path"], outside(source.path));
  return path;
}

export function groupsOf(groups: Groups | undefined, written: Written, at: Path): GroupSelection {
  return {
    include: namesAt(groups?.include, written, [...at, "include"]),
    exclude: namesAt(groups?.exclude, written, [...at, "exclude"]),
  };
}

export function namesAt(names: readonly string[] | undefined, written: Written, at: Path): readonly Named[] {
  return (names ?? []).map((name, index) => ({ name, place: written.place([...at, index]) }));
}
