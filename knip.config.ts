import type { KnipConfig } from "knip";

const config: KnipConfig = {
  // Read as JSON by src/config/rules/mail-contacts.ts, which knip does not see.
  ignoreDependencies: ["email-providers"],
  entry: [
    "src/cli/bin.ts!",
    "src/render/html/page/main.ts!",
    "scripts/*.ts",
    "scripts/demo/{quickstart,two-tenants}.ts",
    "scripts/bench/{bench,usage}.ts",
  ],
  project: ["src/**/*.ts!", "scripts/**/*.ts", "test/**/*.ts"],
  ignoreExportsUsedInFile: true,
  // What the package test runs is what it installed; apt-get is run only where it is.
  ignoreBinaries: ["galops", "apt-get"],
};

export default config;
