/**
 * Where JSON that cannot be parsed goes wrong; at the end of what was cut off. Of many mistakes the parser itself does
 * not say where they are, but of every beginning of the text it says whether one is in it.
 */
export function firstBroken(text: string): number {
  const whole = mistakeIn(text);
  if (typeof whole === "number") return whole;
  let sound = 0;
  let broken = text.length + 1;
  while (broken - sound > 1) {
    const middle = Math.floor((sound + broken) / 2);
    if (middle > text.length || isBroken(text.slice(0, middle))) broken = middle;
    else sound = middle;
  }
  return broken - 1;
}

function isBroken(beginning: string): boolean {
  const mistake = mistakeIn(beginning);
  return mistake === "somewhere" || (typeof mistake === "number" && mistake < beginning.length);
}

/** Offset of the first mistake: the length where only something is missing. */
function mistakeIn(text: string): number | "none" | "somewhere" {
  try {
    JSON.parse(text);
    return "none";
  } catch (error) {
    const message = error instanceof Error ? error.message : "";
    if (/end of JSON input|Unterminated/.test(message)) return text.length;
    const offset = /at position (\d+)/.exec(message)?.[1];
    return offset === undefined ? "somewhere" : Number(offset);
  }
}
