const codes = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, cyan: 36 } as const;

export type Style = keyof typeof codes;

/** Styles a text, or returns it unchanged when colors are off. Styles do not nest. */
export type Paint = (text: string, ...styles: readonly Style[]) => string;

export function createPaint(color: boolean): Paint {
  if (!color) return (text) => text;
  return (text, ...styles) =>
    styles.length === 0 ? text : `\u001B[${styles.map((style) => codes[style]).join(";")}m${text}\u001B[0m`;
}
