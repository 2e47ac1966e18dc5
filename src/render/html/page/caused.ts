import type { PageCausedRow, PageData } from "../page-data.ts";
import { barRow } from "./chart.ts";
import { h } from "./dom.ts";
import { noFilters } from "./filters.ts";
import type { FilterStore } from "./filters.ts";
import { changesIn } from "./report.ts";
import { seen } from "./words.ts";

/** Counts of changes by cause; null when the plan was not compared with a base config. */
export function causedSection({ comparison, causes }: PageData, store: FilterStore): HTMLElement | null {
  if (comparison === null || comparison.rows.length === 0) return null;
  const { rows, hasBase } = comparison;
  const most = Math.max(...rows.map(({ counts }) => changesIn(counts)));
  const row = ({ cause, text, counts }: PageCausedRow): HTMLElement => {
    const onClick = cause < 0 ? null : () => showOnly(cause, store);
    return barRow({
      title: capital(seen(text)),
      note: notes[causes[cause]?.code ?? ""] ?? "",
      counts,
      most,
      onClick,
    });
  };
  return h(
    "section",
    { id: "caused", "aria-labelledby": "caused-heading" },
    h("h2", { id: "caused-heading" }, "Compared with the base config"),
    hasBase
      ? null
      : h(
          "p",
          { class: "faint" },
          "The base config could not be used, so everything counts as caused by this change.",
        ),
    h("ol", { class: "bars" }, ...rows.map(row)),
  );
}

const notes: Readonly<Record<string, string>> = {
  "this-change": "the base config would not make this change",
  pending: "due on the base branch too",
  drift: "the contact was edited",
};

function showOnly(cause: number, store: FilterStore): void {
  store.set({ ...noFilters, cause });
  document.querySelector("#changes")?.scrollIntoView();
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
