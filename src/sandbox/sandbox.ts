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

/** An embedded tenant: what Graph and Exchange do, over a file, behind the same fetch as the real ones. */
export interface Sandbox {
  readonly tenantId: string;
  /** Initial domain. */
  readonly organization: string;
  /** Answers under any host; wants a bearer token, whatever it says. */
  readonly fetch: (...request: Parameters<Fetch>) => Promise<Response>;
  /** The tenant behind it, for what admin/ does by hand. */
  readonly store: Store;
  /**
   * Brings the file up to date. Without it nothing is lost either: what was answered is in the log beside the file.
   *
   * @throws {SandboxFileError}
   */
  close(): Promise<void>;
}

/** What a test can do to a request, one inside a batch included, before it is carried out. */
export type Fault =
  /** Answered instead. */
  | Response
  /** The connection breaks before, or after the request was carried out; in a batch the answer is missing. */
  | "reset-before"
  | "reset-after";

export interface SandboxWorld {
  /** Its `sleep` is for the time that Exchange takes; without it it takes none. */
  readonly clock: SleepyClock;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  /** What stands for the path in messages, where that must not be printed. */
  readonly shown?: string | null;
  readonly intercept?: (
    request: GraphRequest | ExchangeRequest,
  ) => Fault | undefined | Promise<Fault | undefined>;
  /** How Exchange behaves, over what the tenant's file says; looked at with each request. */
  readonly exchange?: Partial<ExchangeSettings>;
}

/** @throws {SandboxFileError} */
export async function openSandbox(path: string, world: SandboxWorld): Promise<Sandbox> {
  const store = openStore(path, world.shown ?? null);
  // Its own numbers, so that those of the program do not depend on how much it asks.
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

  /** Null where no answer comes. */
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

/** A tenant that cannot be written refuses for good: to ask again would not help. */
function asProblem(error: unknown): GraphProblem {
  if (error instanceof GraphProblem) return error;
  if (error instanceof SandboxFileError) return new GraphProblem(409, error.code, error.message);
  throw error;
}

/** As fetch tells it when the other side closes the connection. */
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
  // A Buffer is bytes over any memory, which the types of Response do not believe.
  return new Response(body as string | Uint8Array<ArrayBuffer> | null, { status, headers: all });
}
