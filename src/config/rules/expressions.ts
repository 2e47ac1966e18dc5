import type { Config } from "../../model/config.ts";
import type { Diagnostic } from "../../model/diagnostic.ts";
import type { Path } from "../config-file.ts";
import { cutByComment } from "../written-expression.ts";
import type { Written } from "../written.ts";

/** No expression ends where YAML took the rest of it for a comment. */
export function expressionsAreWhole(config: Config, written: Written): readonly Diagnostic[] {
  return expressionPaths(config).flatMap((path) => {
    const { file } = written.find(path);
    if (!cutByComment(file, path)) return [];
    return [
      written.report(path, {
        code: "yaml-comment",
        summary: "A comment cuts an expression off",
        detail:
          "YAML takes what is behind a blank and # for a comment, so that the expression ends within a quotation. Put the expression in quotes, or behind >- on a line of its own.",
      }),
    ];
  });
}

function expressionPaths({ sources, syncs }: Config): readonly Path[] {
  return [
    ...[...sources.values()].flatMap(({ name, where }) =>
      where === null ? [] : [["sources", name, "where"]],
    ),
    ...syncs.flatMap(({ name, where, fields }) => [
      ...(where === null ? [] : [["syncs", name, "where"]]),
      ...[...fields.keys()].flatMap((field) => {
        const path = ["syncs", name, "fields", field];
        return [path, [...path, "value"]];
      }),
    ]),
  ];
}
