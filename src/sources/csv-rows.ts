import { pipeline, Readable } from "node:stream";
import { CsvError, parse } from "csv-parse";
import type { Place } from "../model/diagnostic.ts";
import { SourceError } from "../model/source.ts";
import { readHead } from "./csv-head.ts";
import { longestLineBytes, readUtf8 } from "./utf8-text.ts";
import type { CsvFile } from "./utf8-text.ts";

/** One row of a CSV file; the first one is the header. */
export interface CsvRow {
  /** The values of this row, trimmed; there may be more or fewer than headers. */
  readonly values: readonly string[];
  /** Where the value of a column begins; for a missing value, where the row begins. */
  readonly placeOf: (column: number) => Place;
}

interface RawRow {
  readonly record: readonly string[];
  /** The row's text, with preceding empty lines and the line break after it. */
  readonly raw: string;
  /** The line number at which that text begins. */
  readonly line: number;
}

/**
 * Reads the rows of a CSV file (RFC 4180), without empty ones. The delimiter is detected in the header.
 *
 * @throws {SourceError} when the file cannot be read, is not UTF-8 or has unbalanced quotes
 * @throws the signal's reason when aborted
 */
export async function* readRows(source: CsvFile, signal: AbortSignal): AsyncIterable<CsvRow> {
  const { file } = source;
  const text = readUtf8(source, signal)[Symbol.asyncIterator]();
  const { text: head, delimiter } = await readHead(text);
  // Counted here, since the parser counts CRLF inside quotes as two lines (csv-parse 7.0).
  let line = 1;
  const parser = parse({
    delimiter,
    record_delimiter: ["\r\n", "\n", "\r"],
    relax_column_count: true,
    skip_empty_lines: true,
    // Where a quote is never closed, all of the file would be one row.
    max_record_size: longestLineBytes,
    raw: true,
    on_record: (record) => {
      // With `raw` a record is not the array that its type says, but an object with the values and the text.
      const { raw, record: values } = record as unknown as Omit<RawRow, "line">;
      const row: RawRow = { raw, record: values, line };
      line += breaksIn(raw);
      return row as unknown as string[];
    },
  });
  // Errors surface when iterating over the parser, which the pipeline destroys with them.
  pipeline(Readable.from(withHead(head, text)), parser, () => {});
  try {
    for await (const item of parser) {
      signal.throwIfAborted();
      // As returned by `on_record`.
      const row = item as RawRow;
      const values = row.record.map((value) => value.trim());
      if (values.every((value) => value === "")) continue;
      yield { values, placeOf: (column) => placeIn(row, column, delimiter, file) };
    }
  } catch (error) {
    throw error instanceof CsvError ? brokenQuotes(error, file, line) : error;
  }
}

async function* withHead(head: string, rest: AsyncIterator<string>): AsyncIterable<string> {
  yield head;
  yield* { [Symbol.asyncIterator]: () => rest };
}

function placeIn(row: RawRow, column: number, delimiter: string, file: string): Place {
  const begin = leadingBreaks(row.raw).length;
  const start = column < row.record.length ? startOf(row.raw, begin, column, delimiter) : begin;
  const before = row.raw.slice(0, start);
  const lineStart = Math.max(before.lastIndexOf("\n"), before.lastIndexOf("\r")) + 1;
  return { file, line: row.line + breaksIn(before), column: start - lineStart + 1 };
}

function leadingBreaks(raw: string): string {
  return /^[\r\n]*/.exec(raw)?.[0] ?? "";
}

/** The index at which a value of the row begins. `begin` is that of the first value. */
function startOf(raw: string, begin: number, column: number, delimiter: string): number {
  let quoted = false;
  let left = column;
  let at = begin;
  for (; at < raw.length && left > 0; at++) {
    const char = raw.charAt(at);
    if (char === '"') quoted = !quoted;
    if (!quoted && char === delimiter) left--;
  }
  return at;
}

function breaksIn(text: string): number {
  return text.match(/\r\n|\n|\r/g)?.length ?? 0;
}

/** @param line - the line in which the text of the broken row begins */
function brokenQuotes(error: CsvError, file: string, line: number): SourceError {
  // No line is that long, so a row is only where its quotes go over many.
  const open = error.code === "CSV_QUOTE_NOT_CLOSED" || error.code === "CSV_MAX_RECORD_SIZE";
  // The library attaches the text read so far to its errors, without a type.
  const raw = "raw" in error && typeof error.raw === "string" ? error.raw : "";
  return new SourceError({
    code: "csv-quotes-broken",
    summary: "Quotes in a source's file do not match",
    detail: open
      ? `${file} has an opening quote without a closing one, so the rows after it cannot be separated. Close the quote. Inside a quoted value, write a quote twice.`
      : `${file} has a quote in the middle of a value. Put the whole value in quotes and write the quote inside it twice.`,
    place: { file, line: line + breaksIn(open ? leadingBreaks(raw) : raw), column: 1 },
    cause: error,
  });
}
