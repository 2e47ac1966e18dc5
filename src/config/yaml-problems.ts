import { isAlias, isMap, isNode, isScalar, isSeq } from "yaml";
import type { Alias, Node, Pair, YAMLError } from "yaml";
import type { Diagnostic } from "../model/diagnostic.ts";
import { diagnosticAt, keyText, placeAt } from "./config-file.ts";
import type { ConfigFile, Report } from "./config-file.ts";
import { splitValues } from "./split-values.ts";
import { syntaxReport } from "./syntax-report.ts";
import { tagOffset } from "./tag-offset.ts";
import {
  cutOffByComma,
  noConfig,
  otherVersion,
  tagged,
  tooDeep,
  unknownAlias,
  circularAlias,
  tooManyAliases,
  endless,
  keyNotText,
  duplicateKey,
  notMergeable,
  deepest,
  mostValues,
  mostAliases,
} from "./yaml-reports.ts";

/** Problems of one file that are told; a broken beginning makes many of what follows. */
const mostProblems = 20;
/** Errors of syntax that are looked at: one line can have as many as it has characters. */
const mostErrors = 1_000;

/** What is wrong with a file as YAML. */
export interface YamlCheck {
  /** At most 20. */
  readonly problems: readonly Diagnostic[];
  /**
   * Values and pairs that are not what they look like, so that nothing can be said of them; null where that is so of
   * the whole file.
   */
  readonly lost: ReadonlySet<Node | Pair> | null;
}

export function checkYaml(file: ConfigFile): YamlCheck {
  const problems = problemsOfWhole(file);
  if (problems.length > 0) return { problems, lost: null };
  const { contents } = file.document;
  const inspection = createInspection(file);
  inspection.inspect(contents, []);
  return {
    problems: inspection.problems,
    lost: inspection.isEndless() ? null : inspection.lost,
  };
}

function problemsOfWhole(file: ConfigFile): readonly Diagnostic[] {
  const { document } = file;
  if (document.errors.length > 0) return syntaxProblems(file);
  if (document.directives.yaml.explicit === true && document.directives.yaml.version !== "1.2") {
    return [diagnosticAt(file, 0, otherVersion)];
  }
  if (!isMap(document.contents)) return [diagnosticAt(file, document.contents?.range[0] ?? 0, noConfig)];
  return [];
}

/**
 * Of several errors in a line that are told alike, the first: the others only follow from it. So does all that is said
 * of a line in which an expression was taken for something else, and of what stands behind the end of the document.
 */
function syntaxProblems(file: ConfigFile): readonly Diagnostic[] {
  const problems = new Map<string, Diagnostic>();
  const trapped = new Set<number>();
  for (const error of file.document.errors.slice(0, mostErrors)) {
    if (problems.size > 0 && isBehindEnd(error)) continue;
    const { offset, isTrap, ...report } = syntaxReport(file, error);
    const problem = diagnosticAt(file, offset, report);
    const line = problem.place?.line ?? 0;
    if (trapped.has(line) && !isTrap) continue;
    if (isTrap) trapped.add(line);
    const id = `${line} ${problem.detail}`;
    if (!problems.has(id)) problems.set(id, problem);
    if (problems.size === mostProblems) break;
  }
  return [...problems.values()];
}

function isBehindEnd({ code, message }: YAMLError): boolean {
  return code === "UNEXPECTED_TOKEN" && message.includes(" in YAML stream");
}

interface Inspection {
  /** At most 20. */
  readonly problems: readonly Diagnostic[];
  readonly lost: ReadonlySet<Node | Pair>;
  /** Whether its content is too much to be looked at. */
  isEndless(): boolean;
  /** Number of values in the node, aliases written out. */
  inspect(node: unknown, around: readonly Node[]): number;
}

/** Walks a file once, in order, since an alias stands for the anchor of its name that comes last before it. */
function createInspection(file: ConfigFile): Inspection {
  const problems: Diagnostic[] = [];
  const anchors = new Map<string, { readonly node: Node; size: number }>();
  const lost = new Set<Node | Pair>();
  let total = 0;
  let aliases = 0;
  let isEndless = false;
  const tell = (problem: Report, placeOf: () => number): void => {
    isEndless ||= endless.has(problem);
    if (problems.length < mostProblems) problems.push(diagnosticAt(file, placeOf(), problem));
  };
  const report = (node: Node, problem: Report): void => tell(problem, () => offsetOf(node));

  function inspect(node: unknown, around: readonly Node[]): number {
    if (!isNode(node)) return 1;
    if (isAlias(node)) return inspectAlias(node, around);
    if (node.tag !== undefined && node.tag !== "tag:yaml.org,2002:str") {
      tell(tagged, () => tagOffset(file.text, offsetOf(node)));
      if (isScalar(node)) lost.add(node);
    }
    if (around.length === deepest) report(node, tooDeep);
    if (around.length >= deepest) return 1;
    const anchor = anchorOf(node);
    total++;
    const size = 1 + inspectContent(node, [...around, node]);
    if (anchor !== null) anchor.size = size;
    return size;
  }

  function anchorOf(node: Node): { size: number } | null {
    const name = "anchor" in node ? node.anchor : undefined;
    if (typeof name !== "string") return null;
    const anchor = { node, size: 1 };
    anchors.set(name, anchor);
    return anchor;
  }

  function inspectContent(node: Node, around: readonly Node[]): number {
    if (isSeq(node)) return node.items.reduce((sum: number, item) => sum + inspect(item, around), 0);
    if (!isMap(node)) return 0;
    inspectKeys(node.items);
    for (const { value, rest, comma } of splitValues(file.text, node)) {
      tell(cutOffByComma, () => comma);
      for (const one of [value, ...rest]) lost.add(one);
    }
    return node.items.reduce((sum, pair) => sum + inspect(pair.value, around), 0);
  }

  function inspectAlias(alias: Alias, around: readonly Node[]): number {
    const anchor = anchors.get(alias.source);
    if (anchor === undefined) report(alias, unknownAlias);
    else if (around.includes(anchor.node)) report(alias, circularAlias);
    else {
      aliases++;
      if (aliases === mostAliases + 1) report(alias, tooManyAliases);
      if (total <= mostValues && total + anchor.size > mostValues) report(alias, tooManyAliases);
      total += anchor.size;
    }
    return anchor?.size ?? 1;
  }

  function inspectKeys(pairs: readonly Pair[]): void {
    const seen = new Map<string, Node>();
    for (const pair of pairs) {
      const text = keyText(pair);
      if (!isNode(pair.key)) continue;
      const wrong = problemOfKey(pair, seen.get(text));
      if (wrong !== null) {
        report(pair.key, wrong);
        lost.add(pair);
      }
      if (!seen.has(text)) seen.set(text, pair.key);
    }
  }

  function problemOfKey({ key, value }: Pair, first: Node | undefined): Report | null {
    if (!isScalar(key)) return keyNotText;
    const text = String(key.value);
    if (first !== undefined) return duplicateKey(text, placeAt(file, offsetOf(first)));
    return text === "<<" && !isMergeable(value) ? notMergeable : null;
  }

  function isMergeable(value: unknown): boolean {
    if (isSeq(value)) return value.items.every((item) => isMap(aliased(item)));
    return isMap(aliased(value));
  }

  function aliased(value: unknown): unknown {
    return isAlias(value) ? anchors.get(value.source)?.node : value;
  }

  return { problems, lost, isEndless: () => isEndless, inspect };
}

function offsetOf(node: Node | undefined): number {
  return node?.range?.[0] ?? 0;
}
