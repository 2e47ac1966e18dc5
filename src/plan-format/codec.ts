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
 * A plan as lines of JSON, each ending in a newline. A desired contact stands on a line of its own before the first book
 * that refers to it by its number, once as long as books of its sync go on doing so. The last line ends in a digest of all of them, so that what is
 * damaged or changed by hand is noticed; whoever wants to deceive can make another one. Equal plans give equal lines but
 * for `createdAt` and that digest.
 *
 * @param options - `mostKept`: contacts that stay known to writer and readers, unless two books refer to more
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
 * The records of a saved plan, as they are read. Nothing may be done for good before `end` came: only then is it
 * known that the plan is whole, and that its changes are those that its id stands for.
 *
 * @param lines - with or without their newline
 * @throws {PlanFormatError} when they are no plan of this version, or not all of it, or were tampered with
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
    if (ended) throw damaged(number, "it goes on after its end");
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
      if (record.id !== id.id()) throw damaged(number, "its id does not fit what it holds");
      if (found !== digest.text()) throw damaged(number, "its digest does not fit what it holds");
    }
    yield record;
  }
  if (number === 0) throw new PlanFormatError("not-a-plan", "The file is empty. Write the plan again.");
  if (!ended) {
    throw new PlanFormatError(
      "truncated",
      `The saved plan ends after line ${number} without its end. Nothing may be done with half a plan: write it again.`,
    );
  }
}

interface LinesDigest {
  /** @param line - with or without its newline */
  add(line: string): void;
  /** Of all lines; ends the counting. */
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

/** The last line as it was before its digest was written into it; `found` is null where it has none. */
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

/** In the place of the contact that had its number before, if one had: no later book means that one. */
function keep(of: Shape, contacts: DesiredContact[]): void {
  const number = count(of, "number");
  if (number > contacts.length) throw wrong("number", "the next free one, or one before it");
  contacts[number] = readContact(of);
}

function readRecord(of: Shape, number: number, contacts: readonly DesiredContact[]): PlanRecord {
  const type = number === 1 && of["type"] !== "plan" ? "" : text(of, "type");
  switch (type) {
    case "plan":
      if (number > 1) throw new ShapeError("it begins a second time");
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
      throw new ShapeError(`a line of the type ${type} is not known`);
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
    "The file is not a saved plan. galops plan -o FILE writes one.",
    cause,
  );
}

function otherVersion(found: unknown): PlanFormatError {
  const version = typeof found === "number" ? `version ${found}` : "an unknown version";
  return new PlanFormatError(
    "other-version",
    `The saved plan has ${version} of the format, this galops reads version ${formatVersion}. ` +
      "Write the plan again with the galops that shall apply it.",
  );
}

function damaged(line: number, what: string, cause?: unknown): PlanFormatError {
  return new PlanFormatError(
    "damaged",
    `The saved plan is damaged in line ${line}: ${what}. Nothing may be done with it: write it again.`,
    cause,
  );
}
