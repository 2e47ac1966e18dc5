import { expect, test } from "vitest";
import { faultNames } from "./faults.ts";
import { requestKinds, sweep } from "./sweep.ts";

test("every fault at every kind of request does no harm", { timeout: 300_000 }, async () => {
  const kinds = await requestKinds();
  const wrong: string[] = [];
  let injected = 0;
  for await (const { kind, fault, met, broken } of sweep(kinds)) {
    if (met) injected++;
    else wrong.push(`${fault} never met ${kind}`);
    wrong.push(...broken.map((law) => `${fault} at ${kind}: ${law}`));
  }
  process.stdout.write(
    `${injected} faults injected: ${faultNames.length} kinds at ${kinds.length} kinds of requests.\n`,
  );
  expect(wrong).toEqual([]);
  // Reading users, groups, photos, folders and contacts, and writing all that is written, in Graph and in Exchange.
  expect(kinds.length).toBeGreaterThanOrEqual(20);
});
