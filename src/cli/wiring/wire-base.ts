import type { ExchangeReader } from "../../http/exchange/exchange.ts";
import type { Config } from "../../model/config.ts";
import type { Context } from "../../model/context.ts";
import type { Source } from "../../model/source.ts";
import type { Target } from "../../model/target.ts";
import { readOnce } from "../../reconcile/read-once.ts";
import { connect } from "./connections.ts";
import type { ConnectOptions, Connections } from "./connections.ts";
import { readersOver, tenantsOf } from "./wire.ts";
import type { ConfigPart, Readers } from "./wire.ts";

type Reading = Pick<Readers, "source" | "target">;

/**
 * Everything that planning these syncs and those of a base config takes, over one connection to each tenant. A source
 * or a list of books that is the same in both configs is read once, and Exchange is asked once who has an address.
 *
 * @param base - its tenants must be those of the other config
 * @throws {SandboxFileError}
 */
export async function wireBothReaders(
  own: ConfigPart,
  base: ConfigPart,
  context: Context,
  options: ConnectOptions,
): Promise<Readers & { readonly base: Reading }> {
  const { config, syncs } = own;
  const tenants = [...tenantsOf(config, syncs), ...tenantsOf(base.config, base.syncs)];
  const connections = askingOnce(await connect(config, tenants, context, options));
  const all = [own, base];
  const readers = await readersOver(connections, config, syncs, all);
  const share = sharing();
  const shared = share(readers, config);
  // Asked for before the base does, so that what is shared tells of places in this config.
  for (const sync of syncs) {
    shared.target(sync);
    for (const name of sync.from) shared.source(name);
  }
  const there = await readersOver(connections, base.config, base.syncs, all);
  return { ...readers, ...shared, base: share(there, base.config) };
}

/** Both configs ask for the same recipients where they would make the same changes. */
function askingOnce(connections: Connections): Connections {
  return new Map(
    [...connections].map(([name, connection]) => {
      const answers = known<ReturnType<ExchangeReader["read"]>>();
      const exchangeReader = (): ExchangeReader => {
        const reader = connection.exchangeReader();
        return {
          ...reader,
          read(cmdlet, parameters, wanted, signal) {
            const ask = (): ReturnType<ExchangeReader["read"]> =>
              reader.read(cmdlet, parameters, wanted, signal);
            // Whole books are read once anyway, and would only be kept here.
            if (cmdlet !== "Get-Recipient") return ask();
            return answers(JSON.stringify([parameters, wanted]), ask);
          },
        };
      };
      return [name, { ...connection, exchangeReader }];
    }),
  );
}

function sharing(): (readers: Reading, config: Config) => Reading {
  const people = known<Source["people"]>();
  const books = known<Target["books"]>();
  return (readers, config) => ({
    source(name) {
      const source = readers.source(name);
      const id = identityOf(config.sources.get(name));
      return { ...source, people: people(id, () => readOnce((signal) => source.people(signal))) };
    },
    target(sync) {
      const target = readers.target(sync);
      const id = identityOf([sync.owner, sync.to]);
      return { ...target, books: books(id, () => readOnce((signal) => target.books(signal))) };
    },
  });
}

/** Gives what was made first for an id. */
function known<Value>(): (id: string, make: () => Value) => Value {
  const values = new Map<string, Value>();
  return (id, make) => {
    const value = values.get(id) ?? make();
    values.set(id, value);
    return value;
  };
}

/** What decides what is read: neither where that is written, nor what is done with it afterwards. */
function identityOf(part: unknown): string {
  return JSON.stringify(part, (key, value: unknown) =>
    key === "place" || key === "where" ? undefined : value,
  );
}
