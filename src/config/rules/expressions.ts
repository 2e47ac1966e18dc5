import type { Config, Expression } from "../../model/config.ts";
import type { Diagnostic } from "../../model/diagnostic.ts";

/** No expression ends where YAML took the rest of it for a comment. */
export function expressionsAreWhole({ sources, syncs }: Config): readonly Diagnostic[] {
  return [
    ...[...sources.values()].flatMap(({ where }) => cutOff(where)),
    ...syncs
      .flatMap(({ where, fields }) => [where, ...[...fields.values()].map(({ value }) => value)])
      .flatMap(cutOff),
  ];
}

/** The error that tells of an expression that is not whole. */
export function cutOff(expression: Expression | null): readonly Diagnostic[] {
  if (expression?.comment !== "cuts") return [];
  return [
    {
      severity: "error",
      code: "yaml-comment",
      summary: "A comment cuts off an expression",
      detail:
        "YAML reads everything after a space and # as a comment, so the expression ends inside a quoted string. Put the expression in quotes, or after >- on a line of its own.",
      place: expression.locate(0),
      excerpt: expression.excerpt(0),
    },
  ];
}
