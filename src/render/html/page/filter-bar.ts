import type { PageData } from "../page-data.ts";
import { h } from "./dom.ts";
import { isEverything, noFilters } from "./filters.ts";
import type { FilterStore } from "./filters.ts";
import { countOf, kinds, signs } from "./report.ts";
import type { Kind } from "./report.ts";
import { number, seen } from "./words.ts";

/** Maximum number of addresses suggested while typing. */
const mailboxesOffered = 1000;
const typingMs = 120;

/** The filters of the list of changes. Also shows filters that were set elsewhere on the page. */
export function filterBar(data: PageData, store: FilterStore): HTMLElement {
  const search = h("input", {
    type: "search",
    id: "search",
    placeholder: "Name, address, or any value",
    autocomplete: "off",
    spellcheck: "false",
  });
  const mailbox = h("input", {
    type: "search",
    id: "mailbox",
    list: "mailbox-names",
    placeholder: "All mailboxes",
    autocomplete: "off",
    spellcheck: "false",
  });
  const sync = select(
    "sync",
    "All syncs",
    data.syncs.map(({ name }) => seen(name)),
  );
  const reason = select(
    "reason",
    "All reasons",
    data.reasons.map(({ code }) => seen(code)),
  );
  const cause = select(
    "cause",
    "All causes",
    data.causes.map(({ text }) => seen(text)),
  );
  const boxes = kindsIn(data).map((kind) => ({
    kind,
    box: h("input", { type: "checkbox", id: `kind-${kind}`, change: () => chooseKinds() }),
  }));
  const clear = h("button", { type: "button", click: () => store.set(noFilters) }, "Clear filters");

  function chooseKinds(): void {
    const missing = kinds.filter((kind) => !boxes.some((one) => one.kind === kind));
    store.set({
      kinds: new Set([...boxes.filter(({ box }) => box.checked).map(({ kind }) => kind), ...missing]),
    });
  }
  function show(): void {
    const filters = store.get();
    if (search.value !== filters.text) search.value = filters.text;
    if (mailbox.value !== filters.mailbox) mailbox.value = filters.mailbox;
    sync.value = String(filters.sync);
    reason.value = String(filters.reason);
    cause.value = String(filters.cause);
    for (const { kind, box } of boxes) box.checked = filters.kinds.has(kind);
    clear.hidden = isEverything(filters);
  }

  search.addEventListener(
    "input",
    unhurried(() => store.set({ text: search.value })),
  );
  mailbox.addEventListener(
    "input",
    unhurried(() => store.set({ mailbox: mailbox.value })),
  );
  sync.addEventListener("change", () => store.set({ sync: Number(sync.value) }));
  reason.addEventListener("change", () => store.set({ reason: Number(reason.value) }));
  cause.addEventListener("change", () => store.set({ cause: Number(cause.value) }));
  store.onChange(show);
  show();
  return h(
    "form",
    {
      class: "filters",
      role: "search",
      "aria-label": "Filter the changes",
      submit: (event) => event.preventDefault(),
    },
    labelled("Search", search),
    data.books.some(([address]) => address !== null) ? labelled("Mailbox", mailbox) : null,
    data.syncs.length > 1 ? labelled("Sync", sync) : null,
    data.reasons.length > 1 ? labelled("Reason", reason) : null,
    data.causes.length > 1 ? labelled("Cause", cause) : null,
    h(
      "fieldset",
      {},
      h("legend", {}, "Action"),
      ...boxes.map(({ kind, box }) =>
        h(
          "label",
          { class: "pill", "data-kind": kind },
          box,
          `${signs[kind]} ${kind} `,
          h("b", {}, number(countOf(data.counts, kind))),
        ),
      ),
    ),
    clear,
    h("datalist", { id: "mailbox-names" }, ...mailboxNames(data).map((name) => h("option", { value: name }))),
  );
}

function kindsIn({ counts }: PageData): readonly Kind[] {
  return kinds.filter((kind) => countOf(counts, kind) > 0);
}

function mailboxNames({ books }: PageData): readonly string[] {
  const names = new Set<string>();
  for (const [mailbox] of books) {
    if (names.size === mailboxesOffered) break;
    if (mailbox !== null) names.add(mailbox);
  }
  return [...names];
}

function select(id: string, all: string, names: readonly string[]): HTMLSelectElement {
  return h(
    "select",
    { id },
    h("option", { value: -1 }, all),
    ...names.map((name, position) => h("option", { value: position }, name)),
  );
}

function labelled(name: string, input: HTMLElement): HTMLElement {
  return h("label", { class: "field", for: input.id }, h("span", {}, name), input);
}

/** Debounces an action until typing pauses. */
function unhurried(action: () => void): () => void {
  let timer = 0;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(action, typingMs);
  };
}
