import { contactFieldNames } from "../../model/contact-fields.ts";
import { byCodeUnit } from "../../model/order.ts";
import { whyOfReason } from "../change-block.ts";
import type { ChangeGroup } from "../change-groups.ts";
import { causeNames, causeNotes } from "../comparison.ts";
import type { ShownField } from "../field-lines.ts";
import type { SyncOverview } from "../overview.ts";
import { actionNames } from "./page-data.ts";
import type { FieldRow, GroupRow, PageData } from "./page-data.ts";

interface Groups {
  readonly tables: Pick<PageData, "reasons" | "withheld" | "causes" | "fields">;
  readonly rows: readonly GroupRow[];
}

/** The groups of all syncs, ordered by risk, then by name, and the tables that they refer to. */
export function pageGroups(syncs: readonly SyncOverview[]): Groups {
  const reasons = createTable();
  const withheld = createTable();
  const all = syncs.flatMap((sync, position) => sync.groups.map((group) => ({ group, position })));
  const firstBooks = firstBooksOf(syncs);
  const causes = causeNames.filter((cause) => all.some(({ group }) => group.cause === cause));
  const rows = all
    .toSorted((one, other) => byRisk(one.group, other.group) || one.position - other.position)
    .map(({ group, position }): GroupRow => {
      const first = firstBooks[position] ?? 0;
      return [
        position,
        actionNames.indexOf(group.action),
        group.displayName,
        group.identity === group.displayName ? "" : group.identity,
        reasons.positionOf(group.reason),
        group.withheld === null ? -1 : withheld.positionOf(group.withheld),
        group.cause === null ? -1 : causes.indexOf(group.cause),
        group.contacts,
        group.unchangedFields,
        group.fields.map((field) => fieldRow(field, group)),
        group.stretches.map((number) => first + number),
      ];
    });
  const tables = {
    reasons: reasons.all().map((code) => ({ code, text: whyOfReason(code) })),
    withheld: withheld.all(),
    causes: causes.map((code) => ({ code, text: causeNotes[code] })),
    fields: contactFieldNames,
  };
  return { tables, rows };
}

/** Index of each sync's first book among the books of all syncs. */
export function firstBooksOf(syncs: readonly SyncOverview[]): readonly number[] {
  let next = 0;
  return syncs.map(({ books }) => {
    const first = next;
    next += books;
    return first;
  });
}

function fieldRow({ field, before, after, varies }: ShownField, { action }: ChangeGroup): FieldRow {
  const position = contactFieldNames.indexOf(field);
  if (varies) return [position, null];
  if (action === "create" && before === null) return [position, after ?? ""];
  if (action === "delete" && after === null) return [position, before ?? ""];
  return [position, before, after];
}

/** Withheld changes come last, because they carry no risk. */
function byRisk(one: ChangeGroup, other: ChangeGroup): number {
  return (
    Number(one.withheld !== null) - Number(other.withheld !== null) ||
    actionNames.indexOf(one.action) - actionNames.indexOf(other.action) ||
    byCodeUnit(one.displayName, other.displayName) ||
    byCodeUnit(one.key, other.key)
  );
}

function createTable(): { positionOf(text: string): number; all(): readonly string[] } {
  const positions = new Map<string, number>();
  return {
    positionOf(text) {
      const position = positions.get(text) ?? positions.size;
      positions.set(text, position);
      return position;
    },
    all: () => [...positions.keys()],
  };
}
