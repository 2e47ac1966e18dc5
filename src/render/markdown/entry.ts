import type { Action } from "../../model/plan.ts";
import { whereText, whyText } from "../change-block.ts";
import type { ChangeGroup } from "../change-groups.ts";
import { createPaint } from "../color.ts";
import { fieldLines } from "../field-lines.ts";
import { harmless } from "../harmless.ts";
import { counted } from "../prose.ts";

/** What GitHub and GitLab colour in a block of the language diff: red, green, orange (GitHub). */
const marks: Record<Action, string> = { create: "+", update: "!", delete: "-", adopt: "!" };
const plain = createPaint(false);

/** A change in one line. */
export function shortEntry(group: ChangeGroup, sync: string | null): readonly string[] {
  const why = [whyText(group), group.withheld ?? ""].filter((part) => part !== "").map(harmless);
  const of = sync === null ? "" : ` [${harmless(sync)}]`;
  const reasons = why.length === 0 ? "" : `: ${why.join("; ")}`;
  const name = harmless(group.displayName);
  const identity = group.identity === group.displayName ? "" : ` (${harmless(group.identity)})`;
  return [`${marks[group.action]} ${name}${identity}${whereText(group)}${of}${reasons}`];
}

/** A change with its fields, a line or more each. */
export function fullEntry(group: ChangeGroup, sync: string | null): readonly string[] {
  const hidden = group.unchangedFields;
  return [
    ...shortEntry(group, sync),
    ...fieldLines(group.fields, plain).map(marked),
    ...(hidden === 0 ? [] : [`#     (${counted(hidden, "unchanged field")} hidden)`]),
  ];
}

/** With the sign of the line in its first column, where it is looked for. */
function marked(line: string): string {
  const {
    indent = "",
    sign = " ",
    rest = "",
  } = /^(?<indent> *)(?:(?<sign>[-+~])(?= ))?(?<rest>.*)$/su.exec(line)?.groups ?? {};
  return `${sign === "~" ? "!" : sign}    ${indent}${rest}`;
}
