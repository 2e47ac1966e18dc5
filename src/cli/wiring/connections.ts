import { createExchangeClient, createExchangeReader } from "../../http/exchange/exchange-client.ts";
import type { ExchangeClientOptions } from "../../http/exchange/exchange-client.ts";
import type { ExchangeClient, ExchangeReader } from "../../http/exchange/exchange.ts";
import { createGraphClient, createGraphReader } from "../../http/graph/graph-client.ts";
import type { GraphClientOptions } from "../../http/graph/graph-client.ts";
import type { GraphClient, GraphReader } from "../../http/graph/graph.ts";
import type { Wait } from "../../http/wait.ts";
import type { Config, Tenant } from "../../model/config.ts";
import type { Context } from "../../model/context.ts";

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
const sandboxExchangeUrl = "https://exchange.sandbox.invalid";

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
  const common = { clock, random, onWait };
  if (tenant.kind === "sandbox") {
    const { openSandbox } = await import("../../sandbox/sandbox.ts");
    const sandbox = await openSandbox(tenant.path, { clock, random, shown: tenant.shown });
    const { tenantId, fetch } = sandbox;
    const shared = { ...common, fetch, token: { token: () => Promise.resolve("sandbox") } };
    return connection(
      tenantId,
      { ...shared, baseUrl: sandboxUrl, parallelism: requests },
      { ...shared, baseUrl: sandboxExchangeUrl, tenantId, writeSpacingMs: 0 },
      () => sandbox.close(),
    );
  }
  const { createTokenProvider } = await import("../../http/credentials.ts");
  const { fetchWithReferences } = await import("../../http/with-references.ts");
  const { tenantId, endpoints, references } = tenant;
  const shared = { ...common, fetch: fetchWithReferences(context.fetch, references) };
  const graphToken = createTokenProvider(tenant, "graph", context);
  const exchangeToken = createTokenProvider(tenant, "exchange", context);
  return connection(
    tenantId,
    { ...shared, baseUrl: endpoints.graph, token: graphToken, parallelism: requests },
    { ...shared, baseUrl: endpoints.exchange, token: exchangeToken, tenantId },
    () => Promise.resolve(),
  );
}

/** Its readers and its clients are made once each, since each has lanes of its own. */
function connection(
  tenantId: string,
  graph: GraphClientOptions,
  exchange: ExchangeClientOptions,
  close: () => Promise<void>,
): Connection {
  let reader: GraphReader | null = null;
  let client: GraphClient | null = null;
  let exchangeReader: ExchangeReader | null = null;
  let exchangeClient: ExchangeClient | null = null;
  return {
    tenantId,
    reader: () => (reader ??= createGraphReader(graph)),
    client: () => (client ??= createGraphClient(graph)),
    exchangeReader: () => (exchangeReader ??= createExchangeReader(exchange)),
    exchange: () => (exchangeClient ??= createExchangeClient(exchange)),
    close,
  };
}
