import type { GroupRow, PageData } from "../page-data.ts";
import { h, unseen } from "./dom.ts";
import { fieldTable } from "./field-table.ts";
import { booksOf, groupOf, signs } from "./report.ts";
import type { Group } from "./report.ts";
import { counted, number, seen } from "./words.ts";

const fieldsNamed = 5;
const mailboxesNamed = 24;

/** One change as a line; its details are drawn when it is opened. */
export function changeEntry(data: PageData, row: GroupRow, isOpen: boolean): HTMLDetailsElement {
  const group = groupOf(data, row);
  const entry = h("details", {
    class: "change",
    "data-kind": group.kind,
    "data-only-sync": data.syncs.length === 1,
  });
  const fill = (): void => {
    if (entry.open && entry.children.length === 1) entry.append(body(data, row, group));
  };
  entry.append(summary(data, row, group));
  entry.addEventListener("toggle", fill);
  entry.open = isOpen;
  // Draw now: the toggle event fires too late for a print that is about to start.
  fill();
  return entry;
}

function summary(data: PageData, row: GroupRow, group: Group): HTMLElement {
  const { kind, action, name, identity, why, cause, sync } = group;
  const verb = kind === "withheld" ? `${action}, withheld: ` : `${action}: `;
  return h(
    "summary",
    {},
    h("span", { class: "sign", "aria-hidden": "true" }, signs[kind === "withheld" ? action : kind]),
    h(
      "span",
      { class: "who" },
      unseen(verb),
      h("bdi", { class: "name" }, seen(name)),
      identity === "" ? null : h("bdi", { class: "identity" }, seen(identity)),
      h("span", { class: "named-fields" }, namedFields(group)),
    ),
    h(
      "span",
      { class: "why" },
      h("span", {}, why.map((part) => seen(part).replace(/\.$/u, "")).join("; ")),
      cause === null ? null : h("span", { class: "cause", "data-cause": cause.code }, seen(cause.text)),
    ),
    h("span", { class: "where" }, whereText(data, row, group)),
    data.syncs.length === 1 ? null : h("span", { class: "tag", title: seen(sync.name) }, seen(sync.name)),
  );
}

function namedFields({ action, fields }: Group): string {
  if (action !== "update" && action !== "adopt") return "";
  const names = fields.slice(0, fieldsNamed).map(({ name }) => name);
  const more = fields.length - names.length;
  return [...names, ...(more > 0 ? [`${more} more`] : [])].join(", ");
}

function whereText(data: PageData, row: GroupRow, { mailboxes, contacts }: Group): string {
  const [first] = booksOf(data, row, 1);
  const mailbox = first?.[0] ?? null;
  if (mailbox === null) return "";
  const times = contacts > mailboxes ? ` (${counted(contacts, "contact")})` : "";
  return `${mailboxes === 1 ? seen(mailbox) : `${number(mailboxes)} mailboxes`}${times}`;
}

function body(data: PageData, row: GroupRow, group: Group): HTMLElement {
  const list = h("p", { class: "mailboxes" });
  const draw = (most: number): void => {
    const books = booksOf(data, row, most);
    const names = books.flatMap(([mailbox, folder]) =>
      mailbox === null
        ? []
        : [h("span", { class: "mailbox", title: seen(folder ?? "Contacts") }, seen(mailbox))],
    );
    const more = group.mailboxes - books.length;
    const button =
      more > 0
        ? h(
            "button",
            { type: "button", class: "link", click: () => draw(Infinity) },
            `and ${number(more)} more`,
          )
        : null;
    list.replaceChildren(...names, ...(button === null ? [] : [button]));
  };
  draw(mailboxesNamed);
  return h("div", { class: "body" }, group.fields.length === 0 ? null : fieldTable(group), list);
}
