/** Longer than any name in a directory; a CSV file may contain longer ones. */
const longest = 256;

/** Shortens a name for display, so that an extremely long one does not hide everything else. */
export function shortName(name: string): string {
  if (name.length <= longest) return name;
  return `${name.slice(0, longest).replace(/[\uD800-\uDBFF]$/u, "")}…`;
}
