import { expect, test } from "vitest";
import type { Row } from "../../../src/http/exchange/exchange.ts";
import type { Page } from "../../../src/http/exchange/page.ts";
import { readAll } from "../../../src/http/exchange/read-all.ts";
import { pagesWithoutNews } from "../../../src/http/each-once.ts";

function contacts(count: number): readonly Row[] {
  return Array.from({ length: count }, (_, index) => ({ Guid: `guid-${index}`, Name: `galops-${index}` }));
}

const few = contacts(10);
/** More than a function can be given one by one. */
const many = contacts(150_000);

const last = (rows: readonly Row[]): Promise<Page> => Promise.resolve({ rows, next: null, isCut: false });

test("pages of any size are taken, along links and by names", async () => {
  const next = "https://x/?2";
  const byLinks = await readAll("Get-MailContact", {}, (_, link) =>
    link === null ? Promise.resolve({ rows: few, next, isCut: false }) : last(many),
  );
  expect(byLinks).toHaveLength(many.length);
  const byNames = await readAll("Get-MailContact", {}, ({ Filter }) =>
    Filter === undefined ? Promise.resolve({ rows: few, next: null, isCut: true }) : last(many),
  );
  expect(byNames).toHaveLength(many.length);
});

test.each<[string, (page: number) => readonly Row[]]>([
  ["the same contacts", () => few.slice(0, 3)],
  ["nobody", () => []],
  ["what has no Guid", (page) => [{ Name: `galops-${page}` }]],
])(
  "links that are always new and lead to %s are not followed forever: it is read by names",
  async (_, at) => {
    let pages = 0;
    const rows = await readAll("Get-MailContact", {}, (_parameters, link) => {
      // Once it is given up, it begins anew without a link.
      if (link === null && pages > 0) return last(few);
      pages++;
      if (pages > 500) throw new Error("It is followed forever.");
      return Promise.resolve({ rows: at(pages), next: `https://x/?page=${pages}`, isCut: false });
    });
    expect(rows).toHaveLength(few.length);
    expect(pages).toBeLessThan(pagesWithoutNews + 3);
  },
);

test("links that lead to somebody new now and then are followed to their end", async () => {
  let pages = 0;
  const rows = await readAll("Get-MailContact", {}, () => {
    const at = Math.floor(pages++ / (pagesWithoutNews - 1));
    const next = at < 3 ? `https://x/?page=${pages}` : null;
    return Promise.resolve({ rows: few.slice(at, at + 1), next, isCut: false });
  });
  expect(rows).toHaveLength(4);
});
