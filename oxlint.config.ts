import { builtinModules } from "node:module";
import { defineConfig } from "oxlint";
import type { OxlintOverride } from "oxlint";

/** What each folder of src/ may import besides itself: other folders, npm packages and node: modules. */
const layers: Record<string, { folders: string[]; packages: string[] }> = {
  model: { folders: [], packages: [] },
  text: { folders: [], packages: [] },
  files: { folders: [], packages: ["node:fs"] },
  concurrency: { folders: [], packages: [] },
  config: {
    folders: ["model", "text", "files"],
    packages: [
      "yaml",
      "ajv",
      "email-providers",
      "uuid",
      "node:crypto",
      "node:fs",
      "node:module",
      "node:path",
      "node:util",
    ],
  },
  expression: {
    folders: ["model", "text"],
    packages: ["@marcbachmann/cel-js", "any-ascii", "libphonenumber-js", "re2js", "node:module"],
  },
  desired: { folders: ["model", "text", "expression"], packages: ["node:crypto"] },
  "plan-format": { folders: ["model", "text"], packages: ["node:crypto"] },
  plan: { folders: ["model", "text", "plan-format"], packages: [] },
  reconcile: {
    folders: ["model", "text", "concurrency", "expression", "desired", "plan-format", "plan"],
    packages: [],
  },
  render: { folders: ["model", "text"], packages: ["diff"] },
  apply: { folders: ["model", "concurrency"], packages: [] },
  seal: { folders: [], packages: ["age-encryption", "node:crypto"] },
  journal: {
    folders: ["model", "text", "files", "plan-format", "seal"],
    packages: ["node:crypto", "node:fs", "node:path"],
  },
  undo: { folders: ["model", "text", "plan", "reconcile"], packages: [] },
  http: {
    folders: ["model", "text", "concurrency"],
    packages: [
      "@microsoft/microsoft-graph-client",
      "@azure/identity",
      "node:crypto",
      "node:http",
      "node:https",
      "node:module",
      "node:net",
      "node:stream",
      "node:url",
      "node:zlib",
    ],
  },
  directory: { folders: ["model", "text", "http"], packages: [] },
  sources: {
    folders: ["model", "text", "files", "http", "directory"],
    packages: ["csv-parse", "node:stream"],
  },
  targets: {
    folders: ["model", "text", "concurrency", "http", "directory"],
    packages: ["i18n-iso-countries", "node:crypto", "node:module"],
  },
  github: {
    folders: ["model", "http"],
    packages: [
      "@octokit/core",
      "@octokit/plugin-retry",
      "@octokit/plugin-throttling",
      "node:crypto",
      "node:fs",
    ],
  },
  sandbox: {
    folders: ["model", "files"],
    packages: ["node:buffer", "node:crypto", "node:fs", "node:timers"],
  },
};

/** What each folder of src/cli/ may import of the others; the programs beside them may import all, and none them. */
const cliLayers: Record<string, string[]> = {
  interface: [],
  process: ["interface"],
  plans: ["interface"],
  output: ["interface", "process", "plans"],
  wiring: [],
  job: ["interface", "output", "wiring"],
  run: ["interface", "process", "plans", "output", "wiring", "job"],
  ci: ["interface", "plans", "output"],
  commands: ["interface", "process", "plans", "output", "wiring", "job", "run", "ci"],
};
const cliPrograms = ["bin", "main", "program", "ci-program", "sandbox-program"];

/** The same within other folders; what lies beside the folders in them all of these may import. */
const rooms: Record<string, Record<string, string[]>> = {
  "targets/mailbox-contacts": {
    fields: [],
    read: ["fields"],
    folders: ["read"],
    write: ["fields", "read", "folders"],
  },
  sandbox: {
    tenant: [],
    cast: ["tenant"],
    wire: ["tenant"],
    odata: ["tenant"],
    store: ["tenant", "odata"],
    graph: ["tenant", "wire", "odata", "store"],
    exchange: ["tenant", "wire", "store"],
    admin: ["tenant", "wire", "odata", "store", "graph", "exchange"],
  },
};

const all = Object.keys(layers);
const watched = [...new Set(Object.values(layers).flatMap((may) => may.packages))].filter(
  (name) => !name.startsWith("node:"),
);

/** A Rust regex (it has no look-around) for import paths that begin with `prefix` and one of `names`. */
function beginsWith(prefix: string, names: string[]): string {
  return `^${prefix}(${names.map((name) => name.replaceAll(/[/.]/g, String.raw`\$&`)).join("|")})`;
}

const nodeModules = builtinModules.map((name) => `node:${name}`);

/** Paths that a folder of src/ may not import from. */
function patternsOf(folder: string, may: (typeof layers)[string]): { regex: string; message: string }[] {
  const folders = [...all, "cli"].filter((other) => other !== folder && !may.folders.includes(other));
  const packages = [...watched, "commander", ...nodeModules].filter(
    (name) => !may.packages.some((allowed) => allowed === name || name.startsWith(`${allowed}/`)),
  );
  return [
    {
      regex: beginsWith(
        String.raw`(\.\./)+`,
        folders.map((name) => `${name}/`),
      ),
      message: `src/${folder} may import from ${may.folders.join(", ") || "itself only"} (see the table in oxlint.config.ts).`,
    },
    {
      regex: beginsWith("", packages),
      message: `src/${folder} may use ${may.packages.join(", ") || "no package"} (see the table in oxlint.config.ts).`,
    },
  ];
}

const overrides: OxlintOverride[] = Object.entries(layers).map(([folder, may]) => ({
  files: [`src/${folder}/**/*.ts`],
  rules: { "no-restricted-imports": ["error", { patterns: patternsOf(folder, may) }] },
}));

const roomOverrides: OxlintOverride[] = Object.entries(rooms).flatMap(([house, within]) => {
  const [layer = ""] = house.split("/");
  // Of two overrides the later one counts alone.
  const outer = layers[layer] === undefined ? [] : patternsOf(layer, layers[layer]);
  return Object.entries(within).map(([folder, may]) => {
    const others = Object.keys(within).filter((other) => other !== folder && !may.includes(other));
    const path = `src/${house}/${folder}`;
    const inner = {
      regex: beginsWith(
        String.raw`(\.\./)+`,
        others.map((name) => `${name}/`),
      ),
      message: `${path} may import from ${may.join(", ") || "itself only"} of its siblings (see the table in oxlint.config.ts).`,
    };
    return {
      files: [`${path}/**/*.ts`],
      rules: {
        "no-restricted-imports": ["error", { patterns: others.length === 0 ? outer : [...outer, inner] }],
      },
    };
  });
});

const cliOverrides: OxlintOverride[] = Object.entries(cliLayers).map(([folder, may]) => {
  const others = Object.keys(cliLayers).filter((other) => other !== folder && !may.includes(other));
  return {
    files: [`src/cli/${folder}/**/*.ts`],
    rules: {
      "no-restricted-imports": [
        "error",
        {
          patterns: [
            {
              regex: beginsWith(String.raw`(\.\./)+`, [
                ...others.map((name) => `${name}/`),
                ...cliPrograms.map((name) => `${name}.ts`),
              ]),
              message: `src/cli/${folder} may import from ${may.join(", ") || "itself only"} of src/cli (see the table in oxlint.config.ts).`,
            },
          ],
        },
      ],
    },
  };
});

export default defineConfig({
  plugins: ["typescript", "unicorn", "import", "oxc", "promise", "vitest"],
  categories: { correctness: "error", suspicious: "error" },
  options: { typeAware: true },
  ignorePatterns: ["dist", "coverage", "**/*.gen.ts"],
  rules: {
    "typescript/no-floating-promises": "error",
    "typescript/switch-exhaustiveness-check": "error",
    "typescript/only-throw-error": "error",
    "typescript/no-explicit-any": "error",
    "typescript/no-unsafe-type-assertion": "off",
    "typescript/no-unnecessary-type-parameters": "off",
    // tsc knows that an exhaustive switch returns; this rule does not.
    "typescript/consistent-return": "off",
    "typescript/consistent-type-imports": "error",
    "import/no-cycle": ["error", { ignoreTypes: false }],
    "import/no-default-export": "error",
    "import/no-unassigned-import": "off",
    "oxc/no-barrel-file": "error",
    "oxc/no-map-spread": "off",
    "unicorn/filename-case": ["error", { case: "kebabCase" }],
    "unicorn/no-array-sort": "error",
    "no-console": "error",
    "no-process-env": "error",
    "no-else-return": "error",
    "no-await-in-loop": "off",
    "no-underscore-dangle": "off",
    complexity: ["error", 20],
    "max-lines": ["error", { max: 300, skipBlankLines: true, skipComments: true }],
    "max-lines-per-function": ["error", { max: 100, skipBlankLines: true, skipComments: true }],
  },
  overrides: [
    ...overrides,
    ...roomOverrides,
    ...cliOverrides,
    {
      files: ["test/**/*.ts"],
      rules: {
        "max-lines-per-function": "off",
        "max-lines": "off",
        "typescript/unbound-method": "off",
        "unicorn/consistent-function-scoping": "off",
      },
    },
    { files: ["src/cli/**/*.ts", "scripts/**/*.ts", "test/**/*.ts"], rules: { "no-process-env": "off" } },
    { files: ["scripts/**/*.ts"], rules: { "no-console": "off" } },
    { files: ["*.config.ts"], rules: { "import/no-default-export": "off" } },
  ],
});
