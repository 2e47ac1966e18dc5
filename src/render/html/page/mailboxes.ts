import { countNames } from "../page-data.ts";
import type { BookRow, PageData } from "../page-data.ts";
import { h } from "./dom.ts";
import { noFilters } from "./filters.ts";
import type { FilterStore } from "./filters.ts";
import { createPager } from "./pager.ts";
import { changesIn, countOf } from "./report.ts";
import { counted, number, seen } from "./words.ts";

const pageSize = 25;

const heads: Readonly<Record<(typeof countNames)[number], string>> = {
  delete: "Delete",
  update: "Update",
  adopt: "Adopt",
  create: "Create",
  withheld: "Withheld",
  unchanged: "Unchanged",
  unmanaged: "Unmanaged",
};

interface Book {
  readonly row: BookRow;
  readonly sync: string;
}

type Column = "mailbox" | (typeof countNames)[number];

/** Table of all mailboxes with their counts; null when no sync has mailboxes. */
export function mailboxesSection(data: PageData, store: FilterStore): HTMLElement | null {
  const books = data.syncs.flatMap(({ name, firstBook, books: count }) =>
    data.books
      .slice(firstBook, firstBook + count)
      .filter(([mailbox]) => mailbox !== null)
      .map((row): Book => ({ row, sync: name })),
  );
  if (books.length === 0) return null;
  const columns = countNames.filter((name) => name === "unchanged" || countOf(data.counts, name) > 0);
  let sorted: { readonly by: Column; readonly isDown: boolean } = { by: "mailbox", isDown: false };
  let text = "";
  const body = h("tbody");
  const status = h("p", { class: "status", role: "status" });
  const pager = createPager("Pages of mailboxes", pageSize, () => draw());
  const buttons = (["mailbox", ...columns] as const).map((by) => {
    const name = by === "mailbox" ? "Mailbox" : heads[by];
    const button = h("button", { type: "button", click: () => sortBy(by) }, name);
    return { by, head: h("th", { scope: "col", class: by === "mailbox" ? null : "number" }, button) };
  });

  function sortBy(by: Column): void {
    sorted = { by, isDown: sorted.by === by ? !sorted.isDown : by !== "mailbox" };
    pager.first();
    draw();
  }
  function draw(): void {
    const found = books
      .filter(({ row: [mailbox, folder], sync }) =>
        `${mailbox} ${folder} ${sync}`.toLowerCase().includes(text),
      )
      .toSorted((one, other) => order(one, other, sorted.by) * (sorted.isDown ? -1 : 1));
    pager.update(found.length);
    body.replaceChildren(...found.slice(...pager.range()).map((book) => bookRow(data, book, columns, store)));
    status.textContent =
      found.length === books.length
        ? counted(books.length, "mailbox", "mailboxes")
        : `${number(found.length)} of ${counted(books.length, "mailbox", "mailboxes")}`;
    for (const { by, head } of buttons) {
      head.setAttribute("aria-sort", by !== sorted.by ? "none" : sorted.isDown ? "descending" : "ascending");
    }
  }

  const search = h("input", {
    type: "search",
    id: "mailbox-search",
    placeholder: "Mailbox, folder or sync",
    input: () => {
      text = search.value.trim().toLowerCase();
      pager.first();
      draw();
    },
  });
  draw();
  return h(
    "section",
    { id: "mailboxes", "aria-labelledby": "mailboxes-heading" },
    h("h2", { id: "mailboxes-heading" }, "Mailboxes"),
    h(
      "div",
      { class: "filters" },
      h("label", { class: "field", for: "mailbox-search" }, h("span", {}, "Search"), search),
    ),
    h("div", { class: "above-list" }, status),
    h(
      "div",
      { class: "wide", tabindex: "0", role: "region", "aria-label": "Table of mailboxes" },
      h("table", { class: "grid" }, h("thead", {}, h("tr", {}, ...buttons.map(({ head }) => head))), body),
    ),
    pager.element,
  );
}

function order({ row: one }: Book, { row: other }: Book, by: Column): number {
  const [oneName, otherName] = [one[0] ?? "", other[0] ?? ""];
  const byName = oneName < otherName ? -1 : Number(oneName > otherName);
  return by === "mailbox" ? byName : countOf(one[2], by) - countOf(other[2], by) || -byName;
}

function bookRow(
  data: PageData,
  { row, sync }: Book,
  columns: readonly Column[],
  store: FilterStore,
): HTMLElement {
  const [mailbox, folder, counts, position] = row;
  const problem = data.problems[position] ?? null;
  const only = (): void => {
    store.set({ ...noFilters, mailbox: mailbox ?? "" });
    document.querySelector("#changes")?.scrollIntoView();
  };
  const name = seen(mailbox ?? "");
  const link =
    changesIn(counts) === 0
      ? h("bdi", {}, name)
      : h("button", { type: "button", class: "link", title: "Show its changes", click: only }, name);
  const where = [folder ?? "Contacts", ...(data.syncs.length > 1 ? [sync] : [])].map(seen).join(" · ");
  return h(
    "tr",
    {},
    h(
      "th",
      { scope: "row" },
      link,
      h("span", { class: "faint" }, where),
      problem === null
        ? null
        : h("span", { class: `problem ${problem.severity}` }, seen(`${problem.code}: ${problem.message}`)),
    ),
    ...columns.map((column) => {
      const count = column === "mailbox" ? 0 : countOf(counts, column);
      return h("td", { class: "number", "data-kind": column, "data-none": count === 0 }, number(count));
    }),
  );
}
