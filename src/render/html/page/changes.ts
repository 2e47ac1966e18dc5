import type { PageData } from "../page-data.ts";
import { changeEntry } from "./change-entry.ts";
import { h } from "./dom.ts";
import { filterBar } from "./filter-bar.ts";
import { createSearch } from "./filters.ts";
import type { FilterStore, Found } from "./filters.ts";
import { createPager } from "./pager.ts";
import type { Rows } from "./rows.ts";
import { counted, number } from "./words.ts";

const pageSize = 50;
/** Up to this many changes are shown open. */
const openUpTo = 8;
/** Maximum number of changes in print. */
const printed = 2000;

/** All changes that match the filters, one page at a time. */
export function changesSection(data: PageData, rows: Rows, store: FilterStore): HTMLElement {
  const search = createSearch(data, rows);
  let found = search(store.get());
  let areOpen = data.groups <= openUpTo;
  const list = h("div", { class: "list" });
  const status = h("p", { class: "status", role: "status" });
  const heading = h("h2", { id: "changes-heading", tabindex: "-1" }, "Changes");
  const pager = createPager("Pages of changes", pageSize, () => {
    draw();
    heading.scrollIntoView({ block: "start" });
    heading.focus({ preventScroll: true });
  });
  const openAll = h("button", { type: "button", click: () => openOrClose(!areOpen) });

  function draw(): void {
    pager.update(found.length);
    const [from, to] = pager.range();
    list.replaceChildren(...found.slice(from, to).map((row) => changeEntry(data, row, areOpen)));
    openAll.textContent = areOpen ? "Close all" : "Open all";
    openAll.hidden = found.length === 0;
  }
  function openOrClose(open: boolean): void {
    areOpen = open;
    draw();
  }
  function filter(): void {
    found = search(store.get());
    pager.first();
    draw();
    status.textContent = statusText(data, found);
  }

  store.onChange(filter);
  filter();
  printsWhole(
    () => list.replaceChildren(...found.slice(0, printed).map((row) => changeEntry(data, row, true))),
    draw,
  );
  return h(
    "section",
    { id: "changes", "aria-labelledby": "changes-heading" },
    heading,
    filterBar(data, store),
    h("div", { class: "above-list" }, status, openAll),
    list,
    data.unlisted === 0 ? null : h("p", { class: "faint" }, unlistedText(data.unlisted)),
    pager.element,
  );
}

function statusText({ groups }: PageData, { length, contacts }: Found): string {
  if (groups === 0) return "There are no changes.";
  if (length === 0) return `None of ${counted(groups, "change")} matches the filters.`;
  const of = length === groups ? "" : ` of ${number(groups)}`;
  return `${number(length)}${of} ${groups === 1 ? "change" : "different changes"}, made to ${counted(contacts, "contact")}`;
}

function unlistedText(count: number): string {
  return `${counted(count, "more change")} are counted above but not listed here; --format json has all of them.`;
}

/** Draws all changes for printing, and the current page again afterwards. */
function printsWhole(before: () => void, after: () => void): void {
  addEventListener("beforeprint", before);
  addEventListener("afterprint", after);
}
