import type { KnipConfig } from "knip";

const config: KnipConfig = {
  // Read as JSON by src/config/rules/mail-contacts.ts, which knip does not see.
  ignoreDependencies: ["email-providers"],
  entry: [
    "src/cli/bin.ts!",
    "src/render/html/page/main.ts!",
    "scripts/*.ts",
    "scripts/demo/{quickstart,two-tenants}.ts",
    "scripts/bench/{bench.ts,usage.mjs}",
  ],
  project: ["src/**/*.ts!", "scripts/**/*.{ts,mjs}", "test/**/*.ts"],
  ignoreExportsUsedInFile: true,
  // What the package test runs is what it installed; apt-get and systemd-analyze are run only where they are.
  ignoreBinaries: ["galops", "apt-get", "mkfifo", "systemd-analyze"],
};

export default config;
