import { createReadStream } from "node:fs";
import type { CsvSource } from "../model/config.ts";
import { SourceError } from "../model/source.ts";

/** A file of a source, and how it is told of. */
export type CsvFile = Pick<CsvSource, "path" | "file" | "pathPlace">;

const newline = 0x0a;
/** A line longer than this is no line of a table. */
const longestLineBytes = 4 * 1024 * 1024;

/**
 * The text of a file in blocks that end with a line (the last one as it ends), without byte order mark.
 *
 * @throws {SourceError} when the file cannot be read or is not UTF-8 throughout
 * @throws the signal's reason when it is aborted
 */
export async function* readUtf8(source: CsvFile, signal: AbortSignal): AsyncIterable<string> {
  const { file } = source;
  let line = 1;
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of chunksOf(source, signal)) {
    const bytes = Buffer.concat([rest, chunk]);
    // In UTF-8 no part of a character looks like a newline, so that a block never ends within one.
    const end = bytes.lastIndexOf(newline) + 1;
    rest = bytes.subarray(end);
    if (rest.length > longestLineBytes) throw notText(file, { line, column: 1 });
    if (end === 0) continue;
    const text = decode(bytes.subarray(0, end), file, line);
    line += linesIn(text);
    yield text;
  }
  if (rest.length > 0) yield decode(rest, file, line);
}

async function* chunksOf({ path, file, pathPlace }: CsvFile, signal: AbortSignal): AsyncIterable<Buffer> {
  signal.throwIfAborted();
  try {
    for await (const chunk of createReadStream(path)) {
      signal.throwIfAborted();
      // Without an encoding a file stream gives nothing but buffers.
      yield chunk as Buffer;
    }
  } catch (error) {
    if (signal.aborted) throw error;
    throw new SourceError({
      code: "csv-unreadable",
      summary: "A source's file cannot be read",
      detail: `The file ${file} cannot be read (${reasonOf(error)}). Without it everybody in it would seem to have left, so nothing is changed. Check \`path\` of the source and who may read the file.`,
      place: pathPlace,
      cause: error,
    });
  }
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "ENOENT") return "it does not exist";
  if (code === "EACCES" || code === "EPERM") return "access is denied";
  if (code === "EISDIR") return "it is a folder";
  return error instanceof Error ? error.message : "for an unknown reason";
}

/** `line` is the number of the block's first line; only in the file's first block a byte order mark is dropped. */
function decode(bytes: Buffer, file: string, line: number): string {
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: line > 1 });
  let text: string;
  try {
    text = decoder.decode(bytes);
  } catch {
    throw notText(file, firstBroken(bytes, line));
  }
  const zero = text.indexOf("\0");
  if (zero === -1) return text;
  throw notText(file, { line: line + linesIn(text.slice(0, zero)), column: 1 });
}

function firstBroken(bytes: Buffer, line: number): { line: number; column: number } {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let at = line;
  for (let start = 0; start < bytes.length; at++) {
    const end = bytes.indexOf(newline, start);
    const next = end === -1 ? bytes.length : end + 1;
    try {
      decoder.decode(bytes.subarray(start, next));
    } catch {
      // U+FFFD stands where the decoder could not go on.
      const column = new TextDecoder("utf-8").decode(bytes.subarray(start, next)).indexOf("\uFFFD") + 1;
      return { line: at, column };
    }
    start = next;
  }
  return { line, column: 1 };
}

function linesIn(text: string): number {
  let lines = 0;
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) lines++;
  return lines;
}

function notText(file: string, at: { line: number; column: number }): SourceError {
  return new SourceError({
    code: "csv-not-utf8",
    summary: "A source's file is not UTF-8 text",
    detail: `${file} is not text in UTF-8 from this place on, so that names in it would be garbled. Save it again as "CSV UTF-8".`,
    place: { file, ...at },
  });
}
