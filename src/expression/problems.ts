import type { EvaluationError, ParseError, TypeError } from "@marcbachmann/cel-js";
import { innerMatches, personProperties } from "./environment.ts";
import type { Problem } from "./expression.ts";

/** An error of the CEL library in our words, with the offset into the expression. */
export function toProblem(text: string, error: ParseError | TypeError | EvaluationError): Problem {
  const offset = Math.min(error.range?.start ?? error.node?.start ?? 0, text.length);
  const said = (error.summary || (error.message.split("\n", 1)[0] ?? "")).replaceAll(innerMatches, "matches");
  const unknownKey = /^No such key: (.+)$/.exec(said)?.[1];
  if (unknownKey !== undefined) {
    const property = nearest(unknownKey);
    return {
      offset,
      message: `There is no property "${unknownKey}".`,
      hint:
        property === null
          ? `The properties are ${personProperties.join(", ")}.`
          : `Did you mean "${property}"?`,
    };
  }
  const unknownVariable = /^Unknown variable: (.+)$/.exec(said)?.[1];
  if (unknownVariable !== undefined) {
    return {
      offset,
      message: `There is no "${unknownVariable}" here.`,
      hint:
        unknownVariable === "mailbox"
          ? "A source knows only person; mailbox exists in a sync."
          : `Did you mean "person.${nearest(unknownVariable) ?? unknownVariable}"?`,
    };
  }
  return {
    offset,
    message: `${said.charAt(0).toUpperCase()}${said.slice(1)}.`.replace(/\.\.$/, "."),
    hint: "",
  };
}

/** The property that a typo most likely means: the same letters in another case, or at most two edits away. */
function nearest(name: string): string | null {
  const sought = name.toLowerCase();
  let best: { property: string; distance: number } | null = null;
  for (const property of personProperties) {
    const distance = editDistance(sought, property.toLowerCase());
    if (distance <= 2 && (best === null || distance < best.distance)) best = { property, distance };
  }
  return best?.property ?? null;
}

function editDistance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let i = 1; i <= one.length; i++) {
    const next = [i];
    for (let j = 1; j <= other.length; j++) {
      const substituted = (row[j - 1] ?? 0) + (one[i - 1] === other[j - 1] ? 0 : 1);
      next.push(Math.min(substituted, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[other.length] ?? 0;
}
