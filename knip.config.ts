import type { KnipConfig } from "knip";

const config: KnipConfig = {
  entry: ["src/cli/bin.ts!", "scripts/*.ts", "scripts/bench/bench.ts"],
  project: ["src/**/*.ts!", "scripts/**/*.ts", "test/**/*.ts"],
  // The Node that the scripts run on; nothing imports it.
  ignoreDependencies: ["node", "oxlint-tsgolint"],
  ignoreExportsUsedInFile: true,
};

export default config;
