import type { Log } from "sarif";
import { expect, test } from "vitest";
import type { Diagnostic } from "../../src/model/diagnostic.ts";
import { renderSarif } from "../../src/render/sarif.ts";

const unknown: Diagnostic = {
  severity: "error",
  code: "unknown-source",
  summary: "Unknown source",
  detail: 'The sync takes people from "stafff", which no source is named. Did you mean "staff"?',
  place: { file: "config/my galops.yaml", line: 12, column: 12 },
};

function logOf(diagnostics: readonly Diagnostic[]): Log {
  return JSON.parse(renderSarif(diagnostics, { version: "1.2.3", file: "galops.yaml" })) as Log;
}

test("a diagnostic is a result of its rule at its place", () => {
  expect(logOf([unknown])).toEqual({
    $schema: expect.stringContaining("sarif-schema-2.1.0.json"),
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "galops",
            version: "1.2.3",
            rules: [
              {
                id: "unknown-source",
                shortDescription: { text: "Unknown source" },
                defaultConfiguration: { level: "error" },
              },
            ],
          },
        },
        columnKind: "utf16CodeUnits",
        results: [
          {
            ruleId: "unknown-source",
            ruleIndex: 0,
            level: "error",
            message: { text: `Unknown source. ${unknown.detail}` },
            locations: [
              {
                physicalLocation: {
                  artifactLocation: { uri: "config/my%20galops.yaml" },
                  region: { startLine: 12, startColumn: 12 },
                },
              },
            ],
          },
        ],
      },
    ],
  });
});

test("nothing to say is a run without results", () => {
  expect(logOf([]).runs[0]).toMatchObject({ results: [], tool: { driver: { rules: [] } } });
});

test("each code is one rule, and each result names its own", () => {
  const warning: Diagnostic = { ...unknown, code: "unused", severity: "warning" };
  const [run] = logOf([unknown, warning, unknown]).runs;
  expect(run?.tool.driver.rules?.map(({ id }) => id)).toEqual(["unknown-source", "unused"]);
  expect(run?.results?.map(({ ruleIndex, level }) => [ruleIndex, level])).toEqual([
    [0, "error"],
    [1, "warning"],
    [0, "error"],
  ]);
});

test.each([
  ["./galops.yaml", "galops.yaml"],
  [String.raw`galops\a b.yaml`, "galops/a%20b.yaml"],
  ["/srv/galops.yaml", "file:///srv/galops.yaml"],
  [String.raw`C:\work\galops.yaml`, "file:///C%3A/work/galops.yaml"],
  ["50%#?.yaml", "50%25%23%3F.yaml"],
])("the file %s is the URI %s", (file, uri) => {
  const [run] = logOf([{ ...unknown, place: { file, line: 1, column: 1 } }]).runs;
  expect(run?.results?.[0]?.locations?.[0]?.physicalLocation?.artifactLocation?.uri).toBe(uri);
});

test("what has no place is shown at the beginning of the config", () => {
  const [run] = logOf([{ ...unknown, place: null }]).runs;
  expect(run?.results?.[0]?.locations?.[0]?.physicalLocation).toEqual({
    artifactLocation: { uri: "galops.yaml" },
    region: { startLine: 1 },
  });
});

test("what somebody wrote into a config is no link and moves no cursor", () => {
  const text = renderSarif([{ ...unknown, detail: "[click](https://mallory.example) \u001B[2J" }], {
    version: "1",
    file: "galops.yaml",
  });
  expect(text).not.toContain("](");
  expect(text).not.toContain("\u001B");
});
