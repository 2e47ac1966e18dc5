/** Seeded fault runs for a night: `npm run soak -- --seeds 20000 [--from 0]`. Ends with 1 when a law was broken. */
import { parseArgs } from "node:util";
import { runSeeds, seedsText } from "../test/faults/seeds.ts";

const { values } = parseArgs({
  options: { seeds: { type: "string", default: "1000" }, from: { type: "string", default: "0" } },
});
const from = Number(values.from);
const to = from + Number(values.seeds);
const report = await runSeeds(from, to, (seed, broken) => {
  if ((seed + 1 - from) % 100 === 0)
    console.error(`${seed + 1 - from} of ${to - from}, ${broken} laws broken`);
});
for (const law of report.broken) console.log(law);
console.log(seedsText(report));
process.exitCode = report.broken.length === 0 ? 0 : 1;
