import { expect, test } from "vitest";
import { createPaint } from "../../src/render/color.ts";
import { clipped, wordDiff } from "../../src/render/word-diff.ts";

function many(word: string): string {
  return Array.from({ length: 20_000 }, (_, i) => `${word}${i} x`).join(" ");
}

const plain = createPaint(false);

test("words that go and come are marked, what is between them is shortened", () => {
  const filler = "and so on without any end, as people write when they have time, ".repeat(3);
  expect(wordDiff(`Mondays ${filler}works`, `Tuesdays ${filler}rests`, plain)).toBe(
    "[-Mondays-]{+Tuesdays+} and so on without any … when they have time, [-works-]{+rests+}",
  );
});

test("words are words in every script", () => {
  expect(wordDiff("Бухгалтер на третьем этаже", "Инженер на третьем этаже", plain)).toBe(
    "[-Бухгалтер-]{+Инженер+} на третьем этаже",
  );
});

test("texts without enough in common, and endless ones, are not compared by word", () => {
  expect(wordDiff("one two three", "uno dos tres", plain)).toBeNull();
  expect(wordDiff(many("a"), many("b"), plain)).toBeNull();
});

test("a long text is cut between characters, and says how much is left out", () => {
  expect(clipped("abc", 3)).toBe("abc");
  expect(clipped("💻💻💻", 2)).toBe("💻💻… (1 more characters)");
});
