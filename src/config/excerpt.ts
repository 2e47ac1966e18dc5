import { isMap, isNode, isScalar } from "yaml";
import type { Document, Node } from "yaml";
import { lineAt, positionAt } from "./lines.ts";
import type { LineStarts } from "./lines.ts";

interface Source {
  readonly text: string;
  readonly document: Document.Parsed;
  readonly lines: LineStarts;
}

const widest = 100;
const notShown = "(not shown)";

/** A key whose value may be a secret, by its name; the paths of files are none. */
const secretKey =
  /["']?[\w-]*(?:secret|passw|passphrase|certificate|token|private.?key|credential)(?![\w-]*file\b)[\w-]*["']?\s*:(?=\s|$|["'])/i;
const anyKey = /(?:^|[\s{,])["']?[\w.-]+["']?\s*:(?:\s|$)/g;
const onlyReference = /^\s*["']?\$\{(?:env|file):[^}]*\}["']?\s*(?:[,}#]|$)/;

/** Keys under `auth` that hold no secret; of any other one, also a misspelled one, the value is not shown. */
const openAuthKeys: ReadonlySet<string> = new Set(["method", "clientId", "certificateFile", "tokenFile"]);

/** The line of an offset with a mark under the character there, ready to print; secrets are not in it. */
export function excerptAt(source: Source, offset: number): string {
  const { line, column } = positionAt(source.lines, offset);
  return markedLine(line, column, withoutSecrets(source, line));
}

/** A line with its number, and a mark under a column; of a long one the part around it. */
export function markedLine(line: number, column: number, text: string): string {
  const at = column - 1;
  const from = at < widest ? 0 : at - Math.floor(widest * 0.6);
  const mark = `${" ".repeat(String(line).length)} | ${" ".repeat(at - from)}^`;
  return `${line} | ${text.replaceAll("\t", " ").slice(from, from + widest)}\n${mark}`;
}

function withoutSecrets(source: Source, number: number): string {
  const text = lineOf(source, number);
  const start = source.lines[number - 1] ?? 0;
  const cuts = secretRanges(source.document)
    .filter(([from, to]) => from < start + text.length && to > start)
    .map(([from]) => Math.max(0, from - start));
  const key = secretKey.exec(text);
  if (key !== null && !onlyReference.test(text.slice(key.index + key[0].length))) {
    cuts.push(key.index + key[0].length + 1);
  }
  if (continuesSecret(source, number)) cuts.push(0);
  return cuts.length === 0 ? text : text.slice(0, Math.min(...cuts)) + notShown;
}

/** Whether a line without a key of its own goes on with the secret of a key above, as a certificate does. */
function continuesSecret(source: Source, number: number): boolean {
  let line = number;
  while (line > 0 && lineOf(source, line).search(anyKey) < 0) line--;
  if (line === number || line === 0) return false;
  const above = lineOf(source, line);
  const last = [...above.matchAll(anyKey)].at(-1)?.index ?? 0;
  return secretKey.test(above.slice(last));
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

function lineOf({ text, lines }: Source, number: number): string {
  return lineAt(text, lines, number);
}
