import { dirname, join } from "node:path";
import type { GroupSelection, Named, SourceConfig } from "../model/config.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { Path } from "./config-file.ts";
import { insideFolder } from "./inside.ts";
import type { Groups, Source as WrittenSource } from "./written-config.gen.ts";
import { writtenExpression } from "./written-expression.ts";
import type { Written } from "./written.ts";

/** One source with its defaults filled in, and what is wrong with it beyond the schema. */
export function resolveSource(
  name: string,
  source: WrittenSource,
  written: Written,
  folder: string,
): { readonly source: SourceConfig | null; readonly problems: readonly Diagnostic[] } {
  const at: Path = ["sources", name];
  const { where } = source;
  const base = {
    name,
    where: where === undefined ? null : writtenExpression(written, [...at, "where"], where),
    place: written.place(at),
  };
  if (source.kind === "csv") {
    const { kind, id, columns = {} } = source;
    const path = insideFolder(folder, source.path);
    if (typeof path !== "string") return { source: null, problems: [written.report([...at, "path"], path)] };
    const pathPlace = written.place([...at, "path"]);
    const file = join(dirname(pathPlace.file), source.path);
    const columnPlace = (property: string) =>
      written.place(property === "id" ? [...at, "id"] : [...at, "columns", property]);
    return {
      source: { ...base, kind, path, file, pathPlace, id, columns: { ...columns }, columnPlace },
      problems: [],
    };
  }
  const { tenant, filter = "", hiddenFrom = "graph" } = source;
  const groups = groupsOf(source.groups ?? {}, written, [...at, "groups"]);
  const filterPart = filter === "" ? {} : { filterPlace: written.place([...at, "filter"]) };
  const directory = { ...base, tenant, filter, ...filterPart, hiddenFrom, groups };
  if (source.kind === "users") {
    const { kind, types = ["member"], require = ["enabled", "licensed", "mail"] } = source;
    return { source: { ...directory, kind, types, require }, problems: [] };
  }
  const { kind, require = ["mail"] } = source;
  return { source: { ...directory, kind, require }, problems: [] };
}

function groupsOf(groups: Groups, written: Written, at: Path): GroupSelection {
  return {
    include: namesAt(groups.include, written, [...at, "include"]),
    exclude: namesAt(groups.exclude, written, [...at, "exclude"]),
  };
}

/** Names, each with the place where it is written. */
export function namesAt(names: readonly string[] | undefined, written: Written, at: Path): readonly Named[] {
  return (names ?? []).map((name, index) => ({ name, place: written.place([...at, index]) }));
}
