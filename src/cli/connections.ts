import type { ExchangeClient, ExchangeReader } from "../http/exchange/exchange.ts";
import { createGraphClient, createGraphReader } from "../http/graph/graph-client.ts";
import type { GraphClientOptions } from "../http/graph/graph-client.ts";
import type { GraphClient, GraphReader } from "../http/graph/graph.ts";
import type { Wait } from "../http/graph/politeness.ts";
import type { Config, Tenant } from "../model/config.ts";
import type { Context } from "../model/context.ts";

/** One tenant that is ready to be asked, real or not. */
export interface Connection {
  /** Lower-case GUID. */
  readonly tenantId: string;
  /** Cannot change anything. */
  readonly reader: () => GraphReader;
  readonly client: () => GraphClient;
  /** Cannot change anything. */
  readonly exchangeReader: () => ExchangeReader;
  readonly exchange: () => ExchangeClient;
  readonly close: () => Promise<void>;
}

/** By name of the tenant. */
export type Connections = ReadonlyMap<string, Connection>;

export interface ConnectOptions {
  /** Requests in flight at a time in each tenant. */
  readonly requests: number;
  readonly onWait: (wait: Wait) => void;
}

/** Where a sandbox is reached through its own fetch; no name server knows it. */
const sandboxUrl = "https://graph.sandbox.invalid";

/**
 * Opens the tenants of these names. Here alone it is known which of them are sandboxes.
 *
 * @throws {SandboxFileError}
 */
export async function connect(
  config: Config,
  names: Iterable<string>,
  context: Context,
  options: ConnectOptions,
): Promise<Connections> {
  const connections = new Map<string, Connection>();
  try {
    for (const name of new Set(names)) {
      const tenant = config.tenants.get(name);
      if (tenant === undefined) throw new Error(`The config has no tenant ${name}, and was not refused.`);
      connections.set(name, await connectTenant(tenant, context, options));
    }
  } catch (error) {
    await closeAll(connections);
    throw error;
  }
  return connections;
}

export async function closeAll(connections: Connections): Promise<void> {
  for (const { close } of connections.values()) await close();
}

async function connectTenant(
  tenant: Tenant,
  context: Context,
  { requests, onWait }: ConnectOptions,
): Promise<Connection> {
  const { clock, random } = context;
  const common = { clock, random, parallelism: requests, onWait };
  if (tenant.kind === "sandbox") {
    const { openSandbox } = await import("../sandbox/sandbox.ts");
    const sandbox = await openSandbox(tenant.path, { clock, random });
    const token = { token: () => Promise.resolve("sandbox") };
    const options = { ...common, baseUrl: sandboxUrl, fetch: sandbox.fetch, token };
    return connection(sandbox.tenantId, options, () => sandbox.close());
  }
  const { createTokenProvider } = await import("../http/credentials.ts");
  const token = createTokenProvider(tenant, "graph", context);
  const options = { ...common, baseUrl: tenant.endpoints.graph, fetch: context.fetch, token };
  return connection(tenant.tenantId, options, () => Promise.resolve());
}

/** Its reader and its client are made once each, since each has lanes of its own. */
function connection(tenantId: string, options: GraphClientOptions, close: () => Promise<void>): Connection {
  let reader: GraphReader | null = null;
  let client: GraphClient | null = null;
  return {
    tenantId,
    reader: () => (reader ??= createGraphReader(options)),
    client: () => (client ??= createGraphClient(options)),
    exchangeReader: notYet,
    exchange: notYet,
    close,
  };
}

function notYet(): never {
  throw new Error("Exchange Online cannot be asked yet.");
}
