import { expect, test, vi } from "vitest";
import { readHead } from "../../src/sources/csv-head.ts";

async function* blocksOf(count: number, block: string, first = block): AsyncGenerator<string> {
  yield first;
  for (let at = 1; at < count; at++) yield block;
}

test.each([
  ["a,b;c,d\n1;2;3;4;5\n", ","],
  ['\n \r\n"a,b,c";d\n', ";"],
  ["a\tb", "\t"],
  ["a\n1,2\n", ","],
  ["", ","],
])("the delimiter is found in the header: %j", async (text, delimiter) => {
  expect(await readHead(blocksOf(1, "", text))).toEqual({ text, delimiter });
  // Wherever it is cut.
  const cut = await readHead(Array.from(text).values() as unknown as AsyncIterator<string>);
  expect(cut.delimiter).toBe(delimiter);
});

test("no block is gone over again with the next one", async () => {
  const charAt = vi.spyOn(String.prototype, "charAt");
  const trim = vi.spyOn(String.prototype, "trim");
  try {
    const { text } = await readHead(blocksOf(60, `"${"x".repeat(98)}"`));
    expect(charAt.mock.calls.length).toBeLessThan(2 * text.length);
    await readHead(blocksOf(60, "\n".repeat(100)));
    const trimmed = trim.mock.contexts.reduce((sum: number, one) => sum + String(one).length, 0);
    expect(trimmed).toBeLessThan(20_000);
  } finally {
    charAt.mockRestore();
    trim.mockRestore();
  }
});

test("a quote that is never closed is not looked for beyond the longest row", async () => {
  let taken = 0;
  const counted = async function* (): AsyncGenerator<string> {
    for await (const block of blocksOf(100, "x,y\n".repeat(16_384), '"a,b\n')) {
      taken++;
      yield block;
    }
  };
  const { text } = await readHead(counted());
  expect(text.length).toBeLessThan(5 * 1024 * 1024);
  expect(taken).toBeLessThan(70);
});
