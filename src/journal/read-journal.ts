import type { FileHandle } from "node:fs/promises";
import type { JournaledStep, Picture } from "../model/journal.ts";
import type { RunEnd, RunHeader } from "../model/run.ts";
import { ShapeError, shape, text } from "../plan-format/shapes.ts";
import type { Shape } from "../plan-format/shapes.ts";
import type { Keys } from "../seal/keys.ts";
import type { LineOpener } from "../seal/line-seal.ts";
import { SealError } from "../seal/seal-error.ts";
import { sentence } from "../text/sentence.ts";
import { linesOf, openPlain } from "./file-lines.ts";
import type { FileLine } from "./file-lines.ts";
import { JournalFormatError } from "./journal-format-error.ts";
import { createStepReader } from "./parse-lines.ts";
import { aboutOf, journalVersion, readEndLine, readHeaderLine } from "./run-lines.ts";

/** Contents of a journal, up to its end or to where its run was killed. */
export interface RunRecord {
  readonly header: RunHeader;
  readonly steps: readonly JournaledStep[];
  /** Null when the run was killed. */
  readonly end: RunEnd | null;
  /** Reads a photo by the hash of its bytes. @throws {JournalFormatError} when there is none */
  picture(hash: string): Promise<Picture>;
  close(): Promise<void>;
}

/**
 * Reads a whole journal. Ignores an incomplete last line, which a killed run leaves: the write that it describes was
 * not sent yet, or is in doubt anyway.
 *
 * @throws {JournalFormatError}
 * @throws {SealError} when it is encrypted and the keys do not match
 * @throws the file system's error
 */
export async function readJournal(path: string, keys: Keys): Promise<RunRecord> {
  const file = await openPlain(path);
  try {
    return await readAll(file, path, keys);
  } catch (error) {
    await file.close();
    throw error;
  }
}

async function readAll(file: FileHandle, path: string, keys: Keys): Promise<RunRecord> {
  const reader = createStepReader();
  const photos = new Map<string, FileLine>();
  let start: Start | null = null;
  let end: RunEnd | null = null;
  for await (const line of linesOf(file)) {
    if (!line.isWhole && line.number > 1) break;
    if (start === null) {
      start = await startOf(line, path, keys);
      continue;
    }
    if (end !== null) throw damaged(path, line.number, "it continues after its end");
    const parsed = parseLine(line, start.opener, path);
    checked(path, line.number, () => {
      const type = text(parsed, "type");
      if (type === "end") end = readEndLine(parsed);
      else reader.read(parsed);
      // Photos are large, so their bytes are read again when needed.
      if (type === "photo") photos.set(text(parsed, "photo"), { ...line, text: "" });
    });
  }
  if (start === null) throw notAJournal(path);
  const { header, opener } = start;
  return {
    header,
    steps: reader.steps(),
    end,
    async picture(hash) {
      const line = photos.get(hash);
      if (line === undefined) throw damaged(path, 0, `the photo ${hash} is missing`);
      const bytes = Buffer.alloc(line.length);
      await file.read(bytes, 0, line.length, line.offset);
      const parsed = parseLine({ ...line, text: bytes.toString("utf8") }, opener, path);
      return checked(path, line.number, () => ({
        contentType: text(parsed, "contentType"),
        bytes: Buffer.from(text(parsed, "base64"), "base64"),
      }));
    },
    close: () => file.close(),
  };
}

interface Start {
  readonly header: RunHeader;
  /** Null when lines are not encrypted. */
  readonly opener: LineOpener | null;
}

async function startOf(line: FileLine, path: string, keys: Keys): Promise<Start> {
  const { header, key } = headerIn(line, path);
  if (key === null) return { header, opener: null };
  const { createLineOpener } = await import("../seal/line-seal.ts");
  return { header, opener: await createLineOpener(key, keys, aboutOf(header)) };
}

/** @throws {JournalFormatError} */
export function headerIn(line: FileLine, path: string): ReturnType<typeof readHeaderLine> {
  let of: Shape;
  try {
    of = shape(JSON.parse(line.text), "a line");
  } catch {
    throw notAJournal(path);
  }
  if (of["type"] !== "run" || !line.isWhole) throw notAJournal(path);
  if (of["formatVersion"] !== journalVersion) throw otherVersion(path, of["formatVersion"]);
  return checked(path, line.number, () => readHeaderLine(of));
}

/** The last line is never encrypted: the end of a run and its counts are not secret. */
export function isEndLine(line: string): boolean {
  return line.startsWith('{"type":"end"');
}

function parseLine(line: FileLine, opener: LineOpener | null, path: string): Shape {
  try {
    const isClear = opener === null || isEndLine(line.text);
    return shape(JSON.parse(isClear ? line.text : opener.open(line.text, line.number)), "a line");
  } catch (error) {
    if (error instanceof SealError) throw damaged(path, line.number, error.message, error);
    throw damaged(path, line.number, "the line cannot be read", error);
  }
}

function checked<Value>(path: string, number: number, read: () => Value): Value {
  try {
    return read();
  } catch (error) {
    if (error instanceof ShapeError) throw damaged(path, number, error.message, error);
    throw error;
  }
}

function notAJournal(path: string): JournalFormatError {
  return new JournalFormatError("not-a-journal", `${path} is not the journal of a run.`);
}

function otherVersion(path: string, found: unknown): JournalFormatError {
  const version = typeof found === "number" ? `version ${found}` : "an unknown version";
  return new JournalFormatError(
    "other-version",
    `${path} has ${version} of the format, and this galops reads version ${journalVersion}. ` +
      "Roll back the run with the version of galops that made it.",
  );
}

function damaged(path: string, line: number, what: string, cause?: unknown): JournalFormatError {
  return new JournalFormatError(
    "damaged",
    `${path} is damaged in line ${line}: ${sentence(what)} What the run did is unknown, so it cannot be rolled back.`,
    cause,
  );
}
