import { isObject } from "../tenant/tenant.ts";
import type { Json } from "../tenant/tenant.ts";
import { badRequest, GraphProblem, noSuchSegment } from "../wire/graph-problem.ts";
import { jsonBody } from "../wire/json-body.ts";
import { requestAt } from "../wire/request.ts";
import type { WireAnswer, GraphRequest } from "../wire/wire.ts";
import { jsonAnswer } from "../wire/wire.ts";

/** @see https://learn.microsoft.com/en-us/graph/json-batching */
const mostRequests = 20;

/** How many requests of a batch Graph processes at a time. */
const atOnce = 4;

/** Answers one request; null when the connection broke without an answer. */
export type AnswerOne = (request: GraphRequest) => Promise<WireAnswer | null>;

/** The random source for the order of the answers. */
interface Dice {
  /** A whole number from 0 (inclusive) to `end` (exclusive). */
  below(end: number): number;
}

interface Part {
  readonly id: string;
  /** In lower case, since ids are case-insensitive. */
  readonly dependsOn: readonly string[];
  /** The request, or why it is invalid. */
  readonly request: GraphRequest | GraphProblem;
}

/**
 * Answers a batch in random order, so that callers cannot rely on the order of the requests.
 *
 * @throws {GraphProblem} when the batch as a whole is refused
 */
export async function batchAnswer(
  batch: GraphRequest,
  answerOne: AnswerOne,
  refused: (problem: GraphProblem) => WireAnswer,
  dice: Dice,
): Promise<WireAnswer> {
  if (batch.method !== "POST") throw new GraphProblem(405, "BadRequest", "A batch has to be a POST.");
  const parts = partsOf(batch);
  const statuses = new Map<string, number>();
  const responses: string[] = [];

  async function run(part: Part): Promise<void> {
    const answer = await answerTo(part);
    statuses.set(part.id.toLowerCase(), answer?.status ?? 0);
    if (answer !== null) responses.push(responseJson(part.id, answer));
  }

  async function answerTo({ request, dependsOn }: Part): Promise<WireAnswer | null> {
    if (dependsOn.some((id) => !isSuccess(statuses.get(id)))) {
      return refused(
        new GraphProblem(424, "FailedDependency", "A request that this one depends on has failed."),
      );
    }
    return request instanceof GraphProblem ? refused(request) : answerOne(request);
  }

  const open = [...parts];
  async function work(): Promise<void> {
    for (;;) {
      const ready = open.findIndex(({ dependsOn }) => dependsOn.every((id) => statuses.has(id)));
      const [part] = ready === -1 ? [] : open.splice(ready, 1);
      if (part === undefined) return;
      await run(part);
    }
  }
  // A worker without a ready request ends: the remaining requests wait for requests of other workers, which then run
  // them.
  await Promise.all(Array.from({ length: atOnce }, work));
  return jsonAnswer(200, `{"responses":[${shuffled(responses, dice).join(",")}]}`);
}

function isSuccess(status: number | undefined): boolean {
  return status !== undefined && status >= 200 && status < 300;
}

function partsOf(batch: GraphRequest): readonly Part[] {
  const { requests, ...more } = jsonBody(batch);
  if (!Array.isArray(requests) || Object.keys(more).length > 0)
    throw badRequest("Invalid batch payload format.");
  if (requests.length === 0 || requests.length > mostRequests) {
    throw badRequest(
      `Number of batch request steps exceeds the maximum value of ${mostRequests}, or there is none.`,
    );
  }
  const seen = new Set<string>();
  const parts = (requests as readonly Json[]).map((item) => partOf(item, batch));
  for (const { id, dependsOn } of parts) {
    // A request can depend only on earlier ones, so no two can wait for each other.
    const unknown = dependsOn.find((other) => !seen.has(other));
    if (unknown !== undefined)
      throw badRequest(`Request '${id}' depends on '${unknown}', which does not stand before it.`);
    if (seen.has(id.toLowerCase())) throw badRequest(`Request Id '${id}' has to be unique in a batch.`);
    seen.add(id.toLowerCase());
  }
  return parts;
}

const keys: readonly string[] = ["id", "method", "url", "headers", "body", "dependsOn"];

function partOf(item: Json, batch: GraphRequest): Part {
  if (!isObject(item)) throw badRequest("Invalid batch payload format.");
  const { id, method, url, headers = {}, body, dependsOn = [], ...more } = item;
  const unknown = Object.keys(more)[0];
  if (unknown !== undefined)
    throw badRequest(`A request of a batch has ${keys.join(", ")}, but no '${unknown}'.`);
  if (typeof id !== "string" || id === "")
    throw badRequest("Every request of a batch needs an id, which is a text.");
  if (
    typeof method !== "string" ||
    typeof url !== "string" ||
    !isTextMap(headers) ||
    !isTextList(dependsOn)
  ) {
    throw badRequest("Invalid batch payload format.");
  }
  const after = dependsOn.map((other) => other.toLowerCase());
  const relative = url.startsWith("/") ? url : `/${url}`;
  if (/^\/(v1\.0|beta)(\/|$)/.test(relative)) {
    return { id, dependsOn: after, request: noSuchSegment(relative.split("/")[1] ?? "") };
  }
  if (/^\/\$batch(\?|$)/.test(relative))
    return { id, dependsOn: after, request: badRequest("A batch cannot hold a batch.") };
  try {
    const sent = { method: method.toUpperCase(), headers, body: bodyOf(body, headers) };
    return { id, dependsOn: after, request: requestAt(batch.root, relative, sent) };
  } catch (error) {
    if (error instanceof GraphProblem) return { id, dependsOn: after, request: error };
    throw error;
  }
}

function isTextMap(value: Json): value is Readonly<Record<string, string>> {
  return isObject(value) && Object.values(value).every((item) => typeof item === "string");
}

function isTextList(value: Json): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}

/** Encodes a body: JSON as text, anything else from base64. */
function bodyOf(
  body: Json | undefined,
  headers: Readonly<Record<string, string>>,
): string | Uint8Array | null {
  if (body === undefined) return null;
  const type = Object.entries(headers).find(([name]) => name.toLowerCase() === "content-type")?.[1];
  if (type === undefined)
    throw badRequest("The header Content-Type is needed where a request of a batch has a body.");
  if (type.startsWith("application/json")) return JSON.stringify(body);
  if (typeof body === "string") return Buffer.from(body, "base64");
  throw badRequest("A body that is not JSON has to be base64.");
}

function responseJson(id: string, { status, headers, body }: WireAnswer): string {
  let json = `{"id":${JSON.stringify(id)},"status":${status},"headers":${JSON.stringify(headers)}`;
  if (typeof body === "string") json += `,"body":${body}`;
  else if (body !== null) json += `,"body":"${Buffer.from(body).toString("base64")}"`;
  return `${json}}`;
}

function shuffled<Item>(items: readonly Item[], dice: Dice): readonly Item[] {
  const result = [...items];
  for (let last = result.length - 1; last > 0; last--) {
    const other = dice.below(last + 1);
    [result[last], result[other]] = [result[other] as Item, result[last] as Item]; // both indexes are in range
  }
  return result;
}
