import { Buffer } from "node:buffer";
import type { Request } from "./directory.ts";
import { Refusal } from "./replies.ts";
import type { Reply } from "./replies.ts";

interface Part {
  readonly id: string;
  readonly method: string;
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly dependsOn?: readonly string[];
}

const mostParts = 20;
const sideBySide = 4;

/**
 * Many requests in one, answered in an order of the service's own.
 *
 * @see https://learn.microsoft.com/graph/json-batching
 * @throws {Refusal} when the batch as a whole is malformed
 */
export async function batchReply(
  batch: Request,
  answer: (request: Request) => Promise<Reply>,
): Promise<Reply> {
  const parts = partsOf(batch);
  const answers = new Map<string, Reply>();
  const open = [...parts];
  const work = async (): Promise<void> => {
    for (let part = open.shift(); part !== undefined; part = open.shift()) {
      answers.set(part.id, await answerPart(part, batch, answers, answer));
    }
  };
  const serial = parts.some((part) => part.dependsOn !== undefined);
  await Promise.all(Array.from({ length: serial ? 1 : sideBySide }, work));
  const responses = [...answers]
    .toReversed()
    .map(([id, { status, headers, body }]) => ({ id, status, headers: headers ?? {}, body: jsonOf(body) }));
  return { status: 200, body: { responses } };
}

function partsOf({ method, body }: Request): readonly Part[] {
  const parts = (body as { requests?: unknown } | undefined)?.requests;
  const valid =
    method === "POST" &&
    Array.isArray(parts) &&
    parts.length > 0 &&
    parts.length <= mostParts &&
    parts.every(
      (part: Partial<Part>) =>
        typeof part.id === "string" && typeof part.method === "string" && typeof part.url === "string",
    ) &&
    new Set(parts.map((part: Part) => part.id.toLowerCase())).size === parts.length;
  if (!valid) throw new Refusal(400, "BadRequest", "Invalid batch payload format.");
  return parts as readonly Part[];
}

async function answerPart(
  part: Part,
  batch: Request,
  answers: ReadonlyMap<string, Reply>,
  answer: (request: Request) => Promise<Reply>,
): Promise<Reply> {
  if (part.dependsOn?.some((id) => (answers.get(id)?.status ?? 424) >= 400) === true) {
    return {
      status: 424,
      body: { error: { code: "FailedDependency", message: "A request that this one depends on failed." } },
    };
  }
  const url = new URL(part.url.replace(/^\/?/, "/v1.0/"), batch.url);
  const path = url.pathname.split("/").slice(2).map(decodeURIComponent);
  if (path[0] === "v1.0")
    return {
      status: 400,
      body: { error: { code: "BadRequest", message: "Resource not found for the segment 'v1.0'." } },
    };
  const headers = new Headers(part.headers);
  if (part.body !== undefined && !headers.has("content-type")) {
    return {
      status: 400,
      body: { error: { code: "BadRequest", message: "Write request id : without Content-Type header." } },
    };
  }
  const { body } = part;
  const binary = headers.get("content-type")?.startsWith("application/json") === false;
  return answer({
    method: part.method,
    url,
    path,
    headers,
    body: binary && typeof body === "string" ? Buffer.from(body, "base64") : body,
  });
}

function jsonOf(body: Reply["body"]): unknown {
  if (body instanceof Uint8Array) return Buffer.from(body).toString("base64");
  return typeof body === "string" ? JSON.parse(body) : body;
}
