/** How many consecutive pages without a new item mean that the nextLinks form a circle. */
export const pagesWithoutNews = 100;

/**
 * Removes duplicates from the pages of a collection: an item may come twice, since positions shift when another one is
 * added while the pages are read.
 */
export interface EachOnce {
  /** The items of a page whose ids did not occur before, in the order of the page. */
  fresh<Item extends { readonly id: string }>(page: readonly Item[]): readonly Item[];
  /** Whether so many pages brought nothing new that the collection must be assumed to have no end. */
  isCircling(): boolean;
}

export function createEachOnce(): EachOnce {
  const seen = new Set<string>();
  let nothingNew = 0;
  return {
    fresh(page) {
      const fresh = page.filter(({ id }) => {
        const isNew = !seen.has(id);
        seen.add(id);
        return isNew;
      });
      nothingNew = fresh.length === 0 ? nothingNew + 1 : 0;
      return fresh;
    },
    isCircling: () => nothingNew >= pagesWithoutNews,
  };
}
