import { constants } from "node:fs";
import type { FileHandle } from "node:fs/promises";
import { openPlainFile } from "../files/plain-file.ts";

/** A line of a file, without its newline. */
export interface FileLine {
  /** Counts from 1. */
  readonly number: number;
  /** Position of its first byte in the file. */
  readonly offset: number;
  /** Length in bytes. */
  readonly length: number;
  readonly text: string;
  /** False for text after the last newline, which the writer could not complete. */
  readonly isWhole: boolean;
}

const newline = 0x0a;

/**
 * Opens a regular file for reading without following a link.
 *
 * @throws the file system's error, also for a link
 */
export async function openPlain(path: string): Promise<FileHandle> {
  return await openPlainFile(path, constants.O_NOFOLLOW);
}

export async function* linesOf(file: FileHandle): AsyncGenerator<FileLine> {
  let number = 0;
  let offset = 0;
  let rest: Buffer[] = [];
  const lineOf = (bytes: Buffer, isWhole: boolean): FileLine => {
    const line = { number: ++number, offset, length: bytes.length, text: bytes.toString("utf8"), isWhole };
    offset += bytes.length + 1;
    return line;
  };
  const stream = file.createReadStream({ start: 0, autoClose: false });
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    let from = 0;
    for (let at = chunk.indexOf(newline); at >= 0; at = chunk.indexOf(newline, from)) {
      yield lineOf(Buffer.concat([...rest, chunk.subarray(from, at)]), true);
      rest = [];
      from = at + 1;
    }
    if (from < chunk.length) rest.push(chunk.subarray(from));
  }
  if (rest.length > 0) yield lineOf(Buffer.concat(rest), false);
}
