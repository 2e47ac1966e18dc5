import { isObject } from "../tenant/tenant.ts";
import type { Json, JsonObject } from "../tenant/tenant.ts";
import { GraphProblem, requestBodyRead } from "./graph-problem.ts";
import type { GraphRequest } from "./wire.ts";

/** Parses the body of a request. @throws {GraphProblem} when it is not a JSON object */
export function jsonBody(request: GraphRequest): JsonObject {
  const type = request.headers["content-type"];
  if (type === undefined) {
    throw requestBodyRead(
      "A missing or empty content type header was found when trying to read a message. The content type header is required.",
    );
  }
  if (!/^application\/json(;|$)/.test(type)) {
    throw new GraphProblem(415, "UnsupportedMediaType", `The content type '${type}' is not supported here.`);
  }
  const text = typeof request.body === "string" ? request.body : Buffer.from(request.body ?? "").toString();
  const json = parsed(text);
  if (isObject(json)) return json;
  throw requestBodyRead("The body of the request must be an object.");
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text) as Json; // the type of all JSON
  } catch {
    throw requestBodyRead(
      "Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format.",
    );
  }
}
