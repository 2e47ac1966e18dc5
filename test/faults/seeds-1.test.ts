import { expect, test } from "vitest";
import { runSeeds, seedsText } from "./seeds.ts";

test("whatever goes wrong, a clean run puts it right (1 of 2)", { timeout: 300_000 }, async () => {
  const report = await runSeeds(0, 250);
  process.stdout.write(`${seedsText(report)}\n`);
  expect(report.broken).toEqual([]);
  expect(report.kills).toBeGreaterThan(20);
  expect(report.faults).toBeGreaterThan(1000);
});
