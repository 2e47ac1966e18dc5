import { h } from "./dom.ts";
import { number } from "./words.ts";

export interface Pager {
  readonly element: HTMLElement;
  /** Redraws for a number of items, and moves to the last page if the current one no longer exists. */
  update(items: number): void;
  /** Items of the current page; `to` is exclusive. */
  range(): readonly [from: number, to: number];
  first(): void;
}

/** Pages through a list. @param onTurn - called when the user chooses another page */
export function createPager(label: string, size: number, onTurn: () => void): Pager {
  let page = 0;
  let items = 0;
  const pages = (): number => Math.max(1, Math.ceil(items / size));
  const turn = (to: number): void => {
    page = to;
    onTurn();
  };
  const button = (text: string, name: string, to: () => number): HTMLButtonElement =>
    h("button", { type: "button", "aria-label": name, click: () => turn(to()) }, text);
  const first = button("«", "First page", () => 0);
  const back = button("‹", "Previous page", () => page - 1);
  const next = button("›", "Next page", () => page + 1);
  const last = button("»", "Last page", () => pages() - 1);
  const where = h("span", { class: "page" });
  const element = h("nav", { class: "pager", "aria-label": label }, first, back, where, next, last);
  return {
    element,
    update(count) {
      items = count;
      page = Math.min(page, pages() - 1);
      first.disabled = back.disabled = page === 0;
      next.disabled = last.disabled = page === pages() - 1;
      where.textContent = `Page ${number(page + 1)} of ${number(pages())}`;
      element.hidden = pages() === 1;
    },
    range: () => [page * size, Math.min(items, (page + 1) * size)],
    first: () => void (page = 0),
  };
}
