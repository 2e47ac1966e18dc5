import type { PageData } from "../page-data.ts";
import { h } from "./dom.ts";
import { noFilters } from "./filters.ts";
import type { FilterStore } from "./filters.ts";
import { countOf, kinds, signs } from "./report.ts";
import type { Kind } from "./report.ts";
import { number, seen } from "./words.ts";

/** The plan as a headline and as counts. */
export function summarySection(data: PageData, store: FilterStore): HTMLElement {
  const { counts, headline, tone } = data;
  const shown = kinds.filter(
    (kind) => countOf(counts, kind) > 0 || kind === "delete" || kind === "update" || kind === "create",
  );
  return h(
    "section",
    { id: "summary", "aria-labelledby": "summary-heading" },
    h(
      "h1",
      { id: "summary-heading", "data-tone": tone },
      headline.replaceAll(/\d+/gu, (digits) => number(Number(digits))),
    ),
    h("p", { class: "meta" }, ...metaOf(data)),
    data.allowed.length === 0
      ? null
      : h("p", { class: "allowed" }, h("b", {}, "Allowed: "), ...allowedOf(data.allowed)),
    h(
      "ul",
      { class: "tiles" },
      ...shown.map((kind) =>
        h(
          "li",
          {},
          tile(kind, countOf(counts, kind), () => showOnly(kind, store)),
        ),
      ),
      ...(["unchanged", "unmanaged"] as const)
        .filter((name) => countOf(counts, name) > 0)
        .map((name) => h("li", {}, restTile(name, countOf(counts, name)))),
    ),
  );
}

/** The `--allow` options of the plan, which its approval covers too. */
function allowedOf(allowed: readonly string[]): readonly (HTMLElement | string)[] {
  return allowed.flatMap((one, index) => [index === 0 ? "" : ", ", h("code", {}, seen(one))]);
}

function showOnly(kind: Kind, store: FilterStore): void {
  store.set({ ...noFilters, kinds: new Set([kind]) });
  document.querySelector("#changes")?.scrollIntoView();
}

function tile(kind: Kind, count: number, onClick: () => void): HTMLElement {
  const label = kind === "withheld" ? "withheld" : `to ${kind}`;
  return h(
    "button",
    {
      type: "button",
      class: "tile",
      "data-kind": kind,
      disabled: count === 0,
      click: onClick,
      title: `Show only changes ${label}`,
    },
    h("span", { class: "sign", "aria-hidden": "true" }, signs[kind]),
    h("b", {}, number(count)),
    h("span", {}, label),
  );
}

function restTile(name: "unchanged" | "unmanaged", count: number): HTMLElement {
  return h(
    "div",
    { class: "tile", "data-kind": name },
    h("span", { class: "sign", "aria-hidden": "true" }, name === "unchanged" ? "=" : "·"),
    h("b", {}, number(count)),
    h("span", {}, name === "unchanged" ? "up to date" : "unmanaged, left alone"),
  );
}

const redactions: Readonly<Record<PageData["redaction"], string>> = {
  none: "",
  partial: "names as initials, values masked",
  full: "people as pseudonyms, values masked",
};

function metaOf({ createdAt, id, configDigest, redaction, forecast }: PageData): readonly HTMLElement[] {
  const time = new Date(createdAt);
  const made = Number.isNaN(time.getTime())
    ? createdAt
    : time.toLocaleString("en-GB", { dateStyle: "long", timeStyle: "short", timeZone: "UTC" });
  const items = [
    h("span", {}, "Planned ", h("time", { datetime: createdAt }, `${made} UTC`)),
    h("span", {}, "Plan ", h("code", { title: id }, short(id))),
    h("span", {}, "Config ", h("code", { title: configDigest }, short(configDigest))),
  ];
  const note = redactions[redaction];
  return [
    ...items,
    ...(forecast === "" ? [] : [h("span", {}, `Takes ${forecast}`)]),
    ...(note === "" ? [] : [h("span", { class: "tag" }, note)]),
  ];
}

function short(digest: string): string {
  return digest.replace(/^sha256:/u, "").slice(0, 12);
}
