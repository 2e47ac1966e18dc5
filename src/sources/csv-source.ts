import type { CsvSource } from "../model/config.ts";
import type { Person } from "../model/person.ts";
import { SourceError } from "../model/source.ts";
import type { Source } from "../model/source.ts";
import { shortName } from "../text/short-name.ts";
import { findColumns } from "./csv-columns.ts";
import { rowReader } from "./csv-person.ts";
import type { RowProblem, RowReading } from "./csv-person.ts";
import { readRows } from "./csv-rows.ts";
import type { CsvRow } from "./csv-rows.ts";
import { asSource } from "./source-errors.ts";

/** How many row problems are reported at once; reading stops at that number. */
const mostProblems = 20;

/** Creates a source of the people in a CSV file. */
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
    // After the first problem the read is bound to fail; it continues only to find further problems.
    if (problems.length === 0) yield read.person;
  }
  if (reader === null) throw headerless(config);
  if (problems.length > 0) throw allOf(problems);
}

/** Creates a reader for the rows below a header, which also checks that ids are unique. */
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
      detail: `The row has ${row.values.length} values but the header has ${width}, so values may be in the wrong columns. Put values that contain the delimiter in quotes.`,
      place: row.placeOf(0),
    },
  ];
}

/** Checks a row's id, and records it with its line. */
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
        detail: `The column "${config.id}" identifies each row, but it is empty here. Give the row an id that never changes.`,
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
      detail: `The row in line ${first} has the id "${shortName(id)}" as well, so one of the two would be lost. Give each row a unique id in column "${config.id}".`,
      place,
    },
  ];
}

function headerless(config: CsvSource): SourceError {
  return new SourceError({
    code: "csv-empty",
    summary: "A source's file is empty",
    detail: `${config.file} has no rows, not even a header, so it may not have been written completely. If there are no people, leave only the header in the file.`,
    place: { file: config.file, line: 1, column: 1 },
  });
}

/** The first problem as an error that reports the others as well. */
function allOf(problems: readonly RowProblem[]): SourceError {
  const [first, ...others] = problems;
  if (first === undefined) throw new Error("There is no problem to report.");
  return new SourceError({ ...first, others: others.map((other) => new SourceError(other)) });
}
