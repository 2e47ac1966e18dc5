/** Line and column, both counted from 1. */
export interface TextPlace {
  readonly line: number;
  readonly column: number;
}

export function placeAt(text: string, offset: number): TextPlace {
  const before = text.slice(0, offset);
  const lineStart = before.lastIndexOf("\n") + 1;
  return { line: before.split("\n").length, column: offset - lineStart + 1 };
}

/**
 * Finds where the value at a path begins in valid JSON; if the path does not exist, the last value along it. Of
 * duplicate keys the last one counts, as in JSON.parse.
 */
export function locateJson(text: string, path: readonly (string | number)[]): TextPlace {
  let at = skipSpace(text, 0);
  for (const step of path) {
    const next = typeof step === "number" ? itemAt(text, at, step) : memberAt(text, at, step);
    if (next === null) break;
    at = next;
  }
  return placeAt(text, at);
}

function itemAt(text: string, array: number, index: number): number | null {
  if (text[array] !== "[") return null;
  let at = skipSpace(text, array + 1);
  for (let count = 0; at < text.length && text[at] !== "]"; count++) {
    if (count === index) return at;
    at = afterSeparator(text, skipValue(text, at));
  }
  return null;
}

function memberAt(text: string, object: number, name: string): number | null {
  if (text[object] !== "{") return null;
  let found: number | null = null;
  let at = skipSpace(text, object + 1);
  while (at < text.length && text[at] !== "}") {
    const keyEnd = skipString(text, at);
    const key: unknown = JSON.parse(text.slice(at, keyEnd));
    const value = skipSpace(text, skipSpace(text, keyEnd) + 1);
    if (key === name) found = value;
    at = afterSeparator(text, skipValue(text, value));
  }
  return found;
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length && " \t\r\n".includes(text.charAt(at))) at++;
  return at;
}

function afterSeparator(text: string, from: number): number {
  const at = skipSpace(text, from);
  return text[at] === "," ? skipSpace(text, at + 1) : at;
}

function skipString(text: string, from: number): number {
  let at = from + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === "\\" ? 2 : 1;
  return at + 1;
}

function skipValue(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length;) {
    const char = text.charAt(at);
    if (char === '"') at = skipString(text, at);
    else if (depth === 0 && ",]}".includes(char)) return at;
    else {
      if ("[{".includes(char)) depth++;
      if ("]}".includes(char)) depth--;
      at++;
    }
    if (depth === 0 && '"]}'.includes(char)) return at;
  }
  return text.length;
}
