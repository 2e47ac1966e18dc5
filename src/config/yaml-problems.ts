import { isAlias, isMap, isNode, isScalar, isSeq } from "yaml";
import type { Alias, Node, Pair } from "yaml";
import type { Diagnostic, Place } from "../model/diagnostic.ts";
import { diagnosticAt, keyText, placeAt } from "./config-file.ts";
import type { ConfigFile, Report } from "./config-file.ts";
import { syntaxReport } from "./syntax-report.ts";

/** Problems of one file that are told; a broken beginning makes many of what follows. */
const mostProblems = 20;
const deepest = 50;
/** Values that a file may have when its aliases are written out. */
const mostValues = 200_000;
/** Resolving an alias takes time that grows with the file. */
const mostAliases = 200;
/** Of a key as it is told. */
const longestName = 80;

/** What is wrong with a file as YAML; empty when its content can be read. At most 20. */
export function yamlProblems(file: ConfigFile): readonly Diagnostic[] {
  const { document } = file;
  if (document.errors.length > 0) return syntaxProblems(file);
  if (document.directives.yaml.explicit === true && document.directives.yaml.version !== "1.2") {
    return [diagnosticAt(file, 0, otherVersion)];
  }
  if (!isMap(document.contents)) return [diagnosticAt(file, document.contents?.range[0] ?? 0, noConfig)];
  const inspection = createInspection(file);
  inspection.inspect(document.contents, []);
  return inspection.problems.slice(0, mostProblems);
}

/** Of several errors in a line that are told alike, the first: the others only follow from it. */
function syntaxProblems(file: ConfigFile): readonly Diagnostic[] {
  const problems = new Map<string, Diagnostic>();
  for (const error of file.document.errors) {
    const problem = diagnosticAt(file, error.pos[0], syntaxReport(file, error));
    const id = `${problem.place?.line} ${problem.detail}`;
    if (!problems.has(id)) problems.set(id, problem);
    if (problems.size === mostProblems) break;
  }
  return [...problems.values()];
}

interface Inspection {
  readonly problems: readonly Diagnostic[];
  /** Number of values in the node, aliases written out. */
  inspect(node: unknown, around: readonly Node[]): number;
}

/** Walks a file once, in order, since an alias stands for the anchor of its name that comes last before it. */
function createInspection(file: ConfigFile): Inspection {
  const problems: Diagnostic[] = [];
  const anchors = new Map<string, { readonly node: Node; size: number }>();
  let total = 0;
  let aliases = 0;
  const report = (node: Node, problem: Report): void =>
    void problems.push(diagnosticAt(file, offsetOf(node), problem));

  function inspect(node: unknown, around: readonly Node[]): number {
    if (!isNode(node)) return 1;
    if (isAlias(node)) return inspectAlias(node, around);
    if (node.tag !== undefined && node.tag !== "tag:yaml.org,2002:str") {
      // The range of a node begins behind its tag.
      const before = file.text.slice(0, node.range?.[0]);
      problems.push(diagnosticAt(file, before.search(/!\S*\s*(?:&\S+\s*)?$/), tagged));
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
      if (!isScalar(pair.key)) report(pair.key, keyNotText);
      else if (seen.has(text)) report(pair.key, duplicateKey(text, placeAt(file, offsetOf(seen.get(text)))));
      else if (text === "<<" && !isMergeable(pair.value)) report(pair.key, notMergeable);
      if (!seen.has(text)) seen.set(text, pair.key);
    }
  }

  function isMergeable(value: unknown): boolean {
    if (isSeq(value)) return value.items.every((item) => isMap(aliased(item)));
    return isMap(aliased(value));
  }

  function aliased(value: unknown): unknown {
    return isAlias(value) ? anchors.get(value.source)?.node : value;
  }

  return { problems, inspect };
}

function offsetOf(node: Node | undefined): number {
  return node?.range?.[0] ?? 0;
}

const noConfig: Report = {
  code: "not-a-config",
  summary: "The file holds no config",
  detail:
    "A config is a map that begins with `version: 1`. This file holds something else, or nothing; it may have been cut off.",
};
const otherVersion: Report = {
  code: "yaml-version",
  summary: "Another version of YAML",
  detail:
    "The file asks for a version of YAML in which words such as yes and no mean something else. Take the %YAML line out.",
};
const tagged: Report = {
  code: "yaml-tag",
  summary: "A tag where a value is wanted",
  detail:
    "YAML takes a word that begins with ! for a tag, and out of the text. Put an expression that begins with ! in quotes, or behind >- on a line of its own.",
};
const tooDeep: Report = {
  code: "too-deep",
  summary: "The config is nested too deeply",
  detail: `Values stand more than ${deepest} levels deep in each other, which no config needs. Look for brackets that are not closed.`,
};
const unknownAlias: Report = {
  code: "unknown-alias",
  summary: "Unknown alias",
  detail:
    "YAML takes a word that begins with * for an alias, and nothing before it has an anchor (&) of that name. Define the anchor further up, or put the text in quotes.",
};
const circularAlias: Report = {
  code: "circular-alias",
  summary: "An alias of what it stands in",
  detail:
    "The alias stands inside the value that it repeats, so that the value would have no end. Write it out.",
};
const tooManyAliases: Report = {
  code: "too-many-aliases",
  summary: "Too much is repeated by aliases",
  detail: `The file has more than ${mostAliases} aliases, or with its aliases written out more than ${mostValues} values. Write out what is needed, or divide the config over the files of a folder.`,
};
const keyNotText: Report = {
  code: "key-not-text",
  summary: "A key is not text",
  detail:
    "Keys are names. A key that begins with a bracket, a brace or a question mark is something else; put it in quotes if it is meant.",
};
function duplicateKey(key: string, first: Place): Report {
  const name = key.length > longestName ? `${key.slice(0, longestName)}…` : key;
  return {
    code: "duplicate-key",
    summary: "Duplicate key",
    detail: `The key "${name}" stands in this map already, in line ${first.line}, column ${first.column}, so that one of the two would be lost. Rename one, or take one out.`,
  };
}
const notMergeable: Report = {
  code: "not-mergeable",
  summary: "Nothing to merge",
  detail: "`<<` merges a map, or a list of maps, that has an anchor further up; this is neither.",
};
