import { withoutSecrets } from "../without-secrets.ts";

/** The reason that Exchange gave for a failure. */
export interface Said {
  /** Short name of the exception's class; "" if none. */
  readonly exception: string;
  /** The message in one line; "" if none. */
  readonly text: string;
}

const silence: Said = { exception: "", text: "" };

/** Wraps the actual exception and says only that a cmdlet failed. */
const wrapper = "DirectInvokeCmdletExecutionException";
/** Exception classes that tell nothing about the failure. */
const plain: ReadonlySet<string> = new Set([wrapper, "Exception", "ODataServiceException"]);

/**
 * Reads Exchange's error in every shape observed: `details` whose message is JSON (`TypeName`, `Message`) or
 * pipe-separated (`id|class|text`, the id may be empty); no details but an inner exception; plain text; NUL bytes.
 *
 * @param text - the raw body
 * @param body - the parsed body; undefined when it is not JSON
 */
export function saidBy(text: string, body: unknown): Said {
  const error = field(body, "error");
  if (typeof error !== "object" || error === null) return { exception: "", text: printable(text) };
  const detailed = list(field(error, "details")).map((detail) => spoken(string(field(detail, "message"))));
  const inner = field(field(error, "innererror") ?? field(error, "innerError"), "internalexception");
  const said = [...detailed, innerSaid(inner), spoken(string(field(error, "message")))];
  return said.find(({ exception }) => exception !== "") ?? said.find((one) => one.text !== "") ?? silence;
}

/** Reads an entry of `@adminapi.errors`. Its form is not documented: text, or an object with a message. */
export function saidInAnswer(entry: unknown): Said {
  if (typeof entry === "string") return spoken(entry);
  const message = string(field(entry, "message") ?? field(entry, "Message"));
  const type = exceptionOf(string(field(entry, "type") ?? field(entry, "TypeName")));
  if (message === "") return { exception: type, text: printable(JSON.stringify(entry) ?? "") };
  const said = spoken(message);
  return said.exception === "" ? { ...said, exception: type } : said;
}

function innerSaid(inner: unknown): Said {
  const type = string(field(inner, "type"));
  if (lastName(type) === wrapper) return silence;
  const said = spoken(string(field(inner, "message")));
  return said.exception === "" ? { ...said, exception: exceptionOf(type) } : said;
}

/** Parses `id|class|text` (the text may contain pipes), JSON, or plain text. */
function spoken(message: string): Said {
  const [, type, text] = /^[^|]*\|\s*([\w.+`]+)\s*\|(.*)$/s.exec(message) ?? [];
  if (type !== undefined) return { exception: exceptionOf(type), text: printable(text ?? "") };
  const json = message.trimStart().startsWith("{") ? parsed(message) : undefined;
  const name = string(field(json, "TypeName"));
  if (name !== "") return { exception: exceptionOf(name), text: printable(string(field(json, "Message"))) };
  return { exception: "", text: printable(message) };
}

/** The short name of an exception class; "" when it tells nothing. */
export function exceptionOf(type: string): string {
  const name = lastName(type);
  return plain.has(name) || !/^\w+$/.test(name) ? "" : name;
}

function lastName(type: string): string {
  return type.split(/[.+]/).at(-1)?.trim() ?? "";
}

const longest = 1000;

/** The text in one line without control characters and secrets; NUL bytes leave nothing. */
function printable(text: string): string {
  const told = withoutSecrets(text);
  // oxlint-disable-next-line no-control-regex -- control characters are what is removed
  const line = told.replaceAll(/[\u0000-\u001f\u007f-\u009f\s]+/g, " ").trim();
  return line.length > longest ? `${line.slice(0, longest)}…` : line;
}

export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export function field(value: unknown, name: string): unknown {
  if (typeof value !== "object" || value === null) return undefined;
  return (value as Readonly<Record<string, unknown>>)[name]; // any object may be indexed by any name
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function string(value: unknown): string {
  return typeof value === "string" ? value : "";
}
