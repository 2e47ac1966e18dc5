import type { PlanEnd, PlanHeader } from "../model/plan.ts";
import { createPaint } from "./color.ts";
import { harmless } from "./harmless.ts";

/** The lines above a saved plan: its id, its time of creation and its config. */
export function renderSavedPlanHead(
  { createdAt, configDigest, mailboxes }: PlanHeader,
  { id }: PlanEnd,
  options: { readonly color: boolean },
): string {
  const paint = createPaint(options.color);
  const rows = [
    ["Saved plan", id],
    ["Created at", createdAt],
    ["From config", configDigest],
    ...(mailboxes === null ? [] : [["Only for", mailboxes.join(", ")] as const]),
  ] as const;
  return rows.map(([name, value]) => `${paint(name.padEnd(12), "bold")} ${harmless(value)}\n`).join("");
}
