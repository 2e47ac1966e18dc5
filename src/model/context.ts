/**
 * Sends one HTTP request. Does not follow redirects. Rejects when no response arrives; when aborted, with the signal's
 * reason.
 */
export type Fetch = (url: string, init: FetchInit) => Promise<FetchResponse>;

export interface FetchInit {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  readonly signal: AbortSignal;
}

/** The part of a `Response` that galops reads. Not Node's own class, since that would load all of Node's fetch. */
export interface FetchResponse {
  readonly status: number;
  /** Whether the status is 2xx. */
  readonly ok: boolean;
  readonly headers: FetchHeaders;
  /** The whole body, with its content coding removed. Rejects when the body is truncated or damaged. */
  arrayBuffer(): Promise<ArrayBuffer>;
  /** The whole body as text; rejects like `arrayBuffer`. */
  text(): Promise<string>;
}

/** Response headers. Iteration yields name and value, names in lower case. */
export interface FetchHeaders extends Iterable<[string, string]> {
  get(name: string): string | null;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** A text stream that people or programs read: stdout or stderr. */
export interface Output {
  /**
   * Resolves once the text was passed on, so that a slow reader slows the writer, or once the reader is gone.
   *
   * @throws the system's error when stdout cannot be written (ENOSPC, EIO, …); stderr never throws, because there is
   * no other place to report its failure
   */
  write(text: string): Promise<void>;
  readonly isTTY: boolean;
  /** Width in characters; 80 when unknown. */
  readonly columns: number;
}

/**
 * Everything that the program may use of its surroundings. Tests replace it here and nowhere else.
 */
export interface Context {
  readonly cwd: string;
  readonly env: Environment;
  readonly stdout: Output;
  readonly stderr: Output;
  /** Asks on the terminal and resolves to the line typed ("" for an empty one); null when there is no terminal. */
  readonly ask: (question: string, signal: AbortSignal) => Promise<string | null>;
  readonly clock: Clock;
  /** Random number, uniform in [0, 1). */
  readonly random: () => number;
  /** Fetches over the network, through the proxy that the environment names. */
  readonly fetch: Fetch;
  /** Aborted by the first SIGINT, SIGTERM or SIGHUP; its reason is the signal's name. */
  readonly signal: AbortSignal;
  /**
   * Registers a run that is about to write, so that a forced exit can name it.
   *
   * @param again - the command that finishes the run and resolves the writes in doubt
   */
  readonly begun: (run: string, again: string) => void;
}

export interface Clock {
  /** Milliseconds since 1970-01-01T00:00Z. */
  now(): number;
  /** Rejects with the signal's reason when it is aborted first. */
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>;
}
