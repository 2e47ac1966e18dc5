const most = 3;

/**
 * Reduces a name to at most three initials, e.g. `A. E.`. Numbers, and scripts in which one letter can be a whole name
 * (Han, Hangul), give a dot instead of a letter.
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
