import type { CountsRow, PageData, PageSync } from "../page-data.ts";
import { h, s } from "./dom.ts";
import { noFilters } from "./filters.ts";
import type { FilterStore } from "./filters.ts";
import { changesIn, countOf, kinds, signs } from "./report.ts";
import { counted, number, seen } from "./words.ts";

const width = 1000;
const height = 14;
/** Keeps one change among thousands visible. */
const leastWidth = 3;
const shownAtFirst = 12;

/** The syncs with a bar of their changes each, all to the same scale. */
export function syncsSection(data: PageData, store: FilterStore): HTMLElement {
  const most = Math.max(1, ...data.syncs.map(({ counts }) => changesIn(counts)));
  const list = h("ol", { class: "bars", id: "sync-bars" });
  const more = h("button", { type: "button", click: () => draw(data.syncs.length) });
  function draw(count: number): void {
    list.replaceChildren(
      ...data.syncs
        .slice(0, count)
        .map((sync, position) => syncRow(sync, most, () => showOnly(position, store))),
    );
    more.hidden = count >= data.syncs.length;
    more.textContent = `Show all ${number(data.syncs.length)} syncs`;
  }
  draw(shownAtFirst);
  return h(
    "section",
    { id: "syncs", "aria-labelledby": "syncs-heading" },
    h("h2", { id: "syncs-heading" }, "Changes per sync"),
    list,
    more,
  );
}

function showOnly(position: number, store: FilterStore): void {
  store.set({ ...noFilters, sync: position });
  document.querySelector("#changes")?.scrollIntoView();
}

function syncRow(
  { name, kind, tenant, books, counts }: PageSync,
  most: number,
  onClick: () => void,
): HTMLElement {
  const mailboxes = kind === "mailbox-contacts" ? `, ${counted(books, "mailbox", "mailboxes")}` : "";
  return barRow({
    title: seen(name),
    note: seen(`${kind} in ${tenant}`) + mailboxes,
    counts,
    most,
    onClick: changesIn(counts) === 0 ? null : onClick,
  });
}

export interface BarRow {
  readonly title: string;
  readonly note: string;
  readonly counts: CountsRow;
  /** Number of changes that fill the bar. */
  readonly most: number;
  /** Shows the changes; null when there are none to show. */
  readonly onClick: (() => void) | null;
}

/** A name with its counts, as a bar and as numbers. */
export function barRow({ title, note, counts, most, onClick }: BarRow): HTMLElement {
  const total = changesIn(counts);
  const parts = kinds.map((of) => ({ of, count: countOf(counts, of) })).filter(({ count }) => count > 0);
  const words = parts.map(({ of, count }) => `${number(count)} to ${of}`).join(", ");
  return h(
    "li",
    {},
    h(
      "div",
      { class: "bar-name" },
      onClick === null
        ? h("b", {}, title)
        : h("button", { type: "button", class: "link", title: "Show these changes", click: onClick }, title),
      note === "" ? null : h("span", { class: "faint" }, note),
    ),
    bar(parts, total, most, `${title}: ${words === "" ? "no changes" : words}`),
    h(
      "div",
      { class: "numbers", "aria-hidden": "true" },
      ...(parts.length === 0
        ? [h("span", { class: "faint" }, "no changes")]
        : parts.map(({ of, count }) => h("span", { "data-kind": of }, `${signs[of]}${number(count)}`))),
    ),
  );
}

function bar(
  parts: readonly { readonly of: string; readonly count: number }[],
  total: number,
  most: number,
  label: string,
): SVGElement {
  const full = Math.max((total / most) * width, total > 0 ? leastWidth * parts.length : 0);
  let x = 0;
  const pieces = parts.map(({ of, count }) => {
    const piece = Math.max((count / total) * full, leastWidth);
    const rect = s("rect", { x, y: 0, width: piece, height, class: "piece", "data-kind": of });
    x += piece;
    return rect;
  });
  return s(
    "svg",
    {
      viewBox: `0 0 ${width} ${height}`,
      preserveAspectRatio: "none",
      role: "img",
      "aria-label": label,
      class: "bar",
    },
    s("rect", { x: 0, y: 0, width, height, class: "track" }),
    ...pieces,
  );
}
