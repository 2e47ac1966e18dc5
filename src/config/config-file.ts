import { isAlias, isCollection, isMap, isNode, isScalar, LineCounter, parseDocument, visit } from "yaml";
import type { Document, Node, Pair } from "yaml";
import type { Diagnostic, Place } from "../model/diagnostic.ts";

/** One file of a config, parsed; its problems are told by `fileProblems`. */
export interface ConfigFile {
  /** As the user would type it. */
  readonly name: string;
  readonly text: string;
  readonly document: Document.Parsed;
  readonly lines: LineCounter;
}

export type Path = readonly (string | number)[];

const mostAliases = 100;

export function parseFile(name: string, text: string): ConfigFile {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    uniqueKeys: true,
    merge: true,
  });
  return { name, text, document, lines };
}

/** What is wrong with the file as YAML; empty when its content can be read. */
export function fileProblems(file: ConfigFile): readonly Diagnostic[] {
  const { document } = file;
  const found = document.errors.map((error) =>
    diagnosticAt(file, error.pos[0], {
      code: error.code === "DUPLICATE_KEY" ? "duplicate-key" : "invalid-yaml",
      summary: error.code === "DUPLICATE_KEY" ? "Duplicate key" : "Invalid YAML",
      detail: `${sentence(error.message)} ${hintFor(error.code, lineAt(file, error.pos[0]))}`.trim(),
    }),
  );
  if (found.length > 0) return found;
  if (!isMap(document.contents)) {
    const detail =
      "A config is a map that begins with `version: 1`; nothing else can be read from this file.";
    const at = document.contents?.range[0] ?? 0;
    return [diagnosticAt(file, at, { code: "not-a-config", summary: "The file holds no config", detail })];
  }
  return nodeProblems(file);
}

function nodeProblems(file: ConfigFile): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  let aliases = 0;
  visit(file.document, (_key, node) => {
    if (isAlias(node) && ++aliases === mostAliases) {
      const detail = `The file has more than ${mostAliases} aliases, which could make it grow without end. Write the values out.`;
      found.push(
        diagnosticAt(file, node.range?.[0] ?? 0, {
          code: "too-many-aliases",
          summary: "Too many aliases",
          detail,
        }),
      );
    }
    if (isNode(node) && !isAlias(node) && node.tag?.startsWith("!") === true) {
      const detail = `YAML reads ${node.tag} as a tag and takes it out of the text. If it begins an expression, put the expression in quotes or behind >- on a line of its own.`;
      found.push(
        diagnosticAt(file, node.range?.[0] ?? 0, {
          code: "yaml-tag",
          summary: "A tag where a value is wanted",
          detail,
        }),
      );
    }
    if (
      isScalar(node) &&
      node.type === "PLAIN" &&
      typeof node.value === "string" &&
      cutByComment(file, node)
    ) {
      const detail =
        "YAML takes everything behind a blank and # for a comment, so the text ends within a quotation. Put the expression in quotes or behind >- on a line of its own.";
      found.push(
        diagnosticAt(file, node.range?.[1] ?? 0, {
          code: "yaml-comment",
          summary: "A comment cuts the value off",
          detail,
        }),
      );
    }
  });
  return found;
}

function cutByComment(
  file: ConfigFile,
  node: { readonly value: unknown; readonly range?: readonly number[] | null },
): boolean {
  const rest = file.text.slice(node.range?.[1] ?? 0).split("\n", 1)[0] ?? "";
  return (
    /^[ \t]+#/.test(rest) &&
    (String(node.value).split('"').length % 2 === 0 || String(node.value).split("'").length % 2 === 0)
  );
}

function hintFor(code: string, line: string): string {
  if (code === "TAB_AS_INDENT" || line.includes("\t")) return "Indent with spaces: YAML does not allow tabs.";
  if (code === "MULTIPLE_DOCS") return "A config file holds one document; use a directory of files instead.";
  return /:\s*["'[{]/.test(line)
    ? "An expression that begins with a quote or a bracket must be put in quotes, or behind >- on a line of its own."
    : "";
}

function sentence(text: string): string {
  const trimmed = text.trim();
  return /[.!?]$/.test(trimmed) ? trimmed : `${trimmed}.`;
}

export function placeAt(file: ConfigFile, offset: number): Place {
  const { line, col } = file.lines.linePos(Math.min(Math.max(offset, 0), file.text.length));
  return { file: file.name, line: Math.max(line, 1), column: Math.max(col, 1) };
}

function lineAt(file: ConfigFile, offset: number): string {
  return file.text.split("\n")[placeAt(file, offset).line - 1] ?? "";
}

/** The line of an offset with a mark under it. Secrets written on it are not shown. */
export function excerptAt(file: ConfigFile, offset: number): string {
  const { line, column } = placeAt(file, offset);
  const text = lineAt(file, offset).replace(/\r$/, "").replaceAll("\t", " ");
  const shown =
    /^\s*("?)(clientSecret|certificate|certificatePassword)\1\s*:|\b(clientSecret|certificatePassword)\s*:/.test(
      text,
    )
      ? text.replace(/(:\s*).*/, "$1(not shown)")
      : text;
  const from = Math.max(0, column - 60);
  const width = String(line).length;
  const mark = `${" ".repeat(width)} | ${" ".repeat(Math.max(0, column - 1 - from))}^`;
  return `${line} | ${shown.slice(from, from + 100)}\n${mark}`;
}

export function diagnosticAt(
  file: ConfigFile,
  offset: number,
  problem: {
    readonly code: string;
    readonly summary: string;
    readonly detail: string;
    readonly severity?: "warning";
  },
): Diagnostic {
  return {
    severity: problem.severity ?? "error",
    code: problem.code,
    summary: problem.summary,
    detail: problem.detail,
    place: placeAt(file, offset),
    excerpt: excerptAt(file, offset),
  };
}

/** Offset of the value at a path, of its key when `key` is wanted; null when the file does not have it. */
export function offsetOf(file: ConfigFile, path: Path, part: "key" | "value"): number | null {
  let node: Node | null = file.document.contents;
  let key: Node | null = null;
  for (const step of path) {
    if (isAlias(node)) node = node.resolve(file.document) ?? null;
    if (!isCollection(node)) return null;
    const pair: Pair | undefined = isMap(node)
      ? node.items.find((item) => keyText(item) === String(step))
      : undefined;
    const next: unknown = pair === undefined ? node.get(step, true) : pair.value;
    if (next === undefined) return null;
    key = isNode(pair?.key) ? pair.key : null;
    node = isNode(next) ? next : null;
  }
  const wanted = part === "key" ? (key ?? node) : (node ?? key);
  return wanted?.range?.[0] ?? key?.range?.[0] ?? null;
}

function keyText({ key }: Pair): string {
  return String(isScalar(key) ? key.value : key);
}
