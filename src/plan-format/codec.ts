import { createHash } from "node:crypto";
import type { DesiredContact } from "../model/contact.ts";
import type { PlanRecord } from "../model/plan.ts";
import { bookJson, readBook } from "./book-lines.ts";
import { readContact } from "./contact-lines.ts";
import { createContactNumbers } from "./contact-numbers.ts";
import { formatVersion, frameJson, readEnd, readHeader, readSync } from "./frame-lines.ts";
import { PlanFormatError } from "./plan-format-error.ts";
import { createPlanId } from "./plan-id.ts";
import { ShapeError, count, shape, text, wrong } from "./shapes.ts";
import type { Shape } from "./shapes.ts";

/**
 * Encodes a plan as lines of JSON, each ending in a newline. A desired contact is written on a line of its own before
 * the first book that refers to it by number, and only once while books of its sync keep referring to it. The last line
 * ends in a digest of all lines, which detects damage and manual edits but not forgery. Equal plans give equal lines
 * except for `createdAt` and that digest.
 *
 * @param options - `mostKept`: contacts that writer and readers remember, unless two books refer to more
 */
export async function* encodePlan(
  records: AsyncIterable<PlanRecord>,
  { mostKept = 10_000 }: { readonly mostKept?: number } = {},
): AsyncIterable<string> {
  let contacts = createContactNumbers(mostKept);
  const digest = createLinesDigest();
  for await (const record of records) {
    if (record.type === "sync") contacts = createContactNumbers(mostKept);
    const own = record.type === "book" ? bookJson(record, contacts.numberOf) : frameJson(record);
    for (const line of [...contacts.takeNew(), own]) {
      digest.add(line);
      yield record.type === "end" ? `${withDigest(line, digest.text())}\n` : `${line}\n`;
    }
    if (record.type === "book") contacts.endBook();
  }
}

/**
 * Decodes a saved plan record by record. Callers must not act on it before the `end` record, which alone proves that
 * the plan is complete and that its changes match its id.
 *
 * @param lines - with or without their newlines
 * @throws {PlanFormatError} when the lines are not a plan of this version, or are incomplete or changed
 */
export async function* decodePlan(lines: AsyncIterable<string>): AsyncIterable<PlanRecord> {
  const id = createPlanId();
  const digest = createLinesDigest();
  const contacts: DesiredContact[] = [];
  let number = 0;
  let ended = false;
  for await (const line of lines) {
    number++;
    const parsed = parse(line, number);
    if (ended) throw damaged(number, "it continues after its end");
    const { written, found } = parsed["type"] === "end" ? splitDigest(line) : { written: line, found: null };
    digest.add(written);
    if (number > 1 && parsed["type"] === "contact") {
      read(number, () => keep(parsed, contacts));
      continue;
    }
    const record = read(number, () => readRecord(parsed, number, contacts));
    if (record.type === "sync") contacts.length = 0;
    id.add(record);
    if (record.type === "end") {
      ended = true;
      if (record.id !== id.id()) throw damaged(number, "its id does not match its content");
      if (found !== digest.text()) throw damaged(number, "its digest does not match its content");
    }
    yield record;
  }
  if (number === 0) throw new PlanFormatError("not-a-plan", "The file is empty. Write the plan again.");
  if (!ended) {
    throw new PlanFormatError(
      "truncated",
      `The saved plan is incomplete: it stops after line ${number}. It cannot be used. Run galops plan -o again.`,
    );
  }
}

interface LinesDigest {
  /** @param line - with or without its newline */
  add(line: string): void;
  /** Digest of all lines; nothing may be added afterwards. */
  text(): string;
}

function createLinesDigest(): LinesDigest {
  const hash = createHash("sha256");
  return {
    add: (line) => void hash.update(`${line.trimEnd()}\n`),
    text: () => `sha256:${hash.digest("hex")}`,
  };
}

function withDigest(line: string, digest: string): string {
  return `${line.slice(0, -1)},"digest":"${digest}"}`;
}

/** Splits the last line into the line without its digest and the digest; `found` is null when there is none. */
function splitDigest(line: string): { readonly written: string; readonly found: string | null } {
  const { before, found } =
    /^(?<before>.*),"digest":"(?<found>sha256:[0-9a-f]{64})"\}\s*$/su.exec(line)?.groups ?? {};
  return before === undefined || found === undefined
    ? { written: line, found: null }
    : { written: `${before}}`, found };
}

function parse(line: string, number: number): Shape {
  try {
    const parsed: unknown = JSON.parse(line);
    return shape(parsed, "a line");
  } catch (error) {
    if (number === 1) throw notAPlan(error);
    throw damaged(number, "the line cannot be read", error);
  }
}

/** Stores a contact under its number, and replaces a previous one, to which no later book refers. */
function keep(of: Shape, contacts: DesiredContact[]): void {
  const number = count(of, "number");
  if (number > contacts.length) throw wrong("number", "the next free number or a lower one");
  contacts[number] = readContact(of);
}

function readRecord(of: Shape, number: number, contacts: readonly DesiredContact[]): PlanRecord {
  const type = number === 1 && of["type"] !== "plan" ? "" : text(of, "type");
  switch (type) {
    case "plan":
      if (number > 1) throw new ShapeError("it contains a second header");
      if (of["formatVersion"] !== formatVersion) throw otherVersion(of["formatVersion"]);
      return readHeader(of);
    case "sync":
      return readSync(of);
    case "book":
      return readBook(of, contacts);
    case "end":
      return readEnd(of);
    default:
      if (number === 1) throw notAPlan();
      throw new ShapeError(`lines of type ${type} are unknown`);
  }
}

function read<Value>(number: number, reader: () => Value): Value {
  try {
    return reader();
  } catch (error) {
    if (error instanceof ShapeError) throw damaged(number, error.message, error);
    throw error;
  }
}

function notAPlan(cause?: unknown): PlanFormatError {
  return new PlanFormatError(
    "not-a-plan",
    "The file is not a saved plan. Save one with galops plan -o FILE.",
    cause,
  );
}

function otherVersion(found: unknown): PlanFormatError {
  const version = typeof found === "number" ? `version ${found}` : "an unknown version";
  return new PlanFormatError(
    "other-version",
    `The saved plan has ${version} of the format, and this galops reads version ${formatVersion}. ` +
      "Save the plan again with the version of galops that will apply it.",
  );
}

function damaged(line: number, what: string, cause?: unknown): PlanFormatError {
  return new PlanFormatError(
    "damaged",
    `The saved plan is damaged in line ${line}: ${what}. It cannot be used. Run galops plan -o again.`,
    cause,
  );
}
