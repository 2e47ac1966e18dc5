import path from "node:path";
import { defineConfig } from "vitest/config";

/** Tests that start processes, use what the process has once, or take long: each file in a process of its own. */
const alone = ["test/*.test.ts", "test/{browser,cli,faults,github,mutations}/**/*.test.ts"];

export default defineConfig({
  test: {
    testTimeout: 30_000,
    // All cores: by default one is left idle, which is half of a machine of two.
    maxWorkers: "100%",
    coverage: { include: ["src/**"], exclude: ["**/*.gen.ts"] },
    projects: [
      {
        extends: true,
        test: {
          name: "alone",
          include: alone,
          setupFiles: ["test/seed.ts"],
          // Commands that are started in processes are compiled once.
          env: { NODE_COMPILE_CACHE: path.resolve("node_modules/.cache/galops-tests") },
        },
      },
      {
        extends: true,
        test: {
          name: "together",
          include: ["test/*/**/*.test.ts"],
          exclude: alone,
          setupFiles: ["test/seed.ts"],
          // These files share nothing that a test changes, so that modules are loaded once.
          isolate: false,
        },
      },
    ],
  },
});
