import type { PageData, PageNotice } from "../page-data.ts";
import { h } from "./dom.ts";
import { createPager } from "./pager.ts";
import { seen, seenLines } from "./words.ts";

const pageSize = 20;

const labels: Readonly<Record<PageNotice["kind"], string>> = {
  refused: "Refused",
  failed: "Failed",
  error: "Error",
  warning: "Warning",
  note: "Note",
};

/** Refusals, failures, errors, warnings and notes; null when there are none. */
export function noticesSection({ notices }: PageData): HTMLElement | null {
  if (notices.length === 0) return null;
  const list = h("div", { class: "list" });
  const pager = createPager("Pages of notices", pageSize, () => draw());
  function draw(): void {
    pager.update(notices.length);
    list.replaceChildren(...notices.slice(...pager.range()).map(noticeEntry));
  }
  draw();
  return h(
    "section",
    { id: "notices", "aria-labelledby": "notices-heading" },
    h("h2", { id: "notices-heading" }, "Notices"),
    list,
    pager.element,
  );
}

function noticeEntry({ kind, title, text, place, excerpt }: PageNotice): HTMLElement {
  return h(
    "article",
    { class: "notice", "data-kind": kind },
    h("h3", {}, h("span", { class: "label" }, labels[kind]), ` ${seen(title)}`),
    text === "" ? null : h("p", { class: "text" }, seenLines(text)),
    place === "" ? null : h("p", { class: "faint" }, seen(place)),
    excerpt === "" ? null : h("pre", { tabindex: 0 }, seenLines(excerpt)),
  );
}
