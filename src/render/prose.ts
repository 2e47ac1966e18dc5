import type { Paint, Style } from "./color.ts";

/** `1 mailbox`, `812 mailboxes`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** `a`, `a and b`, `a, b and c`. */
export function enumerated(items: readonly string[]): string {
  const last = items.at(-1) ?? "";
  return items.length < 2 ? last : `${items.slice(0, -1).join(", ")} and ${last}`;
}

/** Wraps text at `width` characters. A longer word is not broken, so that it can be copied. */
export function wrapped(text: string, width: number): readonly string[] {
  return text.split("\n").flatMap((paragraph) => {
    const lines: string[] = [];
    let line = "";
    for (const word of paragraph.split(" ")) {
      if (line !== "" && line.length + 1 + word.length > width) {
        lines.push(line);
        line = word;
      } else {
        line = line === "" ? word : `${line} ${word}`;
      }
    }
    return [...lines, line];
  });
}

/** Line width that fits on the terminal and is still readable. */
export function proseWidth(columns: number): number {
  return Math.min(Math.max(columns, 40), 100) - 2;
}

/** Draws a rule to the left of lines, as Terraform does for errors. */
export function boxed(lines: readonly string[], paint: Paint, style: Style): string {
  const body = lines.map((line) => (line === "" ? paint("│", style) : `${paint("│", style)} ${line}`));
  return `${[paint("╷", style), ...body, paint("╵", style)].join("\n")}\n`;
}

/** A rounded duration: `40 seconds`, `25 minutes`, `3.5 hours`. */
export function durationText(seconds: number): string {
  if (seconds < 90) return counted(Math.max(1, Math.round(seconds)), "second");
  if (seconds < 90 * 60) return counted(Math.round(seconds / 60), "minute");
  return `${Number((seconds / 3600).toFixed(1))} hours`;
}
