import { diffArrays } from "diff";
import { isEmpty } from "../../../model/values.ts";
import { masked } from "../../redaction/redaction.ts";
import { wordParts } from "../../word-diff.ts";
import { h, unseen } from "./dom.ts";
import type { Field, Group } from "./report.ts";
import { counted, seen, seenLines } from "./words.ts";

/** The fields of a change before and after; a single column of values for creates and deletes. */
export function fieldTable({ action, fields, unchangedFields }: Group): HTMLElement {
  const hasBoth = action === "update" || action === "adopt";
  const heads = hasBoth
    ? ["Field", "Before", "After"]
    : ["Field", action === "delete" ? "Lost value" : "Value"];
  const rest =
    unchangedFields === 0
      ? []
      : [h("p", { class: "faint" }, `${counted(unchangedFields, "unchanged field")} not shown.`)];
  return h(
    "div",
    { class: "fields" },
    h(
      "table",
      {},
      h("thead", {}, h("tr", {}, ...heads.map((head) => h("th", { scope: "col" }, head)))),
      h("tbody", {}, ...fields.map((field) => fieldRow(field, hasBoth))),
    ),
    ...rest,
  );
}

function fieldRow(field: Field, hasBoth: boolean): HTMLElement {
  const name = h("th", { scope: "row" }, field.name);
  if (field.varies) {
    const cell = h("td", { colspan: hasBoth ? 2 : 1, class: "faint" }, "differs between mailboxes");
    return h("tr", {}, name, cell);
  }
  const { before, after } = field;
  if (!hasBoth) return h("tr", {}, name, h("td", {}, ...wholeValue(field, before ?? after)));
  const [left, right] = bothValues(field);
  return h(
    "tr",
    {},
    name,
    h("td", { "data-head": "Before" }, ...left),
    h("td", { "data-head": "After" }, ...right),
  );
}

type Cells = readonly [readonly Node[], readonly Node[]];

function bothValues(field: Field): Cells {
  const { name, before, after } = field;
  const isFlag = typeof before === "boolean" || typeof after === "boolean";
  if (isFlag || isMasked(before) || isMasked(after)) {
    return [wholeValue(field, before), wholeValue(field, after)];
  }
  // A fingerprint means nothing to a reader.
  if (name === "photo") {
    const isOther = before !== null && before !== "" && after !== null && after !== "";
    return [wholeValue(field, before), isOther ? [faint("new photo")] : wholeValue(field, after)];
  }
  if (Array.isArray(before) || Array.isArray(after)) {
    return listValues(asList(before), asList(after));
  }
  return textValues(String(before ?? ""), String(after ?? ""));
}

function wholeValue({ name }: Field, value: Field["before"]): readonly Node[] {
  if (typeof value === "boolean") return [textNode(value ? "yes" : "no")];
  if (value === null || isEmpty(value)) return [faint("empty")];
  if (isMasked(value)) return [faint("masked")];
  if (name === "photo") return [faint("photo")];
  return typeof value === "string" ? [textNode(value)] : value.map((item) => line(textNode(item)));
}

function textValues(before: string, after: string): Cells {
  const parts = before === "" || after === "" ? null : wordParts(before, after);
  const note = before.normalize("NFKC") === after.normalize("NFKC") ? [looksAlike()] : [];
  if (parts === null) {
    return [
      [before === "" ? faint("empty") : changed("del", before)],
      [after === "" ? faint("empty") : changed("ins", after), ...note],
    ];
  }
  const left = parts.filter(({ added }) => !added);
  const right = parts.filter(({ removed }) => !removed);
  return [
    left.map(({ value, removed }) => (removed ? changed("del", value) : textNode(value))),
    [...right.map(({ value, added }) => (added ? changed("ins", value) : textNode(value))), ...note],
  ];
}

function listValues(before: readonly string[], after: readonly string[]): Cells {
  const parts = diffArrays([...before], [...after]);
  const side = (isLeft: boolean): readonly Node[] => {
    const items = parts
      .filter(({ added, removed }) => (isLeft ? !added : !removed))
      .flatMap(({ value, added, removed }) =>
        value.map((item) =>
          line(added ? changed("ins", item) : removed ? changed("del", item) : textNode(item)),
        ),
      );
    return items.length === 0 ? [faint("empty")] : items;
  };
  return [side(true), side(false)];
}

function asList(value: Field["before"]): readonly string[] {
  if (typeof value === "string") return value === "" ? [] : [value];
  return value === null || typeof value === "boolean" ? [] : value;
}

function isMasked(value: Field["before"]): boolean {
  return value === masked || (Array.isArray(value) && value[0] === masked);
}

function changed(tag: "del" | "ins", text: string): Node {
  return h(tag, {}, unseen(tag === "del" ? "removed: " : "added: "), textNode(text));
}

function textNode(text: string): Text {
  return document.createTextNode(text.includes("\n") ? seenLines(text) : seen(text));
}

function line(content: Node): Node {
  return h("div", {}, content);
}

function faint(text: string): Node {
  return h("span", { class: "faint" }, text);
}

function looksAlike(): Node {
  return h("span", { class: "faint" }, " (looks the same, but its characters differ)");
}
