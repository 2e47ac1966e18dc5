import type { CsvSource } from "../model/config.ts";
import type { Person } from "../model/person.ts";
import { SourceError } from "../model/source.ts";
import type { Source } from "../model/source.ts";
import { findColumns } from "./csv-columns.ts";
import { rowReader } from "./csv-person.ts";
import type { RowProblem, RowReading } from "./csv-person.ts";
import { readRows } from "./csv-rows.ts";
import type { CsvRow } from "./csv-rows.ts";
import { asSource } from "./source-errors.ts";

/** Problems of rows that are told at once; the file is not read further for more. */
const mostProblems = 20;

/** The rows of a CSV file. */
export function csvSource(config: CsvSource): Source {
  return { people: (signal) => asSource(people(config, signal), config.place, signal) };
}

async function* people(config: CsvSource, signal: AbortSignal): AsyncIterable<Person> {
  let reader: ReturnType<typeof readerOf> | null = null;
  const problems: RowProblem[] = [];
  for await (const row of readRows(config, signal)) {
    if (reader === null) {
      reader = readerOf(config, row);
      continue;
    }
    const read = reader(row);
    problems.push(...read.problems);
    if (problems.length >= mostProblems) break;
    // With a problem the reading fails in the end; it goes on only to tell of the others.
    if (problems.length === 0) yield read.person;
  }
  if (reader === null) throw headerless(config);
  if (problems.length > 0) throw allOf(problems);
}

/** Reads the rows below a header, and minds ids from one row to the next. */
function readerOf(config: CsvSource, header: CsvRow): (row: CsvRow) => RowReading {
  const columns = findColumns(config, header);
  const read = rowReader(columns, config);
  const lineOfId = new Map<string, number>();
  return (row) => {
    const { person, problems } = read(row);
    const ofShape = shapeProblems(row, header.values.length);
    const ofId = idProblems(row, columns.id, config, lineOfId);
    return { person, problems: [...ofShape, ...ofId, ...problems] };
  };
}

function shapeProblems(row: CsvRow, width: number): readonly RowProblem[] {
  const surplus = row.values.slice(width).some((value) => value !== "");
  if (row.values.length >= width && !surplus) return [];
  return [
    {
      code: "csv-row-shape",
      summary: "A row of a source's file does not fit its header",
      detail: `The row has ${row.values.length} values where the header has ${width}, so that values may stand in the wrong columns. Put a value that contains the delimiter in quotes.`,
      place: row.placeOf(0),
    },
  ];
}

/** Remembers the row's id with its line. */
function idProblems(
  row: CsvRow,
  column: number,
  config: CsvSource,
  lineOfId: Map<string, number>,
): readonly RowProblem[] {
  const id = row.values[column] ?? "";
  const place = row.placeOf(column);
  if (id === "") {
    return [
      {
        code: "csv-id-missing",
        summary: "A row of a source's file has no id",
        detail: `The column "${config.id}" identifies a row, and here it is empty. Give the row an id that stays the same whatever else changes.`,
        place,
      },
    ];
  }
  const first = lineOfId.get(id);
  if (first === undefined) {
    lineOfId.set(id, place.line);
    return [];
  }
  return [
    {
      code: "csv-id-duplicate",
      summary: "Two rows of a source's file have the same id",
      detail: `"${id}" is the id of the row in line ${first} already, so that one of the two would be lost. Each row needs an id of its own in column "${config.id}".`,
      place,
    },
  ];
}

function headerless(config: CsvSource): SourceError {
  return new SourceError({
    code: "csv-empty",
    summary: "A source's file is empty",
    detail: `${config.file} has no rows, not even a header, so that it is not known whether it was written completely. A file of nobody has a header only.`,
    place: { file: config.file, line: 1, column: 1 },
  });
}

/** The first one, telling of the others too. */
function allOf(problems: readonly RowProblem[]): SourceError {
  const [first, ...others] = problems;
  if (first === undefined) throw new Error("No problem to tell.");
  return new SourceError({ ...first, others: others.map((other) => new SourceError(other)) });
}
