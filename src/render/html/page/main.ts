import type { PageData } from "../page-data.ts";
import { causedSection } from "./caused.ts";
import { changesSection } from "./changes.ts";
import { syncsSection } from "./chart.ts";
import { h } from "./dom.ts";
import { createFilterStore } from "./filters.ts";
import { mailboxesSection } from "./mailboxes.ts";
import { noticesSection } from "./notices.ts";
import { rowsIn } from "./rows.ts";
import { summarySection } from "./summary.ts";
import { themeChoice } from "./theme.ts";
import { number } from "./words.ts";

const text = document.querySelector("#data")?.textContent ?? "";
// Written by galops itself, so that its type is certain.
const data = JSON.parse(text) as PageData;
const rows = rowsIn(document.querySelectorAll("script.rows"), data.groups);
const store = createFilterStore();
const notices = noticesSection(data);
const isUrgent = data.notices.some(({ kind }) => kind === "refused" || kind === "failed" || kind === "error");
const mailboxes = mailboxesSection(data, store);

const links = [
  ["changes", "Changes", data.groups],
  ...(mailboxes === null ? [] : [["mailboxes", "Mailboxes", data.books.length] as const]),
  ...(notices === null ? [] : [["notices", "Notices", data.notices.length] as const]),
] as const;

document
  .querySelector("#page")
  ?.replaceWith(
    h("a", { class: "skip", href: "#changes" }, "Go to the changes"),
    h(
      "header",
      {},
      h(
        "a",
        { class: "brand", href: "#summary" },
        h("span", { class: "mark", "aria-hidden": "true" }),
        "galops",
      ),
      h(
        "nav",
        { "aria-label": "Sections" },
        ...links.map(([id, name, count]) =>
          h("a", { href: `#${id}` }, name, h("span", { class: "count" }, number(count))),
        ),
      ),
      themeChoice(),
    ),
    h(
      "main",
      {},
      summarySection(data, store),
      isUrgent ? notices : null,
      causedSection(data, store),
      syncsSection(data, store),
      changesSection(data, rows, store),
      mailboxes,
      isUrgent ? null : notices,
    ),
    h("footer", {}, "Made by galops. This page is one file: it loads nothing and sends nothing."),
  );
document.documentElement.dataset["ready"] = "true";
