import type { KnipConfig } from "knip";

const config: KnipConfig = {
  entry: ["src/cli/bin.ts!", "scripts/*.ts", "scripts/bench/{bench,usage}.ts"],
  project: ["src/**/*.ts!", "scripts/**/*.ts", "test/**/*.ts"],
  ignoreExportsUsedInFile: true,
  // What the package test runs is what it installed.
  ignoreBinaries: ["galops"],
};

export default config;
