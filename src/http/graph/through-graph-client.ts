import { Client, ResponseType } from "@microsoft/microsoft-graph-client";
import type { Context, Middleware, MiddlewareOptions } from "@microsoft/microsoft-graph-client";
import type { Answer, Send, WireRequest } from "./send.ts";

/** Passes one request and its result through Microsoft's client, which identifies options by their class. */
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
   * Takes the result out. The object is long-lived by then; a result that it kept would survive many collections of
   * young garbage, which costs a third of a plan's time.
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
 * Sends requests through Microsoft's Graph client, with `send` as its middleware chain.
 *
 * The client prepares method, headers and body. Its URL is not used: it parses URLs, merges equal options, reorders
 * them and fails on an `https://` in a filter, while a nextLink must be sent back unchanged. Answers and errors bypass
 * it too: it would lose causes, headers and the bodies of web pages.
 */
export function throughGraphClient(send: Send, baseUrl: string): Send {
  const middleware: Middleware = {
    async execute(context) {
      const pending = pendingOf(context);
      try {
        pending.end({ answer: await send(preparedRequest(context, pending.request)) });
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
    // For a view, the client would send the whole underlying memory; it sends a Buffer correctly.
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

function preparedRequest({ options }: Context, request: WireRequest): WireRequest {
  const body = options?.body;
  const known = typeof body === "string" || body instanceof Uint8Array;
  return {
    ...request,
    method: options?.method ?? request.method,
    headers: headersOf(options?.headers),
    ...(known ? { body } : {}),
  };
}

/**
 * The client passes a plain record. Node's own Headers class is not supported here, since it would load all of Node's
 * fetch.
 */
function headersOf(made: unknown): Readonly<Record<string, string>> {
  const entries = Object.entries(typeof made === "object" && made !== null ? made : {});
  return Object.fromEntries(entries.map(([name, value]) => [name.toLowerCase(), String(value)]));
}
