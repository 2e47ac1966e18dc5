import type { KnipConfig } from "knip";

const config: KnipConfig = {
  // Read as JSON by src/config/rules/mail-contacts.ts, which knip does not see.
  ignoreDependencies: ["email-providers"],
  entry: [
    "src/cli/bin.ts!",
    "scripts/*.ts",
    "scripts/demo/{quickstart,two-tenants}.ts",
    "scripts/bench/{bench,usage}.ts",
  ],
  project: ["src/**/*.ts!", "scripts/**/*.ts", "test/**/*.ts"],
  ignoreExportsUsedInFile: true,
  // What the package test runs is what it installed.
  ignoreBinaries: ["galops"],
};

export default config;
