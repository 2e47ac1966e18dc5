import type { Fetch, FetchInit } from "../model/context.ts";
import { seededRandom } from "./cast/seeded-random.ts";
import type { SleepyClock } from "./exchange/load.ts";
import { exchangeRequestFrom } from "./exchange/request.ts";
import { exchangeService } from "./exchange/service.ts";
import { batchAnswer } from "./graph/batch.ts";
import { graphService } from "./graph/service.ts";
import { SandboxFileError } from "./store/sandbox-file-error.ts";
import { openStore } from "./store/store.ts";
import type { Store } from "./store/store.ts";
import type { ExchangeSettings } from "./tenant/exchange-settings.ts";
import { GraphProblem } from "./wire/graph-problem.ts";
import { requestFrom } from "./wire/request.ts";
import { problemAnswer } from "./wire/wire.ts";
import type { ExchangeRequest, GraphRequest, WireAnswer } from "./wire/wire.ts";

/** An embedded tenant: Graph and Exchange on top of a file, behind the same `fetch` as the real services. */
export interface Sandbox {
  readonly tenantId: string;
  /** Initial domain. */
  readonly organization: string;
  /** Answers for any host; requires a bearer token, but accepts any. */
  readonly fetch: (...request: Parameters<Fetch>) => Promise<Response>;
  /** The tenant's data, for the edits in admin/. */
  readonly store: Store;
  /**
   * Saves the file. Nothing is lost without it: the log beside the file has every answered write.
   *
   * @throws {SandboxFileError}
   */
  close(): Promise<void>;
}

/** A fault that a test injects into a request or a request in a batch. */
export type Fault =
  /** Sent in place of the real answer. */
  | Response
  /** Breaks the connection before or after the request is carried out; in a batch, its answer is missing. */
  | "reset-before"
  | "reset-after";

export interface SandboxWorld {
  /** `sleep` simulates Exchange's latency; without it there is none. */
  readonly clock: SleepyClock;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  /** Replaces the path in messages when it must not be printed. */
  readonly shown?: string | null;
  readonly intercept?: (
    request: GraphRequest | ExchangeRequest,
  ) => Fault | undefined | Promise<Fault | undefined>;
  /** Overrides the Exchange settings in the tenant's file; read at each request. */
  readonly exchange?: Partial<ExchangeSettings>;
}

/** @throws {SandboxFileError} */
export async function openSandbox(path: string, world: SandboxWorld): Promise<Sandbox> {
  const store = openStore(path, world.shown ?? null);
  // A separate generator, so that the program's random numbers do not depend on the number of requests.
  const random = seededRandom(world.random() * 2 ** 32);

  const exchange = exchangeService(store, {
    clock: world.clock,
    settings: world.exchange ?? {},
    guid: () => random.guid(),
  });

  const now = (): string => `${new Date(world.clock.now()).toISOString().slice(0, 19)}Z`;
  const graph = graphService(store, now);

  function refused(problem: GraphProblem, client?: string): WireAnswer {
    const request = random.guid();
    const answer = problemAnswer(problem, { request, client: client ?? request }, now());
    return { ...answer, headers: { "request-id": request, ...answer.headers } };
  }

  /** Null for no answer. */
  async function faulty(
    request: GraphRequest | ExchangeRequest,
    work: () => WireAnswer | Promise<WireAnswer>,
  ): Promise<WireAnswer | null> {
    const fault = await world.intercept?.(request);
    if (fault instanceof Response) return fromResponse(fault);
    if (fault === "reset-before") return null;
    const answer = await work();
    return fault === "reset-after" ? null : answer;
  }

  const answerOne = (request: GraphRequest): Promise<WireAnswer | null> =>
    faulty(request, () => carryOut(request));

  async function carryOut(request: GraphRequest): Promise<WireAnswer> {
    try {
      const answer = await graph.answer(request);
      return { ...answer, headers: { "request-id": random.guid(), ...answer.headers } };
    } catch (error) {
      return refused(asProblem(error), request.headers["client-request-id"]);
    }
  }

  async function answerTo(url: string, init: FetchInit): Promise<WireAnswer | null> {
    const { method, headers, body, signal } = init;
    try {
      const sent = { method, headers, body: body ?? null };
      const toExchange = exchangeRequestFrom(url, sent);
      if (toExchange !== null) return await faulty(toExchange, () => exchangeAnswer(toExchange, signal));
      const request = requestFrom(url, sent);
      if (request.segments[0] !== "$batch") return await answerOne(request);
      return await faulty(request, () => batchAnswer(request, answerOne, refused, random));
    } catch (error) {
      return refused(asProblem(error));
    }
  }

  async function exchangeAnswer(request: ExchangeRequest, signal: AbortSignal): Promise<WireAnswer> {
    const answer = await exchange.answer(request, signal);
    return { ...answer, headers: { "request-id": random.guid(), ...answer.headers } };
  }

  return {
    tenantId: store.state.tenantId,
    organization: store.state.organization,
    store,
    async fetch(url, init) {
      init.signal.throwIfAborted();
      const answer = await answerTo(url, init);
      init.signal.throwIfAborted();
      if (answer === null) throw connectionReset();
      return toResponse(answer, init.headers, world.clock.now());
    },
    close: async () => store.close(),
  };
}

/** Maps errors to refusals. A tenant that cannot be written refuses permanently, so that callers do not retry. */
function asProblem(error: unknown): GraphProblem {
  if (error instanceof GraphProblem) return error;
  if (error instanceof SandboxFileError) return new GraphProblem(409, error.code, error.message);
  throw error;
}

/** The error of `fetch` when the other side closes the connection. */
function connectionReset(): TypeError {
  const cause = Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET", syscall: "read" });
  return new TypeError("fetch failed", { cause });
}

async function fromResponse(response: Response): Promise<WireAnswer> {
  const text = await response.text();
  return {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: text === "" ? null : text,
  };
}

function toResponse(
  { status, headers, body }: WireAnswer,
  asked: Readonly<Record<string, string>>,
  now: number,
): Response {
  const client = Object.entries(asked).find(([name]) => name.toLowerCase() === "client-request-id")?.[1];
  const echo = client === undefined ? {} : { "client-request-id": client };
  const all = { Date: new Date(now).toUTCString(), ...echo, ...headers };
  // The types of Response do not accept a Buffer, since it may be a view of any memory.
  return new Response(body as string | Uint8Array<ArrayBuffer> | null, { status, headers: all });
}
