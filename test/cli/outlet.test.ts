import { globSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

const folder = new URL("../../src/cli/", import.meta.url);

/** Files that hand text to stdout or stderr by themselves, and why that shows nobody to anybody. */
const allowed: Readonly<Record<string, string>> = {
  "output/print-failure.ts": "looks whether something was printed, and prints through ui.ts",
  "output/ui.ts": "hides people in all that goes through it",
  "process/process-context.ts": "makes the streams",
  "program.ts": "prints help",
  "commands/version.ts": "prints the version",
  "commands/sandbox/init.ts": "tells how large a practice tenant is",
  "commands/sandbox/show.ts": "prints a practice tenant, as it was asked to",
};

test("text leaves the program in one place, where people are hidden in it", () => {
  const files = globSync("**/*.ts", { cwd: folder }).filter((file) => {
    const text = readFileSync(new URL(file, folder), "utf8");
    const taken = /(?:process|context)\.std(?:out|err)\b|\{[^{}]*\bstd(?:out|err)\b[^{}]*\} = /u;
    return file !== "bin.ts" && taken.test(text);
  });
  expect(files.toSorted()).toEqual(Object.keys(allowed).toSorted());
});
