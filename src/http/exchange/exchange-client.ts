import type { Clock, Fetch } from "../../model/context.ts";
import type { TokenProvider } from "../token.ts";
import type { Wait } from "../wait.ts";
import { writeForecastMs } from "./budget.ts";
import { createCarrier } from "./carry.ts";
import type { Call } from "./call.ts";
import { readBody, writeBody } from "./cmdlet-input.ts";
import type { Cmdlet, ExchangeClient, ExchangeReader, Parameters } from "./exchange.ts";
import { createExchangeTraffic } from "./exchange-traffic.ts";
import type { ExchangeTraffic } from "./exchange-traffic.ts";
import type { Page } from "./page.ts";
import { pageIn, pageSize, rowsIn } from "./page.ts";
import { persevering } from "./persevere.ts";
import { isListing, readAll } from "./read-all.ts";
import { readingOnly } from "./reading-only.ts";

export interface ExchangeClientOptions {
  /** Without a trailing slash. */
  readonly baseUrl: string;
  /** GUID of the tenant. */
  readonly tenantId: string;
  readonly fetch: Fetch;
  readonly token: TokenProvider;
  readonly clock: Clock;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  /** Limits shared with other clients of the tenant; separate ones when left out. */
  readonly traffic?: ExchangeTraffic;
  /** Called when a request starts to wait for the service or the network. */
  readonly onWait?: (wait: Wait) => void;
}

/**
 * Creates a client for one tenant. All clients of a tenant that are used at the same time should share their `traffic`.
 */
export function createExchangeClient(options: ExchangeClientOptions): ExchangeClient {
  const { baseUrl, tenantId, clock, random, onWait = () => {} } = options;
  const { gate, parallelism } = options.traffic ?? createExchangeTraffic(clock);
  const carry = createCarrier(options.fetch, options.token, baseUrl);
  const ask = persevering(carry, { clock, random, gate, onWait });
  const commandUrl = `${baseUrl}/adminapi/beta/${tenantId}/InvokeCommand`;

  function callOf(cmdlet: Cmdlet, url: string, body: string, signal: AbortSignal): Call {
    const isWrite = !cmdlet.startsWith("Get-");
    const isRepeatable = cmdlet !== "New-MailContact";
    const headers = headersOf(tenantId);
    return { cmdlet, url, headers, body, isWrite, isRepeatable, signal };
  }

  return {
    async read(cmdlet, parameters, { select }, signal) {
      const isList = isListing(cmdlet, parameters);
      const url = commandUrl + selection(select, isList);
      const readPage = async (given: Parameters, next: string | null): Promise<Page> => {
        const body = readBody(cmdlet, isList ? { ...given, ResultSize: "Unlimited" } : given);
        return pageIn(await ask(callOf(cmdlet, next ?? url, body, signal)), cmdlet);
      };
      return await readAll(cmdlet, parameters, readPage);
    },
    async invoke(cmdlet, parameters, signal) {
      const body = writeBody(cmdlet, parameters);
      return rowsIn(await ask(callOf(cmdlet, commandUrl, body, signal))) ?? [];
    },
    forecastMs: (writes) => writeForecastMs(writes, parallelism),
  };
}

/** Creates a read-only client: it has no method for writing, and its fetch refuses all other requests. */
export function createExchangeReader(options: ExchangeClientOptions): ExchangeReader {
  const client = createExchangeClient({ ...options, fetch: readingOnly(options.fetch) });
  return {
    read: (cmdlet, parameters, more, signal) => client.read(cmdlet, parameters, more, signal),
    forecastMs: (writes) => client.forecastMs(writes),
  };
}

/**
 * The same headers for every request. The anchor, a mailbox that each organization has, routes all requests to one
 * server: another server may not see a recent write yet, and a nextLink works only where it was made. It names the
 * tenant by its id, since a custom domain was observed to break paging.
 */
function headersOf(tenantId: string): Readonly<Record<string, string>> {
  return {
    Accept: "application/json",
    "Content-Type": "application/json",
    Prefer: `odata.maxpagesize=${pageSize}`,
    "X-AnchorMailbox": `APP:SystemMailbox{bb558c35-97f1-4cb9-8ff7-d53741dc928c}@${tenantId}`,
  };
}

/** The `$select` of a read; for lists also the properties needed to remove duplicates and to split the read by name. */
function selection(select: readonly string[] | undefined, isList: boolean): string {
  if (select === undefined) return "";
  const properties = new Set([...select, ...(isList ? ["Guid", "Name"] : [])]);
  return `?$select=${[...properties].map(encodeURIComponent).join(",")}`;
}
