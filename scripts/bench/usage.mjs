/**
 * Loaded before galops by the bench: writes what the process used to the file that BENCH_USAGE names. In JavaScript,
 * since Node would spend as much on taking the types out of it as on its own start.
 */
import { writeFileSync } from "node:fs";

process.on("exit", () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  const file = process.env["BENCH_USAGE"];
  if (file === undefined) return;
  writeFileSync(
    file,
    JSON.stringify({ cpuSeconds: (userCPUTime + systemCPUTime) / 1e6, peakMegabytes: maxRSS / 1024 }),
  );
});
