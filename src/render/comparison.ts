import type { ActionCounts, Cause, Comparison } from "../model/plan.ts";
import type { Paint } from "./color.ts";

/** The cause of a change, shown after its reason. */
export const causeNotes: Readonly<Record<Cause, string>> = {
  "this-change": "caused by this change",
  pending: "pending on the base",
  drift: "drift",
};

/** The causes in display order. */
export const causeNames = ["this-change", "pending", "drift"] as const satisfies readonly Cause[];

export const droppedNote = "only the base would make";

/** Counts the changes of a plan by cause; "" when there are none. */
export function comparisonText({ causes, dropped }: Comparison, paint: Paint): string {
  const rows = [
    ...causeNames.map((cause) => [causeNotes[cause], causes[cause]] as const),
    [droppedNote, dropped] as const,
  ];
  const lines = rows
    .map(([name, counts]) => [name, countsText(counts)] as const)
    .filter(([, counts]) => counts !== "")
    .map(([name, counts]) => `  ${`${name}:`.padEnd(25)} ${counts}\n`);
  return lines.length === 0 ? "" : `${paint("Compared with the base config:", "bold")}\n${lines.join("")}`;
}

function countsText(counts: ActionCounts): string {
  const actions = ["create", "update", "delete", "adopt"] as const;
  return actions
    .filter((action) => counts[action] > 0)
    .map((action) => `${counts[action]} to ${action}`)
    .join(", ");
}
