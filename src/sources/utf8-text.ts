import { openPlainFile } from "../files/plain-file.ts";
import type { CsvSource } from "../model/config.ts";
import { SourceError } from "../model/source.ts";

/** A source's file, with how messages refer to it. */
export type CsvFile = Pick<CsvSource, "path" | "file" | "pathPlace">;

const newline = 0x0a;
/** A file with a longer line is not a table. */
export const longestLineBytes = 4 * 1024 * 1024;

/**
 * Reads a text file in blocks that end at line breaks (except perhaps the last), without byte order mark.
 *
 * @throws {SourceError} when the file cannot be read or is not valid UTF-8
 * @throws the signal's reason when aborted
 */
export async function* readUtf8(source: CsvFile, signal: AbortSignal): AsyncIterable<string> {
  const { file } = source;
  let line = 1;
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of chunksOf(source, signal)) {
    const bytes = Buffer.concat([rest, chunk]);
    // In UTF-8 no byte of a longer character equals a newline, so a block never ends within a character.
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
    const opened = await openPlainFile(path);
    for await (const chunk of opened.createReadStream()) {
      signal.throwIfAborted();
      // Without an encoding, a file stream yields only buffers.
      yield chunk as Buffer;
    }
  } catch (error) {
    if (signal.aborted) throw error;
    throw new SourceError({
      code: "csv-unreadable",
      summary: "A source's file cannot be read",
      detail: `The file ${file} cannot be read (${reasonOf(error)}). Without it, everyone in it would seem to have left, so galops changes nothing. Check \`path\` of the source and the file's permissions.`,
      place: pathPlace,
      cause: error,
    });
  }
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "ENOENT") return "it does not exist";
  if (code === "EACCES" || code === "EPERM") return "access is denied";
  return error instanceof Error ? error.message : "unknown reason";
}

/**
 * Decodes a block; a byte order mark is dropped only at the beginning of the file.
 *
 * @param line - the line number of the block's first line
 */
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
  const before = text.slice(0, zero);
  throw holdsNul(file, { line: line + linesIn(before), column: zero - before.lastIndexOf("\n") });
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
      // The decoder puts U+FFFD at the invalid bytes.
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
    detail: `${file} is not valid UTF-8 from this place on, so names in it would be garbled. Save it again as "CSV UTF-8".`,
    place: { file, ...at },
  });
}

function holdsNul(file: string, at: { line: number; column: number }): SourceError {
  return new SourceError({
    code: "csv-not-text",
    summary: "A source's file is not text",
    detail: `${file} has a NUL character here, which text never has: the file may be UTF-16, binary or damaged. Save it again as "CSV UTF-8".`,
    place: { file, ...at },
  });
}
