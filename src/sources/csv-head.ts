import { longestLineBytes } from "./utf8-text.ts";

/** The beginning of a CSV file, and what its header says about it. */
interface CsvHead {
  /** At least the header, unless it is longer than any row may be. */
  readonly text: string;
  /** The most frequent of comma, semicolon and tab in the header outside quotes; a comma when it has none of them. */
  readonly delimiter: string;
}

/** Takes blocks of a file until its header has ended, and goes over each of them once. */
export async function readHead(blocks: AsyncIterator<string>): Promise<CsvHead> {
  let text = "";
  const scan: Scan = { at: 0, quoted: false, isBlank: true };
  while (text.length <= longestLineBytes) {
    const block = await blocks.next();
    if (block.done === true) break;
    text += block.value;
    if (hasEnded(scan, block.value)) break;
  }
  return { text, delimiter: delimiterOf(text.slice(0, scan.at)) };
}

interface Scan {
  /** How far the header goes, as far as it was seen. */
  at: number;
  /** Whether a quote is open there. */
  quoted: boolean;
  /** Whether there was nothing but blanks so far. */
  isBlank: boolean;
}

/** Goes on with a scan. Whether the header ends in this block; then `at` is where. */
function hasEnded(scan: Scan, block: string): boolean {
  for (let index = 0; index < block.length; index++) {
    const char = block.charAt(index);
    if (char === '"') scan.quoted = !scan.quoted;
    const isBreak = char === "\n" || char === "\r";
    if (isBreak && !scan.quoted && !scan.isBlank) return true;
    if (scan.isBlank && char.trim() !== "") scan.isBlank = false;
    scan.at++;
  }
  return false;
}

function delimiterOf(text: string): string {
  const header = text.replaceAll(/"[^"]*"/g, "");
  const counts = [",", ";", "\t"].map((delimiter) => ({ delimiter, count: header.split(delimiter).length }));
  return counts.reduce((best, next) => (next.count > best.count ? next : best)).delimiter;
}
