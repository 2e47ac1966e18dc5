import { cpSync, existsSync, readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { run } from "../src/cli/program.ts";
import { fakeContext } from "./fakes/context.ts";
import { temporaryFolder } from "./fakes/folder.ts";

const examples = fileURLToPath(new URL("../examples", import.meta.url));
const withConfig = readdirSync(examples).filter((name) =>
  existsSync(path.join(examples, name, "galops.yaml")),
);

/** The commands that the config itself tells to begin with. */
function beginning(config: string): readonly (readonly string[])[] {
  return [...config.matchAll(/# .*?galops (?<command>sandbox init .+)$/gmu)].map(
    ({ groups }) => groups?.["command"]?.split(" ") ?? [],
  );
}

test.each(withConfig)(
  "%s begins as it says, is valid, plans, and once applied has nothing left to do",
  async (name) => {
    const folder = temporaryFolder();
    cpSync(path.join(examples, name), folder, { recursive: true });
    const galops = async (...argv: readonly string[]): Promise<string> => {
      const fake = fakeContext({ cwd: folder });
      const code = await run(argv, fake.context);
      expect(fake.stderr()).not.toContain("Error:");
      expect([argv, code]).toEqual([argv, 0]);
      return fake.stdout();
    };
    const commands = beginning(readFileSync(path.join(folder, "galops.yaml"), "utf8"));
    expect(commands.length).toBeGreaterThan(0);
    for (const command of commands) await galops(...command);
    expect(await galops("validate")).toMatch(/^The configuration is valid\.$/m);
    expect(await galops("plan")).toMatch(/^Plan: [1-9]\d* to create, 0 to update, 0 to delete/m);
    await galops("apply", "--auto-approve");
    expect(await galops("plan")).toMatch(/^No changes\./m);
  },
);

test("every other example is tested elsewhere", () => {
  const others = readdirSync(examples).filter((name) => !withConfig.includes(name));
  expect(others).toEqual(["pipelines"]); // by pipelines.test.ts
});
