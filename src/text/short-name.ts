/** Longer than any name that a directory takes; a file of rows may hold more. */
const longest = 256;

/** A name as it is shown and spoken of, so that one that somebody wrote a book into does not bury all else. */
export function shortName(name: string): string {
  if (name.length <= longest) return name;
  return `${name.slice(0, longest).replace(/[\uD800-\uDBFF]$/u, "")}…`;
}
