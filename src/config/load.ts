import type { Config, LooseExpression, SourceConfig, Tenant } from "../model/config.ts";
import type { Environment } from "../model/context.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import { checkSchema } from "./check-schema.ts";
import type { Path } from "./config-file.ts";
import { looseExpressions } from "./loose-expressions.ts";
import { expandMesh, inMesh } from "./mesh.ts";
import { readConfigText } from "./read-files.ts";
import { resolveSource } from "./resolve-source.ts";
import { resolveSync } from "./resolve-sync.ts";
import { resolveTenant } from "./resolve-tenant.ts";
import { allRules } from "./rules/all-rules.ts";
import { cutOff } from "./rules/expressions.ts";
import { substitute } from "./substitute.ts";
import type { Substituted } from "./substitute.ts";
import type { WrittenConfig } from "./written-config.gen.ts";
import { digestOf, readWritten } from "./written.ts";
import type { Written } from "./written.ts";

interface World {
  readonly cwd: string;
  readonly env: Environment;
}

interface Options {
  /** `optional`: what cannot be looked up in the environment or in a file is a warning, and "" (offline checks). */
  readonly secrets: "needed" | "optional";
}

interface Loaded {
  /** That all paths in the config are relative to; null where there is no config. */
  readonly folder: string | null;
  /** Null exactly when a diagnostic is an error. */
  readonly config: Config | null;
  /**
   * What was understood all the same, for checks that go on to find everything at once: tenants, sources and syncs
   * of which nothing is wrong by themselves. Null where the files cannot be read as YAML.
   */
  readonly draft: Config | null;
  /** Of sources and syncs that are not in the draft: for the same checks. */
  readonly loose: readonly LooseExpression[];
  /** Ordered by place. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads, merges and checks a config; everything that is wrong is told at once. The expressions in it are not looked
 * into.
 *
 * @param path - a file or a folder; null for `./galops.yaml` or `./galops/`
 */
export async function loadConfig(path: string | null, world: World, options: Options): Promise<Loaded> {
  const { folder, files, diagnostics: unread } = await readConfigText(path, world.cwd);
  const { written, problems } = readWritten(files);
  const found = [...unread, ...problems];
  if (written === null || folder === null) {
    return { folder, config: null, draft: null, loose: [], diagnostics: sortDiagnostics(found) };
  }
  const around = { folder, env: world.env, secrets: options.secrets };
  const substituted = substitute(written, around);
  const { problems: misshapen, isSound } = checkSchema(substituted, written);
  const sound = soundParts(substituted.value, isSound);
  const located =
    sound.mesh === undefined ? written : inMesh(written, sound.mesh, new Set(Object.keys(sound.syncs)));
  const parts = resolveParts(sound, located, substituted, around);
  const approval = { allow: sound.approval?.allow ?? [] };
  const draft: Config = { folder, digest: digestOf(written.value), ...parts.config, approval };
  const loose = looseExpressions(substituted.value, written, isSound);
  const diagnostics = sortDiagnostics([
    ...found,
    ...substituted.problems,
    ...misshapen,
    ...parts.problems,
    ...allRules.flatMap((rule) => rule(draft, located)),
    ...loose.flatMap(({ expression }) => cutOff(expression)),
  ]);
  const isWrong = diagnostics.some(({ severity }) => severity === "error");
  return { folder, config: isWrong ? null : draft, draft, loose, diagnostics };
}

type Collections = Required<Pick<WrittenConfig, "tenants" | "sources" | "syncs">>;
type Parts = Collections & Pick<WrittenConfig, "mesh" | "approval">;

/** The tenants, sources, syncs and the mesh of which nothing is wrong by the schema. */
function soundParts(value: unknown, isSound: (path: Path) => boolean): Parts {
  // The schema was checked: what it has nothing against is of the type that is generated from it.
  const config = value as WrittenConfig;
  const sound = <Part>(
    collection: keyof Collections,
    parts: Readonly<Record<string, Part>> = {},
  ): Record<string, Part> =>
    Object.fromEntries(Object.entries(parts).filter(([name]) => isSound([collection, name])));
  return {
    tenants: sound("tenants", config.tenants),
    sources: sound("sources", config.sources),
    syncs: sound("syncs", config.syncs),
    ...(config.mesh !== undefined && isSound(["mesh"]) ? { mesh: config.mesh } : {}),
    ...(config.approval !== undefined && isSound(["approval"]) ? { approval: config.approval } : {}),
  };
}

function resolveParts(
  parts: Parts,
  written: Written,
  { isUnknown, asWritten }: Substituted,
  around: { readonly folder: string; readonly env: Environment } & Options,
): {
  readonly config: Pick<Config, "tenants" | "sources" | "syncs">;
  readonly problems: readonly Diagnostic[];
} {
  const problems: Diagnostic[] = [];
  const tenants = new Map<string, Tenant>();
  for (const [name, part] of Object.entries(parts.tenants)) {
    const resolved = resolveTenant(name, part, {
      ...around,
      place: written.place(["tenants", name]),
      isUnknown: (path) => isUnknown(["tenants", name, ...path]),
      asWritten: (path) => asWritten(["tenants", name, ...path]),
      report: (path, report) => written.report(["tenants", name, ...path], report),
    });
    problems.push(...resolved.problems);
    if (resolved.tenant !== null) tenants.set(name, resolved.tenant);
  }
  const sources = new Map<string, SourceConfig>();
  for (const [name, part] of Object.entries(parts.sources)) {
    const resolved = resolveSource(name, part, written, around.folder);
    problems.push(...resolved.problems);
    if (resolved.source !== null) sources.set(name, resolved.source);
  }
  const syncs = Object.entries(parts.syncs).map(([name, part]) => resolveSync(name, part, written));
  if (parts.mesh === undefined) return { config: { tenants, sources, syncs }, problems };
  const mesh = expandMesh(parts.mesh, tenants, written);
  problems.push(...mesh.problems);
  return { config: { tenants, sources, syncs: [...syncs, ...mesh.syncs] }, problems };
}

/** Ordered by place, as somebody goes through the files; each once, however many pairs of a mesh it is true of. */
export function sortDiagnostics(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const distinct = new Map(diagnostics.map((diagnostic) => [JSON.stringify(diagnostic), diagnostic]));
  return [...distinct.values()].toSorted(({ place: one }, { place: other }) => {
    const file = one?.file ?? "";
    const otherFile = other?.file ?? "";
    if (file !== otherFile) return file < otherFile ? -1 : 1;
    return (one?.line ?? 0) - (other?.line ?? 0) || (one?.column ?? 0) - (other?.column ?? 0);
  });
}
