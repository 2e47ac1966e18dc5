import { byCodeUnit } from "../../model/order.ts";
import type { ChangeGroup } from "../change-groups.ts";
import type { Overview } from "../overview.ts";
import { counted } from "../prose.ts";
import { sizeOf } from "./budget.ts";
import type { Budget } from "./budget.ts";
import { fullEntry, shortEntry } from "./entry.ts";
import { fenced, folded } from "./inline.ts";

interface Entry {
  readonly sync: string | null;
  readonly group: ChangeGroup;
}

/** Ordered by risk: deletes come first. */
const sections = [
  { kind: "delete", title: "to delete", isOpen: true },
  { kind: "update", title: "to update", isOpen: false },
  { kind: "adopt", title: "to adopt", isOpen: false },
  { kind: "create", title: "to create", isOpen: false },
  { kind: "withheld", title: "withheld", isOpen: false },
] as const;

type Kind = (typeof sections)[number]["kind"];

/**
 * Renders the changes of a plan, the riskiest first, as far as there is room. Entries are never cut. When one does not
 * fit even as a single line, it and all less risky ones are only counted, so that no create is shown while a delete is
 * hidden.
 *
 * @param more - Markdown that says where to find the rest
 */
export function changesMarkdown(overview: Overview, budget: Budget, more: string): string {
  const isOne = overview.syncs.length === 1;
  const entries = overview.syncs.flatMap(({ name, groups }) =>
    groups.map((group): Entry => ({ sync: isOne ? null : name, group })),
  );
  let isFull = false;
  return sections
    .map(({ kind, title, isOpen }) => {
      const total = overview.syncs.reduce((sum, { counts }) => sum + counts[kind], 0);
      if (total === 0) return "";
      const heading = `<b>${total} ${title}</b>`;
      const frame = folded(heading, fenced("diff", [""]), isOpen) + rest(total, kind, more);
      // A section without its frame is a single line, for which there must always be room.
      const hasFrame = !isFull && budget.take(frame);
      const shown = hasFrame ? fitting(of(entries, kind), kind, budget) : { lines: [], contacts: 0 };
      const left = total - shown.contacts;
      isFull ||= left > 0;
      if (shown.lines.length === 0) return `\n${rest(left, kind, more)}`;
      return `\n${folded(heading, fenced("diff", shown.lines) + (left > 0 ? rest(left, kind, more) : ""), isOpen)}`;
    })
    .join("");
}

/** Size of the lines that count the omitted changes when no change is shown. */
export function leastSize(overview: Overview, more: string): number {
  const kinds = sections.filter(({ kind }) => overview.syncs.some(({ counts }) => counts[kind] > 0));
  return kinds.reduce((sum, { kind }) => sum + sizeOf(`\n${rest(Number.MAX_SAFE_INTEGER, kind, more)}`), 0);
}

function fitting(
  entries: readonly Entry[],
  kind: Kind,
  budget: Budget,
): { readonly lines: readonly string[]; readonly contacts: number } {
  // A create lists everything about a person; and a delete in one line is better than one that is not shown.
  const areShort =
    kind === "create" || kind === "withheld" || (kind === "delete" && allInFull(entries) > budget.left());
  const lines: string[] = [];
  let contacts = 0;
  for (const { group, sync } of entries) {
    const forms = areShort ? [shortEntry] : [fullEntry, shortEntry];
    const form = forms.map((make) => make(group, sync)).find((made) => budget.take(`${made.join("\n")}\n`));
    if (form === undefined) break;
    lines.push(...form);
    contacts += group.contacts;
  }
  return { lines, contacts };
}

function allInFull(entries: readonly Entry[]): number {
  return entries.reduce((sum, { group, sync }) => sum + sizeOf(`${fullEntry(group, sync).join("\n")}\n`), 0);
}

function of(entries: readonly Entry[], kind: Kind): readonly Entry[] {
  return entries
    .filter(({ group }) => (group.withheld === null ? group.action : "withheld") === kind)
    .toSorted(
      ({ group: one }, { group: other }) =>
        byCodeUnit(one.displayName, other.displayName) || byCodeUnit(one.key, other.key),
    );
}

function rest(count: number, kind: Kind, more: string): string {
  const what = kind === "withheld" ? "withheld change" : kind;
  return `${counted(count, `more ${what}`)} not shown here; ${more}.\n`;
}
