import type { Action } from "../../model/plan.ts";
import { whereText, whyText } from "../change-block.ts";
import type { ChangeGroup } from "../change-groups.ts";
import { createPaint } from "../color.ts";
import { fieldLines, isHidden, symbolOf } from "../field-lines.ts";
import type { ShownField } from "../field-lines.ts";
import { harmless } from "../harmless.ts";
import { counted, wrapped } from "../prose.ts";
import { masked } from "../redaction/redaction.ts";

/** Marks that GitHub and GitLab color in a `diff` block: red, green, orange (GitHub only). */
const marks: Record<Action, string> = { create: "+", update: "!", delete: "-", adopt: "!" };
const plain = createPaint(false);
const columns = 90;

/** A change as one line. */
export function shortEntry(group: ChangeGroup, sync: string | null): readonly string[] {
  const why = whyOf(group);
  return [`${whoLine(group, sync)}${why === "" ? "" : `: ${why}`}`];
}

/** A change with its fields, one or more lines each. */
export function fullEntry(group: ChangeGroup, sync: string | null): readonly string[] {
  const hidden = group.unchangedFields;
  const rest = hidden === 0 ? "" : `(${counted(hidden, "unchanged field")} hidden)`;
  const remark = `${whyOf(group)} ${rest}`.trim();
  return [
    whoLine(group, sync),
    ...(remark === "" ? [] : [`#     ${remark}`]),
    ...fieldLines(
      group.fields.filter((field) => field.varies || !isHidden(field)),
      plain,
    ).map(marked),
    ...hiddenLines(group.fields.filter((field) => !field.varies && isHidden(field))),
  ];
}

function whoLine(group: ChangeGroup, sync: string | null): string {
  const of = sync === null ? "" : ` [${harmless(sync)}]`;
  const name = harmless(group.displayName);
  const identity = group.identity === group.displayName ? "" : ` (${harmless(group.identity)})`;
  return `${marks[group.action]} ${name}${identity}${whereText(group)}${of}`;
}

function whyOf(group: ChangeGroup): string {
  return [whyText(group), group.withheld ?? ""]
    .filter((part) => part !== "")
    .map(harmless)
    .join("; ");
}

/** Hidden fields show only their names, several in a line. */
function hiddenLines(fields: readonly ShownField[]): readonly string[] {
  return (["-", "~", "+"] as const).flatMap((sign) => {
    const names = fields.filter((field) => symbolOf(field) === sign).map(({ field }) => field);
    if (names.length === 0) return [];
    return wrapped(`${names.join(", ")} ${masked}`, columns).map((line) => marked(`${sign} ${line}`));
  });
}

/** Moves the sign of a line to the first column, where `diff` highlighting expects it. */
function marked(line: string): string {
  const {
    indent = "",
    sign = " ",
    rest = "",
  } = /^(?<indent> *)(?:(?<sign>[-+~])(?= ))?(?<rest>.*)$/su.exec(line)?.groups ?? {};
  return `${sign === "~" ? "!" : sign}    ${indent}${rest}`;
}
