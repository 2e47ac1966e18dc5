/** One HTTP exchange. Redirects are not followed. Rejects when no response came, with the signal's reason when aborted. */
export type Fetch = (url: string, init: FetchInit) => Promise<FetchResponse>;

export interface FetchInit {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  readonly signal: AbortSignal;
}

/** As much of a `Response` as is read here. Node's own is not made on the wire: it brings all of Node's fetch with it. */
export interface FetchResponse {
  readonly status: number;
  /** Whether the status is 2xx. */
  readonly ok: boolean;
  readonly headers: FetchHeaders;
  /** The whole body, without its content coding. Rejects when it was cut short or is damaged. */
  arrayBuffer(): Promise<ArrayBuffer>;
  /** The same as text. */
  text(): Promise<string>;
}

/** Name and value of each; names in lower case. */
export interface FetchHeaders extends Iterable<[string, string]> {
  get(name: string): string | null;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** A stream that people or programs read. */
export interface Output {
  /**
   * Resolves when the text is handed on, so that a slow reader slows the writer, or nobody reads any more.
   *
   * @throws the error of the system where it cannot be written (ENOSPC, EIO, …); stderr, of which nobody is told, never
   */
  write(text: string): Promise<void>;
  readonly isTTY: boolean;
  /** Characters in a line; 80 when unknown. */
  readonly columns: number;
}

/**
 * All that the program may know of the world around it; tests replace it here and nowhere else.
 */
export interface Context {
  readonly cwd: string;
  readonly env: Environment;
  readonly stdout: Output;
  readonly stderr: Output;
  /** Asks on the terminal and resolves to the line typed, "" where none was; null when there is no terminal. */
  readonly ask: (question: string, signal: AbortSignal) => Promise<string | null>;
  readonly clock: Clock;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  /** Fetch over the network, through the proxy that the environment names. */
  readonly fetch: Fetch;
  /** Aborted by the first SIGINT, SIGTERM or SIGHUP; its reason is the signal's name. */
  readonly signal: AbortSignal;
  /**
   * To be told of a run that begins to write, for whoever ends the process before it has ended.
   *
   * @param again - the command that does the rest, and finds what was in doubt
   */
  readonly begun: (run: string, again: string) => void;
}

export interface Clock {
  /** Milliseconds since 1970-01-01T00:00Z. */
  now(): number;
  /** Rejects with the signal's reason when it is aborted first. */
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>;
}
