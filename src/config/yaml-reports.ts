import type { Place } from "../model/diagnostic.ts";
import type { Report } from "./config-file.ts";
import { quoteInFlow } from "./syntax-report.ts";

export const deepest = 50;
/** Values that a file may have when its aliases are written out. */
export const mostValues = 200_000;
/** Resolving an alias takes time that grows with the file. */
export const mostAliases = 200;
/** Of a key as it is told. */
const longestName = 80;

export const noConfig: Report = {
  code: "not-a-config",
  summary: "The file holds no config",
  detail:
    "A config is a map that begins with `version: 1`. This file holds something else, or nothing; it may have been cut off.",
};
export const otherVersion: Report = {
  code: "yaml-version",
  summary: "Another version of YAML",
  detail:
    "The file asks for a version of YAML in which words such as yes and no mean something else. Take the %YAML line out.",
};
export const tagged: Report = {
  code: "yaml-tag",
  summary: "A tag where a value is wanted",
  detail:
    "YAML takes a word that begins with ! for a tag, and out of the text. Put an expression that begins with ! in quotes, or behind >- on a line of its own.",
};
export const cutOffByComma: Report = {
  code: "yaml-comma",
  summary: "A comma cuts an expression off",
  detail: `Between braces YAML takes a comma for the end of a value, also within parentheses and quotations of an expression. ${quoteInFlow}`,
};
export const tooDeep: Report = {
  code: "too-deep",
  summary: "The config is nested too deeply",
  detail: `Values stand more than ${deepest} levels deep in each other, which no config needs. Look for brackets that are not closed.`,
};
export const unknownAlias: Report = {
  code: "unknown-alias",
  summary: "Unknown alias",
  detail:
    "YAML takes a word that begins with * for an alias, and nothing before it has an anchor (&) of that name. Define the anchor further up, or put the text in quotes.",
};
export const circularAlias: Report = {
  code: "circular-alias",
  summary: "An alias of what it stands in",
  detail:
    "The alias stands inside the value that it repeats, so that the value would have no end. Write it out.",
};
export const tooManyAliases: Report = {
  code: "too-many-aliases",
  summary: "Too much is repeated by aliases",
  detail: `The file has more than ${mostAliases} aliases, or with its aliases written out more than ${mostValues} values. Write out what is needed, or divide the config over the files of a folder.`,
};
export const endless: ReadonlySet<Report> = new Set([tooDeep, circularAlias, tooManyAliases]);
export const keyNotText: Report = {
  code: "key-not-text",
  summary: "A key is not text",
  detail:
    "Keys are names. A key that begins with a bracket, a brace or a question mark is something else; put it in quotes if it is meant.",
};
export function duplicateKey(key: string, first: Place): Report {
  const name = key.length > longestName ? `${key.slice(0, longestName)}…` : key;
  return {
    code: "duplicate-key",
    summary: "Duplicate key",
    detail: `The key "${name}" stands in this map already, in line ${first.line}, column ${first.column}, so that one of the two would be lost. Rename one, or take one out.`,
  };
}
export const notMergeable: Report = {
  code: "not-mergeable",
  summary: "Nothing to merge",
  detail: "`<<` merges a map, or a list of maps, that has an anchor further up; this is neither.",
};
