import type { CsvSource } from "../model/config.ts";
import type { Place } from "../model/diagnostic.ts";
import { SourceError } from "../model/source.ts";
import type { CsvRow } from "./csv-rows.ts";
import { shortName } from "../text/short-name.ts";
import { nearestHeader } from "./nearest-header.ts";

/** The columns of a CSV file by purpose. */
export interface CsvColumns {
  /** Index of the column that identifies a row. */
  readonly id: number;
  /** Person property → index of the column that fills it. */
  readonly filled: ReadonlyMap<string, number>;
  /** Header → index, for all columns with a header. */
  readonly named: ReadonlyMap<string, number>;
}

/**
 * Finds the configured columns in the header of the file.
 *
 * @throws {SourceError} when a header occurs twice, or a configured one is missing
 */
export function findColumns(config: CsvSource, header: CsvRow): CsvColumns {
  const named = new Map<string, number>();
  for (const [index, name] of header.values.entries()) {
    if (name === "") continue;
    if (named.has(name)) throw twice(name, header.placeOf(index));
    named.set(name, index);
  }
  const filled = new Map(
    Object.entries(config.columns).map(([property, name]) => [
      property,
      columnOf(name, named, config, property),
    ]),
  );
  return { id: columnOf(config.id, named, config, "id"), filled, named };
}

function columnOf(
  name: string,
  named: ReadonlyMap<string, number>,
  config: CsvSource,
  property: string,
): number {
  const index = named.get(name);
  if (index !== undefined) return index;
  const headers = [...named.keys()];
  const nearest = nearestHeader(name, headers);
  const meant = nearest === null ? "" : ` Did you mean "${nearest}"?`;
  throw new SourceError({
    code: "csv-column-missing",
    summary: "A column is missing in a source's file",
    detail: `${config.file} has no column "${name}", which \`${property}\` is read from.${meant} Its columns are: ${listed(headers)}.`,
    place: config.columnPlace(property),
  });
}

/** Columns that are listed; a file may have a header as long as a book. */
const mostListed = 40;

function listed(headers: readonly string[]): string {
  const names = headers.slice(0, mostListed).map(shortName).join(", ");
  return headers.length > mostListed ? `${names}, …` : names;
}

function twice(name: string, place: Place): SourceError {
  return new SourceError({
    code: "csv-column-duplicate",
    summary: "Two columns of a source's file have the same header",
    detail: `The header "${shortName(name)}" occurs twice, so it does not identify one column. Rename one of them.`,
    place,
  });
}
