import { isMap, isNode, isScalar } from "yaml";
import type { Document, Node } from "yaml";
import { lineAt, positionAt } from "./lines.ts";
import type { LineStarts } from "./lines.ts";

/** A parsed file, as far as it could be parsed. */
export interface Source {
  readonly text: string;
  readonly document: Document.Parsed;
  readonly lines: LineStarts;
}

/** A key whose value may be a secret, by its name; the paths of files are none. */
const secretName =
  /(?:secret|passw|passphrase|certificate|token|private.?key|credential)(?![\w-]*file$)[\w-]*$/i;
/** A key is no name that is longer; what it has is hidden in any case. */
const longestName = 128;
/** Of a name that may go on over a blank: `private key`. */
const wordBefore = "private ".length;

const onlyReference = /^\s*["']?\$\{(?:env|file):[^{}]*\}["']?\s*(?:[,}#]|$)/;
/** No reference is longer. */
const longestReference = 1_000;

/** Keys under `auth` that hold no secret; of any other one, also a misspelled one, the value is not shown. */
const openAuthKeys: ReadonlySet<string> = new Set(["method", "clientId", "certificateFile", "tokenFile"]);

const known = new WeakMap<Document.Parsed, readonly number[]>();

/** How many characters of a line, counted from 1, may be shown: all before what may be a secret. */
export function shownOf(source: Source, line: number): number {
  // Once for a file, since it goes over all of it, and a file may have many problems.
  const ends = known.get(source.document) ?? endsOf(source);
  known.set(source.document, ends);
  return ends[line - 1] ?? 0;
}

function endsOf(source: Source): readonly number[] {
  const ends: number[] = [];
  // Whether a line without a key of its own would go on with a secret of a key above, as a certificate does.
  let continues = false;
  for (let line = 1; line <= source.lines.length; line++) {
    const text = lineAt(source.text, source.lines, line);
    const keys = keysIn(text);
    const last = keys.findLast(({ isWhole }) => isWhole);
    const secret = keys.find(({ isSecret, end }) => isSecret && !isReference(text, end));
    if (last === undefined && continues) ends.push(0);
    else ends.push(secret === undefined ? Infinity : secret.end + 1);
    if (last !== undefined) continues = keys.some(({ isSecret, end }) => isSecret && end >= last.end);
  }
  for (const [from, to] of secretRanges(source.document)) {
    const first = positionAt(source.lines, from).line;
    for (let line = first; (source.lines[line - 1] ?? to) < to; line++) {
      const start = source.lines[line - 1] ?? 0;
      ends[line - 1] = Math.min(ends[line - 1] ?? 0, Math.max(0, from - start));
    }
  }
  return ends;
}

/** A word before a colon. */
interface Key {
  /** Behind the colon. */
  readonly end: number;
  /** Whether it begins where a key can begin, and is followed as one. */
  readonly isWhole: boolean;
  readonly isSecret: boolean;
}

/** Looks back from each colon, as far as the one before: so a line is gone over once, whatever it holds. */
function keysIn(text: string): readonly Key[] {
  const keys: Key[] = [];
  let from = 0;
  for (let at = text.indexOf(":"); at >= 0; at = text.indexOf(":", at + 1)) {
    const end = at + 1;
    const next = text.charAt(end);
    if (next === "" || /[\s"']/.test(next)) {
      const nameEnd = skipQuote(text, from, skipBack(text, from, at, isBlank));
      const nameStart = skipBack(text, from, nameEnd, isWord);
      const pathStart = skipBack(text, from, nameStart, (char) => isWord(char) || char === ".");
      const before = text.charAt(skipQuote(text, from, pathStart) - 1);
      const isWhole = pathStart < nameEnd && /^[\s{,]?$/.test(before) && !/["']/.test(next);
      const isLong = nameEnd - nameStart > longestName;
      const name = text.slice(Math.max(from, nameStart - wordBefore), nameEnd);
      keys.push({ end, isWhole, isSecret: isLong || secretName.test(name) });
    }
    from = end;
  }
  return keys;
}

function skipBack(text: string, from: number, end: number, skips: (char: string) => boolean): number {
  let at = end;
  while (at > from && skips(text.charAt(at - 1))) at--;
  return at;
}

function skipQuote(text: string, from: number, end: number): number {
  return end > from && /["']/.test(text.charAt(end - 1)) ? end - 1 : end;
}

function isBlank(char: string): boolean {
  return /\s/.test(char);
}

function isWord(char: string): boolean {
  return /[\w-]/.test(char);
}

function isReference(text: string, at: number): boolean {
  const rest = text.slice(at, at + longestReference);
  // What was cut off is more than a reference.
  return onlyReference.test(at + longestReference < text.length ? `${rest}x` : rest);
}

/** From where to where secrets stand, as far as the file could be parsed. */
function secretRanges({ contents }: Document.Parsed): readonly (readonly [number, number])[] {
  return entriesOf(valueOf(contents, "tenants"))
    .flatMap(([, tenant]) => entriesOf(valueOf(tenant, "auth")))
    .flatMap(([key, value]) => {
      if (value?.range == null || openAuthKeys.has(key)) return [];
      if (isScalar(value) && onlyReference.test(String(value.value))) return [];
      return [[value.range[0], value.range[1]] as const];
    });
}

function valueOf(map: Node | null, key: string): Node | null {
  const pair = isMap(map)
    ? map.items.find((item) => isScalar(item.key) && item.key.value === key)
    : undefined;
  return isNode(pair?.value) ? pair.value : null;
}

function entriesOf(map: Node | null): readonly (readonly [string, Node | null])[] {
  if (!isMap(map)) return [];
  return map.items.map(({ key, value }) => [
    isScalar(key) ? String(key.value) : "",
    isNode(value) ? value : null,
  ]);
}
