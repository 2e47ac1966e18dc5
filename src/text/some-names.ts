/** How many names are shown of a list of any length. */
export const namesShown = 3;

/**
 * Lists the first few names: `Ann, Bo, Cai and 4 more`.
 *
 * @param count - the total, if `names` is incomplete
 */
export function someNames(names: readonly string[], count = names.length): string {
  const shown = names.slice(0, namesShown);
  const more = count - shown.length;
  return shown.join(", ") + (more > 0 ? ` and ${more} more` : "");
}
