import { pipeline, Readable } from "node:stream";
import { CsvError, parse } from "csv-parse";
import type { Place } from "../model/diagnostic.ts";
import { SourceError } from "../model/source.ts";
import { readUtf8 } from "./utf8-text.ts";

/** One row of a CSV file; the first one is the header. */
export interface CsvRow {
  /** As many as the file has in this row, trimmed. */
  readonly values: readonly string[];
  /** Where the value of a column begins; beyond the last value, where the row does. */
  readonly placeOf: (column: number) => Place;
}

interface RawRow {
  readonly record: readonly string[];
  readonly raw: string;
  readonly info: { readonly lines: number };
}

/**
 * The rows of a CSV file (RFC 4180) whose delimiter is found out from its header; empty rows are left out.
 *
 * @throws {SourceError} when it cannot be read, is not UTF-8 or its quotes do not match
 * @throws the signal's reason when it is aborted
 */
export async function* readRows(path: string, named: Place, signal: AbortSignal): AsyncIterable<CsvRow> {
  const text = readUtf8(path, named, signal)[Symbol.asyncIterator]();
  let head = "";
  for (let block = await text.next(); block.done !== true; block = await text.next()) {
    head += block.value;
    if (headerEnd(head) !== -1) break;
  }
  const delimiter = delimiterOf(head);
  const parser = parse({
    delimiter,
    record_delimiter: ["\r\n", "\n", "\r"],
    relax_column_count: true,
    skip_empty_lines: true,
    info: true,
    raw: true,
  });
  // Its errors come out of the parser, which the pipeline destroys with them.
  pipeline(Readable.from(withHead(head, text)), parser, () => {});
  try {
    for await (const row of parser) {
      signal.throwIfAborted();
      // With `info` and `raw` on and no `columns` this is what records look like.
      const { record, raw, info } = row as RawRow;
      const values = record.map((value) => value.trim());
      if (values.every((value) => value === "")) continue;
      yield { values, placeOf: (column) => placeIn({ record, raw, info }, column, delimiter, path) };
    }
  } catch (error) {
    throw error instanceof CsvError ? brokenQuotes(error, path) : error;
  }
}

async function* withHead(head: string, rest: AsyncIterator<string>): AsyncIterable<string> {
  yield head;
  yield* { [Symbol.asyncIterator]: () => rest };
}

/** Index of the line break that ends the header, -1 when there is none yet. */
function headerEnd(text: string): number {
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const char = text.charAt(at);
    if (char === '"') quoted = !quoted;
    if (!quoted && (char === "\n" || char === "\r") && text.slice(0, at).trim() !== "") return at;
  }
  return -1;
}

/** The one of comma, semicolon and tab that the header has most of outside quotes; a comma where it has none. */
function delimiterOf(text: string): string {
  const end = headerEnd(text);
  const header = (end === -1 ? text : text.slice(0, end)).replaceAll(/"[^"]*"/g, "");
  const counts = [",", ";", "\t"].map((delimiter) => ({ delimiter, count: header.split(delimiter).length }));
  return counts.reduce((best, next) => (next.count > best.count ? next : best)).delimiter;
}

function placeIn(row: RawRow, column: number, delimiter: string, path: string): Place {
  const text = row.raw.replace(/^[\r\n]+/, "");
  const first = row.info.lines - breaksIn(text.replace(/[\r\n]+$/, ""));
  const start = column < row.record.length ? startOf(text, column, delimiter) : 0;
  const before = text.slice(0, start);
  const lineStart = Math.max(before.lastIndexOf("\n"), before.lastIndexOf("\r")) + 1;
  return { file: path, line: first + breaksIn(before), column: start - lineStart + 1 };
}

function startOf(text: string, column: number, delimiter: string): number {
  let quoted = false;
  let left = column;
  for (let at = 0; at < text.length && left > 0; at++) {
    const char = text.charAt(at);
    if (char === '"') quoted = !quoted;
    if (!quoted && char === delimiter && --left === 0) return at + 1;
  }
  return 0;
}

function breaksIn(text: string): number {
  return text.match(/\r\n|\n|\r/g)?.length ?? 0;
}

function brokenQuotes(error: CsvError, path: string): SourceError {
  const open = error.code === "CSV_QUOTE_NOT_CLOSED";
  // The library counts the lines that it has read and keeps count and text of the record on its errors, untyped.
  const lines = "lines" in error && typeof error.lines === "number" ? error.lines : 1;
  const raw = "raw" in error && typeof error.raw === "string" ? error.raw.replace(/^[\r\n]+/, "") : "";
  return new SourceError({
    code: "csv-quotes-broken",
    summary: "Quotes in a source's file do not match",
    detail: open
      ? `In ${path} a quote is opened and never closed, so that the rows after it cannot be told apart. Close it; a quote inside a quoted value is written twice.`
      : `In ${path} a quote stands in the middle of a value. Put the whole value in quotes and write the quote inside it twice.`,
    place: { file: path, line: open ? lines - breaksIn(raw) : lines, column: 1 },
    cause: error,
  });
}
