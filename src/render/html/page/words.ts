import { harmless } from "../../harmless.ts";

const numbers = new Intl.NumberFormat("en");

export function number(value: number): string {
  return numbers.format(value);
}

/** `1 mailbox`, `1,812 mailboxes`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${number(count)} ${count === 1 ? one : many}`;
}

/** Escapes text of a tenant for display: invisible characters are spelled out. */
export function seen(text: string): string {
  return harmless(text);
}

/** Escapes text of several lines. */
export function seenLines(text: string): string {
  return text.split(/\r?\n/u).map(harmless).join("\n");
}
