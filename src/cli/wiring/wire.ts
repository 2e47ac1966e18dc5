import { usesMailboxManagers, usesManagers } from "../../desired/uses-managers.ts";
import type { Config, SourceConfig, SyncConfig } from "../../model/config.ts";
import { isMailContactsSync, isMailboxContactsSync } from "../../model/config.ts";
import type { Context } from "../../model/context.ts";
import type { Source } from "../../model/source.ts";
import type { Target, TargetWriter } from "../../model/target.ts";
import type { PhotoOf } from "../../targets/mailbox-contacts/write/load-photos.ts";
import { closeAll, connect } from "./connections.ts";
import type { ConnectOptions, Connection, Connections } from "./connections.ts";

/** The composition root: what a config names, as sources and targets. `plan` is given only what cannot write. */
export interface Readers {
  source(name: string): Source;
  target(sync: SyncConfig): Target;
  /** Lower-case GUID of the tenant in which a sync keeps its contacts. */
  tenantId(sync: SyncConfig): string;
  /** Ends the use of the tenants; a sandbox then writes its file. */
  close(): Promise<void>;
}

export interface Writers extends Readers {
  writer(sync: SyncConfig): TargetWriter;
}

interface WriterOptions extends ConnectOptions {
  /** Where the pictures come from that contacts get; absent: from the directory. */
  readonly photo?: PhotoOf | undefined;
}

/**
 * Everything that planning these syncs takes.
 *
 * @throws {SandboxFileError}
 */
export async function wireReaders(
  config: Config,
  syncs: readonly SyncConfig[],
  context: Context,
  options: ConnectOptions,
): Promise<Readers> {
  const connections = await connect(config, tenantsOf(config, syncs), context, options);
  return await readersOver(connections, config, syncs);
}

/**
 * The same and what making the changes takes.
 *
 * @throws {SandboxFileError}
 */
export async function wireWriters(
  config: Config,
  syncs: readonly SyncConfig[],
  context: Context,
  options: WriterOptions,
): Promise<Writers> {
  const connections = await connect(config, tenantsOf(config, syncs), context, options);
  const readers = await readersOver(connections, config, syncs);
  const { mailboxContactsWriter } = await import("../../targets/mailbox-contacts/write/writer.ts");
  const { mailContactsWriter } = await import("../../targets/mail-contacts/writer.ts");
  const photo = options.photo ?? (await photosOf(connections));
  return {
    ...readers,
    writer(sync) {
      const { tenantId, client, exchange } = connectionOf(connections, sync.to.tenant);
      if (isMailContactsSync(sync)) {
        const { onWait } = options;
        return mailContactsWriter(sync, { exchange: exchange(), tenantId, clock: context.clock, onWait });
      }
      if (!isMailboxContactsSync(sync)) throw new Error("The config has an unknown kind of target.");
      return mailboxContactsWriter(sync, { graph: client(), tenantId, clock: context.clock, photo });
    },
  };
}

async function photosOf(connections: Connections): Promise<PhotoOf> {
  const { createPhotos } = await import("../../directory/photos.ts");
  const photo = createPhotos([...connections.values()]);
  return ({ key }, signal) => photo(key, signal);
}

/** Syncs of a config. */
export interface ConfigPart {
  readonly config: Config;
  readonly syncs: readonly SyncConfig[];
}

/** @param users - all syncs that use the sources and the mailboxes, where there are more than those to be wired */
export async function readersOver(
  connections: Connections,
  config: Config,
  syncs: readonly SyncConfig[],
  users: readonly ConfigPart[] = [{ config, syncs }],
): Promise<Readers> {
  const sources = new Map<string, Source>();
  for (const source of sourcesOf(config, syncs)) {
    sources.set(source.name, await sourceOver(connections, source, needOf(source, users)));
  }
  const targets = new Map<string, Target>();
  for (const sync of syncs) targets.set(sync.name, await targetOver(connections, sync, users));
  return {
    source(name) {
      const source = sources.get(name);
      if (source === undefined) throw new Error(`The source ${name} was not wired.`);
      return source;
    },
    target({ name }) {
      const target = targets.get(name);
      if (target === undefined) throw new Error(`The sync ${name} was not wired.`);
      return target;
    },
    tenantId: (sync) => connectionOf(connections, sync.to.tenant).tenantId,
    close: () => closeAll(connections),
  };
}

async function targetOver(
  connections: Connections,
  sync: SyncConfig,
  users: readonly ConfigPart[],
): Promise<Target> {
  const { reader, exchangeReader, tenantId } = connectionOf(connections, sync.to.tenant);
  if (isMailContactsSync(sync)) {
    const { mailContactsTarget } = await import("../../targets/mail-contacts/target.ts");
    return mailContactsTarget(sync, { exchange: exchangeReader(), tenantId });
  }
  if (!isMailboxContactsSync(sync)) throw new Error("The config has an unknown kind of target.");
  const { mailboxContactsTarget } = await import("../../targets/mailbox-contacts/target.ts");
  const isSame = ({ owner }: SyncConfig): boolean => owner === sync.owner;
  const managers = users.some(({ syncs }) => syncs.some((one) => isSame(one) && usesMailboxManagers(one)));
  return mailboxContactsTarget(sync, { graph: reader(), tenantId, managers });
}

/** What of a source's people takes requests of its own. */
interface Need {
  readonly photos: boolean;
  readonly managers: boolean;
}

function needOf({ name }: SourceConfig, users: readonly ConfigPart[]): Need {
  const asked = users.flatMap(({ config, syncs }) => {
    const source = config.sources.get(name);
    return source === undefined ? [] : syncs.map((sync) => ({ sync, source }));
  });
  return {
    photos: asked.some(({ sync }) => sync.photos && sync.from.includes(name)),
    managers: asked.some(({ sync, source }) => usesManagers(sync, source)),
  };
}

async function sourceOver(connections: Connections, source: SourceConfig, need: Need): Promise<Source> {
  switch (source.kind) {
    case "users": {
      const { usersSource } = await import("../../sources/users-source.ts");
      const { reader, exchangeReader, tenantId } = connectionOf(connections, source.tenant);
      return usersSource(source, { graph: reader(), exchange: exchangeReader, tenantId, ...need });
    }
    case "org-contacts": {
      const { orgContactsSource } = await import("../../sources/org-contacts-source.ts");
      const { reader, exchangeReader, tenantId } = connectionOf(connections, source.tenant);
      const { managers } = need;
      return orgContactsSource(source, { graph: reader(), exchange: exchangeReader, tenantId, managers });
    }
    case "csv": {
      const { csvSource } = await import("../../sources/csv-source.ts");
      return csvSource(source);
    }
  }
}

function sourcesOf(config: Config, syncs: readonly SyncConfig[]): readonly SourceConfig[] {
  const names = new Set(syncs.flatMap((sync) => sync.from));
  return [...names].flatMap((name) => config.sources.get(name) ?? []);
}

/** Names of the tenants that syncs read or keep, some of them perhaps more than once. */
export function tenantsOf(config: Config, syncs: readonly SyncConfig[]): readonly string[] {
  const sources = sourcesOf(config, syncs);
  const read = sources.flatMap((source) => (source.kind === "csv" ? [] : [source.tenant]));
  return [...read, ...syncs.map((sync) => sync.to.tenant)];
}

function connectionOf(connections: Connections, name: string): Connection {
  const found = connections.get(name);
  if (found === undefined) throw new Error(`The tenant ${name} was not connected.`);
  return found;
}
