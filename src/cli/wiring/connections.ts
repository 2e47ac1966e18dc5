import { createExchangeClient, createExchangeReader } from "../../http/exchange/exchange-client.ts";
import type { ExchangeClientOptions } from "../../http/exchange/exchange-client.ts";
import { createExchangeTraffic } from "../../http/exchange/exchange-traffic.ts";
import type { ExchangeTraffic, TrafficOptions } from "../../http/exchange/exchange-traffic.ts";
import type { ExchangeClient, ExchangeReader } from "../../http/exchange/exchange.ts";
import { createGraphClient, createGraphReader } from "../../http/graph/graph-client.ts";
import type { GraphClientOptions } from "../../http/graph/graph-client.ts";
import { createGraphTraffic } from "../../http/graph/graph-traffic.ts";
import type { GraphTraffic } from "../../http/graph/graph-traffic.ts";
import type { GraphClient, GraphReader } from "../../http/graph/graph.ts";
import type { Wait } from "../../http/wait.ts";
import type { Config, MicrosoftTenant, SandboxTenant } from "../../model/config.ts";
import type { Clock, Context } from "../../model/context.ts";
import { tenantIdentity } from "../../model/tenant-identity.ts";

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

/** What the clients of one tenant share, under however many names and sign-ins it is in the config. */
interface Traffic {
  readonly graph: GraphTraffic;
  readonly exchange: ExchangeTraffic;
}

/**
 * Opens the tenants of these names. Here alone it is known which of them are sandboxes. One tenant under several names
 * is opened as one: a sandbox once, and any other with each sign-in, but with one traffic.
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
  const traffics = new Map<string, Traffic>();
  const sandboxes = new Map<string, Connection>();
  try {
    for (const name of new Set(names)) {
      const tenant = config.tenants.get(name);
      if (tenant === undefined) throw new Error(`The config has no tenant ${name}, and was not refused.`);
      const id = tenantIdentity(config.tenants, name);
      if (tenant.kind === "sandbox") {
        const sandbox = sandboxes.get(id) ?? (await connectSandbox(tenant, context, options));
        sandboxes.set(id, sandbox);
        connections.set(name, sandbox);
      } else {
        const traffic = traffics.get(id) ?? trafficOf(context.clock, options);
        traffics.set(id, traffic);
        connections.set(name, await connectMicrosoft(tenant, traffic, context, options));
      }
    }
  } catch (error) {
    await closeAll(connections);
    throw error;
  }
  return connections;
}

export async function closeAll(connections: Connections): Promise<void> {
  for (const { close } of new Set(connections.values())) await close();
}

function trafficOf(clock: Clock, { requests }: ConnectOptions, exchange: TrafficOptions = {}): Traffic {
  return { graph: createGraphTraffic(clock, requests), exchange: createExchangeTraffic(clock, exchange) };
}

async function connectSandbox(
  { path, shown }: SandboxTenant,
  { clock, random }: Context,
  options: ConnectOptions,
): Promise<Connection> {
  const { openSandbox } = await import("../../sandbox/sandbox.ts");
  const sandbox = await openSandbox(path, { clock, random, shown });
  const { tenantId, fetch } = sandbox;
  const token = { token: () => Promise.resolve("sandbox") };
  const shared = { clock, random, onWait: options.onWait, fetch, token };
  const { graph, exchange } = trafficOf(clock, options, { spacingMs: 0 });
  return connection(
    tenantId,
    { ...shared, baseUrl: sandboxUrl, traffic: graph },
    { ...shared, baseUrl: sandboxExchangeUrl, tenantId, traffic: exchange },
    () => sandbox.close(),
  );
}

async function connectMicrosoft(
  tenant: MicrosoftTenant,
  { graph, exchange }: Traffic,
  context: Context,
  { onWait }: ConnectOptions,
): Promise<Connection> {
  const { createTokenProvider } = await import("../../http/credentials.ts");
  const { fetchWithReferences } = await import("../../http/with-references.ts");
  const { tenantId, endpoints, references } = tenant;
  const { clock, random } = context;
  const shared = { clock, random, onWait, fetch: fetchWithReferences(context.fetch, references) };
  const graphToken = createTokenProvider(tenant, "graph", context);
  const exchangeToken = createTokenProvider(tenant, "exchange", context);
  return connection(
    tenantId,
    { ...shared, baseUrl: endpoints.graph, token: graphToken, traffic: graph },
    { ...shared, baseUrl: endpoints.exchange, token: exchangeToken, tenantId, traffic: exchange },
    () => Promise.resolve(),
  );
}

/** Its readers and its clients are made once each, and none that nobody uses. */
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
