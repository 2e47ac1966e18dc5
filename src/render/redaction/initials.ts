const most = 3;

/**
 * A name as initials, e.g. `A. E.`, at most three. In scripts where one letter is a whole name (Han, Hangul), and for
 * numbers, there is a dot in its place.
 */
export function initialsOf(name: string): string {
  const words = name.match(/[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu) ?? [];
  if (words.length === 0) return "?";
  return words.slice(0, most).map(initial).join(" ");
}

function initial(word: string): string {
  const [first = ""] = Array.from(word);
  return /\p{N}|\p{scx=Han}|\p{scx=Hangul}/u.test(first) ? "•" : `${first.toUpperCase()}.`;
}
