import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { parseDocument } from "yaml";
import { run } from "../src/cli/program.ts";
import { fakeContext } from "./fakes/context.ts";
import { temporaryFolder } from "./fakes/folder.ts";

const folder = fileURLToPath(new URL("../examples/pipelines", import.meta.url));
const files = readdirSync(folder);
const read = (file: string): string => readFileSync(path.join(folder, file), "utf8");

/** The commands of galops that a file runs, without what the shell does with their output. */
function commandsIn(text: string): readonly string[] {
  return [...text.matchAll(/^(?!\s*#).*?(?:npx |\/usr\/bin\/)galops (?<command>.+)$/gmu)].map(
    ({ groups }) => groups?.["command"]?.split(" > ")[0] ?? "",
  );
}

test.each(files.filter((file) => file.endsWith(".yml")))("%s is YAML without a mistake", (file) => {
  const { errors, warnings } = parseDocument(read(file));
  expect([...errors, ...warnings]).toEqual([]);
});

test.each(files.filter((file) => commandsIn(read(file)).length > 0))(
  "%s runs commands that exist",
  async (file) => {
    for (const command of commandsIn(read(file))) {
      const words = command.split(/\s+/u).map((word) => word.replaceAll('"', ""));
      const fake = fakeContext({ cwd: temporaryFolder() });
      await run(words, fake.context);
      // There is no config here; whoever comes to miss it has understood the command.
      expect(fake.stderr()).not.toMatch(/^error: |unknown (?:option|command)|too many arguments/mu);
      expect(fake.stderr()).toMatch(/config|ENOENT|does not exist/iu);
    }
  },
);

test("each of them is checked", () => {
  expect(files.flatMap((file) => commandsIn(read(file)))).toHaveLength(10);
  expect(files).toContain("galops.timer");
});
