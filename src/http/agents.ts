import http from "node:http";
import type { ClientRequestArgs } from "node:http";
import https from "node:https";
import type { RequestOptions } from "node:https";
import type { Duplex } from "node:stream";
import { limitConnecting } from "./connect-time.ts";
import { openTunnel } from "./tunnel.ts";

/** Idle connections are reused, but only briefly: a middlebox may drop an idle connection without notice. */
const kept = { keepAlive: true, timeout: 4000 };

/** What an agent needs in addition to Node's request options. */
export interface WithRequestSignal {
  /** Aborts the connection that is being opened for this request. */
  readonly requestSignal: AbortSignal;
}

/** Connections without TLS. */
export class PlainConnections extends http.Agent {
  readonly #connectMs: number;

  constructor(connectMs: number) {
    super(kept);
    this.#connectMs = connectMs;
  }

  override createConnection(options: ClientRequestArgs): Duplex {
    const connection = super.createConnection(options) as Duplex; // Node's own implementation returns one
    limitConnecting(connection, "connect", requestSignalOf(options), this.#connectMs);
    return connection;
  }
}

/** Connections with TLS. */
export class SecureConnections extends https.Agent {
  readonly #connectMs: number;

  constructor(connectMs: number) {
    super(kept);
    this.#connectMs = connectMs;
  }

  override createConnection(options: RequestOptions): Duplex {
    return secured(super.createConnection(options), options, this.#connectMs);
  }
}

/** Connections with TLS through tunnels of a proxy. */
export class TunnelledConnections extends https.Agent {
  readonly #proxy: URL;
  readonly #connectMs: number;

  constructor(proxy: URL, connectMs: number) {
    super(kept);
    this.#proxy = proxy;
    this.#connectMs = connectMs;
  }

  override createConnection(
    options: RequestOptions,
    connected: (error: Error | null, stream: Duplex) => void,
  ): undefined {
    const none = undefined as unknown as Duplex; // not used when there is an error
    this.#throughTunnel(options).then(
      (connection) => connected(null, connection),
      (error: unknown) => connected(error as Error, none), // Node rejects with errors, and so do we
    );
  }

  async #throughTunnel(options: RequestOptions): Promise<Duplex> {
    const end = { host: options.host ?? "", port: Number(options.port) };
    const socket = await openTunnel(this.#proxy, end, requestSignalOf(options), this.#connectMs);
    const over: RequestOptions & { readonly socket: Duplex } = { ...options, socket };
    return secured(super.createConnection(over), options, this.#connectMs);
  }
}

function secured(
  made: Duplex | null | undefined,
  options: RequestOptions | ClientRequestArgs,
  milliseconds: number,
): Duplex {
  const connection = made as Duplex; // Node's own implementation returns one
  limitConnecting(connection, "secureConnect", requestSignalOf(options), milliseconds);
  return connection;
}

/** Options of a request reach its agent as they are. */
function requestSignalOf(options: object): AbortSignal {
  return (options as WithRequestSignal).requestSignal; // routes.ts always gives one
}
