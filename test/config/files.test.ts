import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { config, configFolder } from "./world.ts";

const [before = "", after = ""] = config({}).split("syncs:");

test("a config is found by its usual names, a file before a folder", async () => {
  using folder = configFolder();
  expect((await folder.load()).diagnostics).toMatchObject([{ code: "config-not-found", place: null }]);
  folder.write("galops/a.yml", config({}));
  expect((await folder.load()).config?.folder).toBe(join(folder.path, "galops"));
  folder.write("galops.yml", config({}));
  expect((await folder.load()).config?.folder).toBe(folder.path);
});

test("a config is found by the name that is given, from wherever one is", async () => {
  using folder = configFolder();
  using elsewhere = configFolder();
  folder.write("contoso/main.yaml", config({ sync: "x: 1" }));
  const inside = await folder.load(undefined, { path: "contoso/main.yaml" });
  expect(inside.diagnostics[0]?.place?.file).toBe(join("contoso", "main.yaml"));
  const outside = await elsewhere.load(undefined, { path: join(folder.path, "contoso") });
  expect(outside.diagnostics[0]?.place?.file).toBe(join(folder.path, "contoso", "main.yaml"));
  expect((await folder.load(undefined, { path: "none.yaml" })).diagnostics).toMatchObject([
    { code: "config-not-found" },
  ]);
});

test("a folder is read in the order of its file names, hidden files and folders left out", async () => {
  using folder = configFolder();
  folder.write("galops/b.yaml", before);
  folder.write("galops/a.yml", `version: 1\nsyncs:${after}`);
  folder.write("galops/.hidden.yaml", "x");
  folder.write("galops/notes.txt", "x");
  folder.write("galops/more/c.yaml", "x");
  const { config: loaded, diagnostics } = await folder.load();
  expect(diagnostics).toEqual([]);
  expect(loaded?.folder).toBe(join(folder.path, "galops"));
  folder.write("galops.yaml", config({}));
  expect((await folder.load()).config?.digest).toBe(loaded?.digest);
});

test("problems of several files are told together, in the order of the files", async () => {
  using folder = configFolder();
  folder.write("galops/a.yaml", before.replace("staff:", "stuff:"));
  folder.write("galops/b.yaml", `syncs:${after}    photos: 1\n`);
  const { diagnostics } = await folder.load();
  expect(diagnostics.map(({ code, place }) => `${code} ${place?.file}:${place?.line}`)).toEqual([
    `unknown-source ${join("galops", "b.yaml")}:4`,
    `invalid-value ${join("galops", "b.yaml")}:6`,
  ]);
  folder.write("galops/b.yaml", `syncs:${after}`);
  expect((await folder.load()).diagnostics.map(({ code }) => code)).toEqual(["unused", "unknown-source"]);
});

test("files that say different things of one key are refused, and a version may stand in each", async () => {
  using folder = configFolder();
  folder.write("galops/a.yaml", config({}));
  folder.write("galops/b.yaml", "version: 1\n");
  expect((await folder.load()).diagnostics).toEqual([]);
  folder.write("galops/b.yaml", "version: 2\nsyncs: { directory: {} }\ntenants: []\n");
  const { diagnostics } = await folder.load();
  expect(diagnostics.map(({ code, place }) => `${code} ${place?.line}`)).toEqual([
    "defined-twice 1",
    "defined-twice 2",
    "invalid-value 3",
  ]);
  expect(diagnostics[1]?.detail).toContain(`${join("galops", "a.yaml")}:7:3`);
});

test("a folder without a config, and a file among them that is none, are errors", async () => {
  using folder = configFolder();
  mkdirSync(join(folder.path, "galops"));
  expect((await folder.load()).diagnostics).toMatchObject([{ code: "config-not-found" }]);
  folder.write("galops/a.yaml", config({}));
  folder.write("galops/b.yaml", "");
  expect((await folder.load()).diagnostics).toMatchObject([{ code: "not-a-config" }]);
  mkdirSync(join(folder.path, "galops", "c.yaml"));
  expect((await folder.load()).diagnostics).toMatchObject([{ code: "config-not-readable" }]);
});

test("a file without an end, too large, or not UTF-8 is refused before it is parsed", async () => {
  using folder = configFolder();
  symlinkSync("/dev/zero", join(folder.path, "zero.yaml"));
  expect((await folder.load(undefined, { path: "zero.yaml" })).diagnostics).toMatchObject([
    { code: "config-not-readable" },
  ]);
  expect(await folder.problems(`# ${"x".repeat(1024 * 1024)}`)).toEqual(["config-too-large"]);
  const bytes = Buffer.concat([Buffer.from(config({})), Buffer.from([0x23, 0xff, 0x0a])]);
  expect((await folder.load(bytes)).diagnostics).toMatchObject([
    { code: "not-utf-8", place: { line: 11, column: 2 } },
  ]);
  const inText = Buffer.concat([
    Buffer.from("version: 1 # caf\u00E9 \u{1F600} ok"),
    Buffer.from([0xe9, 0x20, 0x0a]),
  ]);
  expect((await folder.load(inText)).diagnostics).toMatchObject([{ place: { line: 1, column: 24 } }]);
  const cutShort = Buffer.from("version: 1\n# caf\u00E9").subarray(0, -1);
  expect((await folder.load(cutShort)).diagnostics).toMatchObject([{ place: { line: 2, column: 6 } }]);
});

test.for(["../people.csv", "/etc/passwd", "folder/../../people.csv", "link/people.csv", "a\\0b"])(
  "a source's file is inside the config's folder: %s is not",
  async (path) => {
    using folder = configFolder();
    using elsewhere = configFolder();
    symlinkSync(elsewhere.path, join(folder.path, "link"));
    const source = `{ kind: csv, path: "${path}", id: no }`;
    expect(await folder.problems(config({ source }))).toEqual(["path-outside 5:29"]);
  },
);

test("an absolute path is refused also where it leads into the folder: elsewhere it would not", async () => {
  using folder = configFolder();
  folder.write("people.csv", "");
  const source = `{ kind: csv, path: ${join(folder.path, "people.csv")}, id: no }`;
  expect(await folder.problems(config({ source }))).toEqual(["path-outside 5:29"]);
});

test("a source's file may be deep in the config's folder, be a link within it, and begin with dots", async () => {
  using folder = configFolder();
  folder.write("data/people.csv", "");
  symlinkSync(join(folder.path, "data"), join(folder.path, "link"));
  for (const path of ["data/people.csv", "./link/people.csv", "..data.csv", "data/../people.csv"]) {
    const { config: loaded } = await folder.load(config({ source: `{ kind: csv, path: ${path}, id: no }` }));
    expect(loaded?.sources.get("staff")).toMatchObject({ path: join(folder.path, path) });
  }
});

test.for([".", "x/.."])("a source's file is a file: %s is the config's folder", async (path) => {
  using folder = configFolder();
  const source = `{ kind: csv, path: "${path}", id: no }`;
  expect(await folder.problems(config({ source }))).toEqual(["path-is-folder 5:29"]);
});

test("a second config by another of the usual names is told, and a folder that holds none is not", async () => {
  using folder = configFolder();
  folder.write("galops.yaml", config({}));
  folder.write("galops/notes.txt", "x");
  expect((await folder.load()).diagnostics).toEqual([]);
  folder.write("galops/a.yaml", config({}));
  folder.write("galops.yml", config({}));
  const { config: loaded, diagnostics } = await folder.load();
  expect(loaded?.folder).toBe(folder.path);
  expect(diagnostics).toMatchObject([
    { code: "config-ambiguous", severity: "warning", place: null },
    { code: "config-ambiguous", severity: "warning" },
  ]);
  expect(diagnostics[1]?.detail).toContain("galops.yaml is the config, so that galops beside it is not read");
  expect((await folder.load(undefined, { path: "galops.yml" })).diagnostics).toEqual([]);
});

test("a config that is a link out of its folder is not read, so that nothing of another file is shown", async () => {
  using folder = configFolder();
  using elsewhere = configFolder();
  elsewhere.write("token.yaml", "s3cret: [");
  for (const [link, target] of [
    ["galops.yaml", "token.yaml"],
    ["folder/b.yaml", "token.yaml"],
    ["linked", "."],
  ] as const) {
    mkdirSync(join(folder.path, "folder"), { recursive: true });
    symlinkSync(join(elsewhere.path, target), join(folder.path, link));
    const path = link === "folder/b.yaml" ? "folder" : link;
    const { diagnostics } = await folder.load(undefined, { path });
    expect(diagnostics).toMatchObject([{ code: "config-not-readable", place: null }]);
    expect(diagnostics[0]?.detail).toContain("is a link that leads out of its folder");
    expect(JSON.stringify(diagnostics)).not.toContain("s3cret");
  }
});

test("a config that is a link within its folder is read", async () => {
  using folder = configFolder();
  folder.write("..data/galops.yaml", config({}));
  symlinkSync(join("..data", "galops.yaml"), join(folder.path, "galops.yaml"));
  expect((await folder.load()).diagnostics).toEqual([]);
});
