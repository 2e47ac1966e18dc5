import type { Config, SyncConfig } from "../model/config.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import { nearestName } from "./nearest-name.ts";
import type { Written } from "./written.ts";

type Rule = (config: Config, written: Written) => readonly Diagnostic[];

/** What must hold between the parts of a config; each rule looks at all of it and tells everything it finds. */
export const rules: readonly Rule[] = [
  tenantsExist,
  sourcesExist,
  ownersAreGuids,
  ownersDiffer,
  mailboxesAreNamed,
  foldersDiffer,
  phonesShowDefaultFolder,
  allIsUsed,
];

function tenantsExist({ tenants, sources, syncs }: Config, written: Written): readonly Diagnostic[] {
  const named = [
    ...[...sources.values()].flatMap((source) =>
      "tenant" in source ? [[source.tenant, ["sources", source.name, "tenant"]] as const] : [],
    ),
    ...syncs.map((sync) => [sync.to.tenant, ["syncs", sync.name, "to", "tenant"]] as const),
  ];
  return named.flatMap(([tenant, path]) =>
    tenants.has(tenant) ? [] : [written.report(path, unknown("tenant", tenant, [...tenants.keys()]))],
  );
}

function sourcesExist({ sources, syncs }: Config, written: Written): readonly Diagnostic[] {
  return syncs.flatMap(({ name, from }) =>
    from.flatMap((source, index) => {
      const path = ["syncs", name, "from", index];
      if (!sources.has(source)) return [written.report(path, unknown("source", source, [...sources.keys()]))];
      if (from.indexOf(source) === index) return [];
      const detail = `The source ${source} is named twice; the second time changes nothing.`;
      return [
        written.report(path, {
          code: "named-twice",
          summary: "A name stands twice",
          detail,
          severity: "warning",
        }),
      ];
    }),
  );
}

function unknown(
  what: string,
  name: string,
  known: readonly string[],
): { code: string; summary: string; detail: string } {
  const meant = nearestName(name, known);
  const hint =
    meant === null
      ? `The config defines ${known.length === 0 ? "none" : known.join(", ")}.`
      : `Did you mean "${meant}"?`;
  return {
    code: `unknown-${what}`,
    summary: `Unknown ${what}`,
    detail: `There is no ${what} "${name}". ${hint}`,
  };
}

function ownersAreGuids({ syncs }: Config, written: Written): readonly Diagnostic[] {
  const guid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
  return syncs
    .filter(({ owner }) => !guid.test(owner))
    .map(({ name }) => {
      const detail =
        "The owner marks everything that the sync makes and must be a GUID. Make one with uuidgen, and never change it.";
      return written.report(["syncs", name, "owner"], {
        code: "invalid-owner",
        summary: "The owner is no GUID",
        detail,
      });
    });
}

function ownersDiffer({ syncs }: Config, written: Written): readonly Diagnostic[] {
  const first = new Map<string, SyncConfig>();
  return syncs.flatMap((sync) => {
    const other = first.get(sync.owner);
    if (other === undefined) {
      first.set(sync.owner, sync);
      return [];
    }
    const detail = `The sync ${other.name} (${other.place.file}:${other.place.line}) has the same owner. Each would delete what the other makes; give every sync a GUID of its own.`;
    return [
      written.report(["syncs", sync.name, "owner"], {
        code: "owner-used-twice",
        summary: "Two syncs have one owner",
        detail,
      }),
    ];
  });
}

function mailboxesAreNamed({ syncs }: Config, written: Written): readonly Diagnostic[] {
  return syncs.flatMap(({ name, to }) => {
    const { users, groups, all } = to.mailboxes;
    if (all || users.length > 0 || groups.length > 0) return [];
    const detail = "No mailbox is named. Name users or groups, or say all: true.";
    return [
      written.report(["syncs", name, "to", "mailboxes"], {
        code: "no-mailboxes",
        summary: "No mailboxes are chosen",
        detail,
      }),
    ];
  });
}

function foldersDiffer({ syncs }: Config, written: Written): readonly Diagnostic[] {
  const first = new Map<string, SyncConfig>();
  return syncs.flatMap((sync) => {
    if (sync.to.folder === null) return [];
    const id = JSON.stringify([sync.to.tenant, sync.to.folder.toLowerCase()]);
    const other = first.get(id);
    if (other === undefined) {
      first.set(id, sync);
      return [];
    }
    const detail = `The sync ${other.name} uses a folder of this name in the same tenant. Where both reach a mailbox, each counts the other's contacts as unmanaged.`;
    return [
      written.report(["syncs", sync.name, "to", "folder"], {
        code: "folder-shared",
        summary: "Two syncs share a folder",
        detail,
        severity: "warning",
      }),
    ];
  });
}

function phonesShowDefaultFolder({ syncs }: Config, written: Written): readonly Diagnostic[] {
  return syncs.flatMap(({ name, to }) => {
    if (to.folder === null) return [];
    const detail =
      "Outlook on phones and the new Outlook show only the default Contacts folder everywhere. Leave folder out if the contacts must be on every phone; they are marked, so the users' own stay untouched.";
    return [
      written.report(["syncs", name, "to", "folder"], {
        code: "folder-not-on-phones",
        summary: "Not every phone shows this folder",
        detail,
        severity: "warning",
      }),
    ];
  });
}

function allIsUsed({ tenants, sources, syncs }: Config, written: Written): readonly Diagnostic[] {
  const usedSources = new Set(syncs.flatMap(({ from }) => from));
  const usedTenants = new Set([
    ...syncs.map(({ to }) => to.tenant),
    ...[...sources.values()].flatMap((source) => ("tenant" in source ? [source.tenant] : [])),
  ]);
  const idle = (collection: string, name: string): Diagnostic =>
    written.report(
      [collection, name],
      {
        code: "unused",
        summary: "Defined, but not used",
        detail: `Nothing uses ${collection}.${name}.`,
        severity: "warning",
      },
      "key",
    );
  return [
    ...[...tenants.keys()].filter((name) => !usedTenants.has(name)).map((name) => idle("tenants", name)),
    ...[...sources.keys()].filter((name) => !usedSources.has(name)).map((name) => idle("sources", name)),
  ];
}
