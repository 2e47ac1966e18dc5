import { Client, ResponseType } from "@microsoft/microsoft-graph-client";
import type { Context, Middleware, MiddlewareOptions } from "@microsoft/microsoft-graph-client";
import type { Answer, Send, WireRequest } from "./send.ts";

/** Carries one request and what came of it through Microsoft's client, which knows options by their class. */
class PendingAnswer implements MiddlewareOptions {
  readonly request: WireRequest;
  #result: Result | null = null;

  constructor(request: WireRequest) {
    this.request = request;
  }

  end(result: Result): void {
    this.#result = result;
  }

  /**
   * What came of it, once: it is old by then, and what it went on holding would outlive many collections of
   * young garbage, which costs a third of the time that a plan takes.
   */
  take(): Result {
    const result = this.#result;
    if (result === null) throw new Error("The Graph client skipped its middleware.");
    this.#result = null;
    return result;
  }
}

type Result = { readonly answer: Answer } | { readonly error: unknown };

/**
 * Sends through Microsoft's Graph client with `send` as its chain of middleware.
 *
 * The client makes up method, headers and body. Its own view of the URL is not used: it takes URLs apart, joins equal
 * options and puts them together in another order, and stumbles over an `https://` in a filter, while a nextLink has
 * to go back as it came. Answers and errors bypass it too: it would lose causes, headers and the bodies of web pages.
 */
export function throughGraphClient(send: Send, baseUrl: string): Send {
  const middleware: Middleware = {
    async execute(context) {
      const pending = pendingOf(context);
      try {
        pending.end({ answer: await send(asMadeUp(context, pending.request)) });
      } catch (error) {
        pending.end({ error });
      }
    },
  };
  const client = Client.initWithMiddleware({ baseUrl, defaultVersion: "v1.0", middleware });
  return async (request) => {
    const pending = new PendingAnswer(request);
    const call = client
      .api("/")
      .headers(request.headers)
      .option("signal", request.signal)
      .middlewareOptions([pending])
      .responseType(ResponseType.RAW);
    // The client sends the whole memory behind a view, but a Buffer as it is.
    const body = request.body instanceof Uint8Array ? Buffer.from(request.body) : request.body;
    await callMethod(call, request.method, body);
    const result = pending.take();
    if ("error" in result) throw result.error;
    return result.answer;
  };
}

async function callMethod(
  call: ReturnType<Client["api"]>,
  method: string,
  body: string | Buffer | undefined,
): Promise<void> {
  switch (method) {
    case "GET":
      await call.get();
      return;
    case "POST":
      await call.post(body);
      return;
    case "PUT":
      await call.put(body);
      return;
    case "PATCH":
      await call.patch(body);
      return;
    case "DELETE":
      await call.delete();
      return;
    default:
      throw new Error(`The Graph client has no method ${method}.`);
  }
}

function pendingOf(context: Context): PendingAnswer {
  const pending = context.middlewareControl?.getMiddlewareOptions(PendingAnswer);
  if (!(pending instanceof PendingAnswer)) throw new Error("The Graph client lost the options of a request.");
  return pending;
}

function asMadeUp({ options }: Context, request: WireRequest): WireRequest {
  const body = options?.body;
  const known = typeof body === "string" || body instanceof Uint8Array;
  return {
    ...request,
    method: options?.method ?? request.method,
    headers: headersOf(options?.headers),
    ...(known ? { body } : {}),
  };
}

/** The client makes a record of them. Node's own Headers are not asked for: they bring all of its fetch with them. */
function headersOf(made: unknown): Readonly<Record<string, string>> {
  const entries = Object.entries(typeof made === "object" && made !== null ? made : {});
  return Object.fromEntries(entries.map(([name, value]) => [name.toLowerCase(), String(value)]));
}
