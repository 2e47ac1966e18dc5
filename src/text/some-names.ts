/** How many are named where there may be any number. */
export const namesShown = 3;

/**
 * `Ann, Bo, Cai and 4 more`: the first few of them.
 *
 * @param count - of all, where `names` are not all
 */
export function someNames(names: readonly string[], count = names.length): string {
  const shown = names.slice(0, namesShown);
  const more = count - shown.length;
  return shown.join(", ") + (more > 0 ? ` and ${more} more` : "");
}
