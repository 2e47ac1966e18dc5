import type { ActionCounts, Comparison } from "../../model/plan.ts";
import { causeNames, causeNotes, droppedNote } from "../comparison.ts";
import { actionNames, countNames } from "./page-data.ts";
import type { CountsRow, PageCausedRow, PageComparison, PageReason } from "./page-data.ts";

/** The page's comparison with the base config, without rows that count nothing. */
export function pageComparison(
  { baseDigest, causes, dropped }: Comparison,
  known: readonly PageReason[],
): PageComparison {
  const rows = [
    ...causeNames.map((cause): PageCausedRow => {
      const position = known.findIndex(({ code }) => code === cause);
      return { cause: position, text: causeNotes[cause], counts: countsRow(causes[cause]) };
    }),
    { cause: -1, text: droppedNote, counts: countsRow(dropped) },
  ];
  return {
    hasBase: baseDigest !== null,
    rows: rows.filter(({ counts }) => counts.some((count) => count > 0)),
  };
}

function countsRow(counts: ActionCounts): CountsRow {
  return countNames.map((name) => {
    const action = actionNames.find((one) => one === name);
    return action === undefined ? 0 : counts[action];
  });
}
