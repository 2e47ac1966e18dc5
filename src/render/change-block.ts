import type { Action, Reason } from "../model/plan.ts";
import type { ChangeGroup } from "./change-groups.ts";
import type { Paint, Style } from "./color.ts";
import { causeNotes } from "./comparison.ts";
import { fieldLines } from "./field-lines.ts";
import { harmless, quoted } from "./harmless.ts";
import { counted, enumerated } from "./prose.ts";

export const symbols: Record<Action, { readonly symbol: string; readonly style: Style }> = {
  create: { symbol: "+", style: "green" },
  update: { symbol: "~", style: "yellow" },
  delete: { symbol: "-", style: "red" },
  adopt: { symbol: "@", style: "cyan" },
};

const done: Record<Action, string> = {
  create: "created",
  update: "updated",
  delete: "deleted",
  adopt: "adopted",
};

const reasons: Readonly<Record<string, string>> = {
  new: "",
  "source-changed": "changed at the source or in the config",
  edited: "the contact was edited",
  both: "changed at the source, and the contact was edited",
  left: "no longer in the sync",
  duplicate: "the person has another contact, which is kept",
  moved: "moved here from another folder",
  "moved-away": "moved to the folder that the config names now; deleted here once it exists there",
  released: "a copy that the user made; marked as the user's own and kept as it is",
  "mailbox-left": "the mailbox is no longer a target of the sync",
  "grace-started": "no longer in the sync; hidden until its grace ends",
  "grace-ended": "its grace has ended",
  returned: "in the sync again",
  "rolled-back": "as it was before the run that is rolled back",
  "marker-moved": "its stamp moves to the attribute that the config names now",
  rekeyed: "the same address under a new key",
  "other-sync": "created by another sync of galops, in a domain that this sync controls now",
  complete: "not created by galops, but in a domain that the sync controls",
  "half-made": "left unfinished by an earlier run, or its stamp was removed",
};

/** One change as a block in Terraform's style, for all its mailboxes together. Ends in a newline. */
export function changeBlock(group: ChangeGroup, paint: Paint): string {
  const { symbol, style } = symbols[group.action];
  const verb = paint(
    `will be ${done[group.action]}`,
    ...(group.action === "delete" ? (["bold", "red"] as const) : (["bold"] as const)),
  );
  const why = whyText(group);
  const fields = [
    ...fieldLines(group.fields, paint).map((line) => `      ${line}`),
    ...(group.unchangedFields === 0
      ? []
      : [paint(`        # (${counted(group.unchangedFields, "unchanged field")} hidden)`, "dim")]),
  ];
  const contact = `  ${paint(symbol, style)} contact ${quoted(group.identity)} {`;
  const lines = [
    `  ${paint(`# ${harmless(group.displayName)}`, "bold")} ${verb}${paint(whereText(group), "bold")}`,
    ...(why === "" ? [] : [`  # (${why})`]),
    ...(fields.length === 0 ? [`${contact}}`] : [contact, ...fields, "    }"]),
  ];
  return `${lines.join("\n")}\n`;
}

/** One line for a withheld change. */
export function withheldLine(group: ChangeGroup, paint: Paint): string {
  const { symbol, style } = symbols[group.action];
  const what = `${paint(symbol, style)} ${harmless(group.displayName)} (${harmless(group.identity)})`;
  const fields = group.action === "update" ? group.fields.map(({ field }) => field).join(", ") : "";
  return `      ${what}${whereText(group)}${fields === "" ? "" : `: ${fields}`}\n`;
}

/** Why a change is made and what caused it; "" when its action says it all. */
export function whyText({
  reason,
  cause,
  deletedFrom,
}: Pick<ChangeGroup, "reason" | "cause" | "deletedFrom">): string {
  const deletion = deletedFrom === null ? "" : `to be deleted on or after ${harmless(deletedFrom)}`;
  return [whyOfReason(reason), deletion, cause === null ? "" : causeNotes[cause]]
    .filter((part) => part !== "")
    .join("; ");
}

/** ` in ann@contoso.com`, ` in 812 mailboxes`; "" for mail contacts. */
export function whereText({ mailboxes, names, contacts }: ChangeGroup): string {
  if (names.length === 0) return "";
  const where = mailboxes > names.length ? `${mailboxes} mailboxes` : enumerated(names.map(harmless));
  const times = contacts > mailboxes ? ` (${counted(contacts, "contact")})` : "";
  return ` in ${where}${times}`;
}

/** Describes a reason; "" for `new`. */
export function whyOfReason(reason: Reason): string {
  return Object.hasOwn(reasons, reason)
    ? (reasons[reason] ?? "")
    : `managed by ${harmless(reason)} until now`;
}
