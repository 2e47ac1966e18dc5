import { XMLValidator } from "fast-xml-parser";
import { expect, test } from "vitest";
import { expectHarmless } from "../render/markdown/harmless-markdown.ts";
import { hostileOutputs } from "./outputs.ts";
import type { HostileOutputs } from "./outputs.ts";
import { elementsIn, half, hostileTexts, leaksIn } from "./texts.ts";

let made: Promise<HostileOutputs> | null = null;
/** Made by the first test, and all in memory. */
const outputs = (): Promise<HostileOutputs> => (made ??= hostileOutputs());

async function printed(pattern: RegExp): Promise<readonly (readonly [command: string, output: string])[]> {
  const found = [...(await outputs()).printed].filter(([command]) => pattern.test(command));
  expect(found.length, String(pattern)).toBeGreaterThan(1);
  return found;
}

/** Those of a page for a plan of whomever, its data in the last of them. */
const ownElements =
  "<html <head <meta <title </title <link </head <body <noscript </noscript <div </div <script </script </body </html";

const minutes = 120_000;

test("each command goes its way among hostile people", { timeout: minutes }, async () => {
  const { codes } = await outputs();
  const told = [...codes].filter(([, code]) => code !== 0).map(([command, code]) => `${command}: ${code}`);
  expect(told).toEqual([
    "apply week.plan: 3",
    ...["junit", "markdown", "html", "json", "text"].map(
      (format) => `apply --auto-approve --format ${format}: 3`,
    ),
    "apply next.plan --max-age 300d: 3",
    ...["text", "json"].map((format) => `rollback last --auto-approve --format ${format}: 3`),
  ]);
});

test(
  "nothing that is printed does anything to a terminal, a log or a CI system",
  { timeout: minutes },
  async () => {
    for (const [command, output] of (await outputs()).printed) {
      if (/--format html(?!.*stderr)/u.test(command)) continue;
      const commands = /^(?:validate --format github|ci github)$/u.test(command);
      const leaks = leaksIn(output).filter((leak) => !commands || !leak.startsWith("a command of GitHub"));
      expect(leaks, command).toEqual([]);
    }
  },
);

test("64 KB in a name or a note do not bury what else is to be seen", { timeout: minutes }, async () => {
  for (const [command, output] of await printed(/text|markdown|ci|stderr/u)) {
    const longest = Math.max(...output.split("\n").map((line) => line.length));
    expect(longest, command).toBeLessThan(4000);
  }
});

test("JSON is JSON, and says to a program exactly what is there", { timeout: minutes }, async () => {
  for (const [command, output] of await printed(/--format (?:json|sarif)[^(]*$/u)) {
    expect(() => void JSON.parse(output), command).not.toThrow();
  }
  const values = new Set<unknown>();
  JSON.parse(
    (await outputs()).printed.get("show week.plan --format json --redact none") ?? "",
    (_key, value) => {
      values.add(value);
      return value as unknown;
    },
  );
  for (const text of [hostileTexts.script, hostileTexts.formula, hostileTexts.turnsTheLine]) {
    expect(values).toContain(text);
  }
});

test("Markdown has no markup but our own", { timeout: minutes }, async () => {
  for (const [command, output] of await printed(/--format markdown[^(]*$|\((?:comment|summary)\)/u)) {
    const own = /<!-- galops:comment galops\.yaml -->\n|<\/?sub>|\[run\]\(https:\/\/github\.test\/[\w/]+\)/gu;
    expect(() => expectHarmless(output.replaceAll(own, "")), command).not.toThrow();
  }
});

test(
  "a page has no elements but our own, and its data nothing that does anything",
  { timeout: minutes },
  async () => {
    for (const [command, page] of await printed(/--format html[^(]*$/u)) {
      const data = page.replaceAll(/<script>[^]*?<\/script>|<style>[^]*?<\/style>/gu, "");
      expect([...elementsIn(data)].join(" "), command).toBe(ownElements);
      expect(leaksIn(data.replaceAll("\t", "")), command).toEqual([]);
    }
  },
);

test("JUnit is XML", { timeout: minutes }, async () => {
  const found = [...(await outputs()).printed].filter(([command]) => /--format junit$/u.test(command));
  expect(found).toHaveLength(1);
  for (const [, output] of found) expect(XMLValidator.validate(output)).toBe(true);
});

test(
  "plans and journals are lines of harmless JSON, for their owner only",
  { timeout: minutes },
  async () => {
    const { files, open } = await outputs();
    expect(open).toEqual([]);
    const names = [...files.keys()].filter((name) => /\.plan$|journal\.ndjson$/u.test(name));
    expect(names.length).toBeGreaterThan(8);
    for (const name of names) {
      const text = files.get(name) ?? "";
      expect(leaksIn(text), name).toEqual([]);
      const [, ...rest] = text.trimEnd().split("\n").toReversed();
      for (const line of rest) expect(() => void JSON.parse(line), name).not.toThrow();
    }
    const journals = names.filter((name) => name.endsWith("ndjson")).map((name) => files.get(name));
    expect(journals.some((text) => text?.includes(JSON.stringify(half).slice(1, -1)))).toBe(true);
  },
);
