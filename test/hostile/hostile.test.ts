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
  if (found.length < 2) throw new Error(`Nothing was printed by ${String(pattern)}.`);
  return found;
}

/** The commands of which the check complains, with what. */
function complaints(
  those: Iterable<readonly [command: string, output: string]>,
  check: (output: string, command: string) => unknown,
): readonly string[] {
  return [...those].flatMap(([command, output]) => {
    try {
      const found = check(output, command);
      return Array.isArray(found) && found.length > 0 ? [`${command}: ${found.join("; ")}`] : [];
    } catch (error) {
      return [`${command}: ${String(error)}`];
    }
  });
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
    const pages = /--format html(?!.*stderr)/u;
    const found = [...(await outputs()).printed].filter(([command]) => !pages.test(command));
    const leaks = complaints(found, (output, command) => {
      const tellsGithub = /^(?:validate --format github|ci github)$/u.test(command);
      return leaksIn(output).filter((leak) => !tellsGithub || !leak.startsWith("a command of GitHub"));
    });
    expect(leaks).toEqual([]);
  },
);

test("64 KB in a name or a note do not bury what else is to be seen", { timeout: minutes }, async () => {
  const found = await printed(/text|markdown|ci|stderr/u);
  const long = complaints(found, (output) => output.split("\n").filter((line) => line.length > 4000));
  expect(long).toEqual([]);
});

test("JSON is JSON, and says to a program exactly what is there", { timeout: minutes }, async () => {
  const found = await printed(/--format (?:json|sarif)[^(]*$/u);
  expect(complaints(found, (output) => void JSON.parse(output))).toEqual([]);
  const values = new Set<unknown>();
  const plan = (await outputs()).printed.get("show week.plan --format json --redact none") ?? "";
  JSON.parse(plan, (_key, value) => {
    values.add(value);
    return value as unknown;
  });
  for (const text of [hostileTexts.script, hostileTexts.formula, hostileTexts.turnsTheLine]) {
    expect(values).toContain(text);
  }
});

test("Markdown has no markup but our own", { timeout: minutes }, async () => {
  const found = await printed(/--format markdown[^(]*$|\((?:comment|summary)\)/u);
  const own = /<!-- galops:comment galops\.yaml -->\n|<\/?sub>|\[run\]\(https:\/\/github\.test\/[\w/]+\)/gu;
  expect(complaints(found, (output) => expectHarmless(output.replaceAll(own, "")))).toEqual([]);
});

test(
  "a page has no elements but our own, and its data nothing that does anything",
  { timeout: minutes },
  async () => {
    const found = await printed(/--format html[^(]*$/u);
    const ownParts = /<script>[^]*?<\/script>|<style>[^]*?<\/style>|\t/gu;
    const data = found.map(([command, page]) => [command, page.replaceAll(ownParts, "")] as const);
    expect(new Set(data.map(([, page]) => [...elementsIn(page)].join(" ")))).toEqual(new Set([ownElements]));
    expect(complaints(data, leaksIn)).toEqual([]);
  },
);

test("JUnit is XML", { timeout: minutes }, async () => {
  const junit = (await outputs()).printed.get("apply --auto-approve --format junit") ?? "";
  expect(XMLValidator.validate(junit)).toBe(true);
});

test(
  "plans and journals are lines of harmless JSON, for their owner only",
  { timeout: minutes },
  async () => {
    const { files, open } = await outputs();
    expect(open).toEqual([]);
    const kept = [...files].filter(([name]) => /\.plan$|journal\.ndjson$/u.test(name));
    expect(kept.length).toBeGreaterThan(8);
    expect(complaints(kept, leaksIn)).toEqual([]);
    // The last line of a plan is its sum.
    const linesOf = (text: string): readonly string[] => text.trimEnd().split("\n").slice(0, -1);
    expect(complaints(kept, (text) => void linesOf(text).map((line) => JSON.parse(line) as unknown))).toEqual(
      [],
    );
    expect(kept.some(([, text]) => text.includes(JSON.stringify(half).slice(1, -1)))).toBe(true);
  },
);
