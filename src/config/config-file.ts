import { isAlias, isMap, isNode, isScalar, isSeq, parseDocument } from "yaml";
import type { Alias, Document, Node, Pair, YAMLMap } from "yaml";
import type { Diagnostic, Place } from "../model/diagnostic.ts";
import { targetsOf } from "./alias-targets.ts";
import { excerptAt } from "./excerpt.ts";
import { lineStartsOf, positionAt } from "./lines.ts";
import type { LineStarts } from "./lines.ts";

/** One file of a config, parsed; what is wrong with it as YAML is told by `checkYaml`. */
export interface ConfigFile {
  /** As the user would type it. */
  readonly name: string;
  readonly text: string;
  readonly document: Document.Parsed;
  readonly lines: LineStarts;
}

/** Steps from the top of the config: keys of maps and indexes of lists. */
export type Path = readonly (string | number)[];

/** What is said of a problem; where it is, is added by `diagnosticAt`. */
export interface Report {
  readonly code: string;
  readonly summary: string;
  readonly detail: string;
  /** Left out: an error. */
  readonly severity?: "warning";
}

export function parseFile(name: string, text: string): ConfigFile {
  const document = parseDocument(text, {
    prettyErrors: false,
    stringKeys: true,
    merge: true,
    // Looked for by checkYaml: here it takes time that grows with the square of the number of keys.
    uniqueKeys: false,
  });
  return { name, text, document, lines: lineStartsOf(text) };
}

/** The place of an offset; of one behind the last visible character, the place of that character. */
export function placeAt(file: ConfigFile, offset: number): Place {
  return { file: file.name, ...positionAt(file.lines, clamped(file, offset)) };
}

export function diagnosticAt(file: ConfigFile, offset: number, report: Report): Diagnostic {
  const { severity = "error", code, summary, detail } = report;
  return { severity, code, summary, detail, place: placeAt(file, offset), excerpt: excerptOf(file, offset) };
}

/** The line of an offset with a mark under it; without secrets. */
export function excerptOf(file: ConfigFile, offset: number): string {
  return excerptAt(file, clamped(file, offset));
}

/** So that a place is never behind the end of the file, where an editor cannot go. */
function clamped({ text }: ConfigFile, offset: number): number {
  if (offset < text.length) return Math.max(offset, 0);
  return Math.max(text.trimEnd().length - 1, 0);
}

/** A value of a file with its key; the key is null in lists and at the top. */
export interface Found {
  readonly key: Node | null;
  /** Aliases are followed; null where a key has no value. */
  readonly value: Node | null;
}

/** What stands at a path, through aliases and merged maps; null when nothing does. */
export function findAt(file: ConfigFile, path: Path): Found | null {
  let found: Found = { key: null, value: file.document.contents };
  for (const step of path) {
    const next = stepInto(file, found.value, step);
    if (next === null) return null;
    found = { key: next.key, value: followed(file, next.value) };
  }
  return found;
}

function stepInto(file: ConfigFile, node: Node | null, step: string | number): Found | null {
  if (isSeq(node)) {
    const item: unknown = typeof step === "number" ? node.items[step] : undefined;
    return isNode(item) ? { key: null, value: item } : null;
  }
  if (!isMap(node)) return null;
  const pair = pairsOf(node).get(String(step));
  if (pair !== undefined) return { key: nodeOrNull(pair.key), value: nodeOrNull(pair.value) };
  for (const merged of mergedMaps(file, pairsOf(node).get("<<"))) {
    const found = stepInto(file, merged, step);
    if (found !== null) return found;
  }
  return null;
}

/** The maps that `<<` brings in, the one that wins first. */
function mergedMaps(file: ConfigFile, merge: Pair | undefined): readonly (Node | null)[] {
  const value = followed(file, nodeOrNull(merge?.value));
  return isSeq(value) ? value.items.map((item) => followed(file, nodeOrNull(item))) : [value];
}

// A file has as many places to tell as it has values, and to look for one of them takes long in a large map or far from
// an anchor; so each is looked for once.
const pairsByKey = new WeakMap<YAMLMap, ReadonlyMap<string, Pair>>();
const targets = new WeakMap<Document.Parsed, ReadonlyMap<Alias, Node>>();

/** The pairs of a map by their keys; of several with one key the first. */
function pairsOf(map: YAMLMap): ReadonlyMap<string, Pair> {
  const known = pairsByKey.get(map);
  if (known !== undefined) return known;
  const pairs = new Map(map.items.toReversed().map((pair) => [keyText(pair), pair]));
  pairsByKey.set(map, pairs);
  return pairs;
}

/** What an alias stands for; anything else as it is. */
function followed(file: ConfigFile, node: Node | null): Node | null {
  if (!isAlias(node)) return node;
  const known = targets.get(file.document) ?? targetsOf(file.document);
  targets.set(file.document, known);
  return known.get(node) ?? null;
}

function nodeOrNull(node: unknown): Node | null {
  return isNode(node) ? node : null;
}

export function keyText({ key }: Pair): string {
  return isScalar(key) ? String(key.value) : "";
}
