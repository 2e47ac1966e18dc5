import { Buffer } from "node:buffer";
import { randomUUID } from "node:crypto";
import { setImmediate as nextTurn } from "node:timers/promises";
import type { Clock, Fetch, FetchInit } from "../model/context.ts";
import { directoryReply } from "./directory.ts";
import type { Request } from "./directory.ts";
import { batchReply } from "./batch.ts";
import { mailboxReply } from "./mailbox.ts";
import { noSuchPath, Refusal, refusalReply } from "./replies.ts";
import type { Reply } from "./replies.ts";
import { openStore } from "./store.ts";
import type { Store } from "./store.ts";

/** An embedded tenant: Graph over a file, behind the same fetch as the real one. */
export interface Sandbox {
  readonly tenantId: string;
  /** Answers every host alike; a bearer token is asked for, whatever it says. */
  readonly fetch: Fetch;
  /** Brings the file up to date. Without it nothing is lost either: it is in the log beside the file. */
  close(): Promise<void>;
}

/** Most requests that Outlook works on at a time for one app and mailbox. @see https://learn.microsoft.com/graph/throttling-limits */
const mostInFlight = 4;

/** @throws {SandboxFileError} */
export async function openSandbox(
  path: string,
  world: { readonly clock: Clock; readonly random: () => number },
): Promise<Sandbox> {
  const store = openStore(path);
  const answer = answerer(store, world.clock);
  return {
    tenantId: store.tenant.tenantId,
    async fetch(url, init) {
      init.signal.throwIfAborted();
      const reply = await answer(url, init);
      init.signal.throwIfAborted();
      return toResponse(reply);
    },
    close: () => Promise.resolve(store.close()),
  };
}

function answerer(store: Store, clock: Clock): (url: string, init: FetchInit) => Promise<Reply> {
  const inFlight = new Map<string, number>();
  const one = async (request: Request): Promise<Reply> => {
    const requestId = randomUUID();
    const lane = mailboxOf(request);
    const busy = (inFlight.get(lane) ?? 0) + 1;
    if (lane !== "") inFlight.set(lane, busy);
    try {
      // An answer takes a moment, so that requests really run side by side.
      await nextTurn();
      if (lane !== "" && busy > mostInFlight) {
        throw new Refusal(429, "ApplicationThrottled", "Application is over its MailboxConcurrency limit.", {
          "retry-after": "1",
        });
      }
      const now = new Date(clock.now()).toISOString().replace(/\.\d{3}/, "");
      const reply = lane === "" ? directoryReply(store.tenant, request) : mailboxReply(store, request, now);
      return { ...reply, headers: { "request-id": requestId, ...reply.headers } };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const reply = refusalReply(error, requestId);
      return { ...reply, headers: { "request-id": requestId, ...reply.headers } };
    } finally {
      if (lane !== "") inFlight.set(lane, (inFlight.get(lane) ?? 1) - 1);
    }
  };
  return async (url, init) => {
    try {
      const request = toRequest(url, init);
      return request.path[0] === "$batch" ? await batchReply(request, one) : await one(request);
    } catch (error) {
      if (error instanceof Refusal) return refusalReply(error, randomUUID());
      throw error;
    }
  };
}

function toRequest(url: string, init: FetchInit): Request {
  const parsed = new URL(url);
  const [version, ...path] = parsed.pathname.split("/").slice(1).map(decodeURIComponent);
  const headers = new Headers(init.headers);
  if (!/^Bearer .+/.test(headers.get("authorization") ?? "")) {
    throw new Refusal(401, "InvalidAuthenticationToken", "Access token is empty.");
  }
  if (version !== "v1.0") throw noSuchPath(version ?? "");
  return { method: init.method, url: parsed, path, headers, body: bodyOf(init.body, headers) };
}

/** @throws {Refusal} */
function bodyOf(body: string | Uint8Array | undefined, headers: Headers): unknown {
  if (body === undefined) return undefined;
  const type = headers.get("content-type");
  if (type === null) throw new Refusal(400, "BadRequest", "A Content-Type header is needed with a body.");
  if (!type.startsWith("application/json")) return typeof body === "string" ? Buffer.from(body) : body;
  try {
    return JSON.parse(typeof body === "string" ? body : Buffer.from(body).toString());
  } catch {
    throw new Refusal(400, "BadRequest", "Unable to read JSON request payload.");
  }
}

/** Id or UPN of the mailbox that a request is for; "" for the directory. */
function mailboxOf({ path }: Request): string {
  const [users, user = "", collection] = path;
  return users === "users" && (collection === "contacts" || collection === "contactFolders")
    ? user.toLowerCase()
    : "";
}

function toResponse({ status, headers, body }: Reply): Response {
  if (body === undefined) return new Response(null, { status, headers: headers ?? {} });
  if (body instanceof Uint8Array) return new Response(Buffer.from(body), { status, headers: headers ?? {} });
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return new Response(text, { status, headers: { "content-type": "application/json", ...headers } });
}
