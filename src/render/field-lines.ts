import { diffArrays } from "diff";
import type { ContactField } from "../model/contact-fields.ts";
import type { FieldValue } from "../model/contact.ts";
import { isEmpty } from "../model/values.ts";
import type { Paint, Style } from "./color.ts";
import { quoted } from "./harmless.ts";
import { masked } from "./redaction/redaction.ts";
import { clipped, wordDiff } from "./word-diff.ts";

/** One field of a block, before and after; `varies` when the values differ between mailboxes. */
export interface ShownField {
  readonly field: ContactField;
  readonly before: FieldValue | null;
  readonly after: FieldValue | null;
  readonly varies: boolean;
}

/** Texts of at least this length are shown as a word diff. */
const longText = 60;
const longestValue = 200;

const symbolStyles = { "+": "green", "~": "yellow", "-": "red" } as const satisfies Record<string, Style>;

/** The fields of one contact, one or more lines each, with aligned names and without indentation. */
export function fieldLines(fields: readonly ShownField[], paint: Paint): readonly string[] {
  const width = Math.max(0, ...fields.map(({ field }) => field.length));
  return fields.flatMap((shown) => {
    const symbol = symbolOf(shown);
    const [first = "", ...more] = valueLines(shown, paint);
    const name = `${paint(symbol, symbolStyles[symbol])} ${shown.field.padEnd(width)} = ${first}`;
    return [name, ...more.map((line) => `  ${line}`)];
  });
}

/** Whether the field gets a value, changes it, or loses it. */
export function symbolOf({ before, after }: ShownField): "+" | "~" | "-" {
  if (typeof before === "boolean" && typeof after === "boolean") return "~";
  if (before === null || isEmpty(before)) return "+";
  return after === null || isEmpty(after) ? "-" : "~";
}

function valueLines({ field, before, after, varies }: ShownField, paint: Paint): readonly string[] {
  const arrow = paint("->", "yellow");
  if (varies) return ["(differs between mailboxes)"];
  if (isHidden({ before, after })) return [masked];
  // A fingerprint means nothing to a reader.
  if (field === "photo")
    return [before !== null && before !== "" && after !== null && after !== "" ? "(new photo)" : "(photo)"];
  if (typeof before === "boolean" && typeof after === "boolean") return [`${before} ${arrow} ${after}`];
  if (before === null || isEmpty(before)) return [whole(after ?? "")];
  if (after === null) return [whole(before)];
  if (isEmpty(after)) return [`${whole(before)} ${arrow} ${whole(after)}`];
  if (typeof before === "object" && typeof after === "object" && before.length + after.length > 2) {
    return listDiff(before, after, paint);
  }
  const words = longWords(before, after, paint);
  if (words !== null) return [`"${words}"`];
  const note = looksAlike(before, after)
    ? paint(" # (looks the same, but its characters differ)", "dim")
    : "";
  return [`${whole(before)} ${arrow} ${whole(after)}${note}`];
}

/** Whether the values are hidden by redaction. */
export function isHidden({ before, after }: Pick<ShownField, "before" | "after">): boolean {
  return isMasked(before) || isMasked(after);
}

function isMasked(value: FieldValue | null): boolean {
  return typeof value === "object" ? value?.[0] === masked : value === masked;
}

function longWords(before: FieldValue, after: FieldValue, paint: Paint): string | null {
  if (typeof before !== "string" || typeof after !== "string") return null;
  if (Math.max(before.length, after.length) < longText) return null;
  return wordDiff(before, after, paint);
}

function listDiff(before: readonly string[], after: readonly string[], paint: Paint): readonly string[] {
  const lines: string[] = [];
  let same = 0;
  for (const { value, added, removed } of diffArrays([...before], [...after])) {
    if (!added && !removed) same += value.length;
    const symbol = added ? "+" : "-";
    if (added || removed)
      lines.push(...value.map((item) => `  ${paint(symbol, symbolStyles[symbol])} ${whole(item)},`));
  }
  if (same > 0) lines.push(paint(`    # (${same} unchanged hidden)`, "dim"));
  return ["[", ...lines, "]"];
}

function whole(value: FieldValue): string {
  if (typeof value === "boolean") return String(value);
  if (typeof value === "string") return quoted(clipped(value, longestValue));
  return `[${value.map((item) => quoted(clipped(item, longestValue))).join(", ")}]`;
}

function looksAlike(before: FieldValue, after: FieldValue): boolean {
  return String(before).normalize("NFKC") === String(after).normalize("NFKC");
}
