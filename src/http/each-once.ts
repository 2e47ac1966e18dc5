/** Pages in a row without anything new after which the answer is taken for a circle of nextLinks. */
export const pagesWithoutNews = 100;

/** Items of a collection while its pages come: each id once, since positions shift when somebody adds an item. */
export interface EachOnce {
  /** Those of a page that did not come before, in its order. */
  fresh<Item extends { readonly id: string }>(page: readonly Item[]): readonly Item[];
  /** Whether pages keep coming that bring nothing new, so that there is no end to be expected. */
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
