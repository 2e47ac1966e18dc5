/** A refusal with Graph's own message; converted to an HTTP answer in one place. */
export class GraphProblem extends Error {
  override readonly name = "GraphProblem";
  readonly status: number;
  readonly code: string;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, code: string, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.headers = headers;
  }
}

export function badRequest(message: string): GraphProblem {
  return new GraphProblem(400, "BadRequest", message);
}

/** The query needs `ConsistencyLevel: eventual` and `$count=true`, or is not supported at all. */
export function unsupportedQuery(message = "Unsupported Query."): GraphProblem {
  return new GraphProblem(400, "Request_UnsupportedQuery", message);
}

/** A feature that Graph has and the sandbox does not. */
export function notModelled(what: string): GraphProblem {
  return new GraphProblem(501, "NotImplemented", `The sandbox tenant does not know ${what}.`);
}

export function noSuchResource(id: string): GraphProblem {
  const message = `Resource '${id}' does not exist or one of its queried reference-property objects are not present.`;
  return new GraphProblem(404, "Request_ResourceNotFound", message);
}

export function itemNotFound(): GraphProblem {
  return new GraphProblem(404, "ErrorItemNotFound", "The specified object was not found in the store.");
}

export function invalidProperty(message: string): GraphProblem {
  return new GraphProblem(400, "ErrorInvalidProperty", message);
}

export function requestBodyRead(message: string): GraphProblem {
  return new GraphProblem(400, "RequestBodyRead", message);
}

export function noSuchSegment(segment: string): GraphProblem {
  return badRequest(`Resource not found for the segment '${segment}'.`);
}

export function methodNotAllowed(): GraphProblem {
  const message = "Specified HTTP method is not allowed for the request target.";
  return new GraphProblem(405, "Request_BadRequest", message);
}
