import { GraphError } from "../http/graph/graph.ts";
import { AuthError } from "../http/token.ts";
import type { Place } from "../model/diagnostic.ts";
import { sentence } from "../text/sentence.ts";

/** Something of a tenant's directory could not be found or not be read completely. */
export class DirectoryError extends Error {
  override readonly name = "DirectoryError";
  /** Stable, kebab-case: the diagnostic's code. */
  readonly code: string;
  /** The diagnostic's summary; holds no names that users choose. */
  readonly summary: string;
  readonly detail: string;
  /** Where the config names what was looked for; null when nowhere. */
  readonly place: Place | null;
  /** Of Graph's answer; "" when there is none. */
  readonly requestId: string;
  /** What else is wrong, to be told too. */
  readonly others: readonly DirectoryError[];

  constructor(problem: {
    code: string;
    summary: string;
    detail: string;
    place?: Place | null;
    requestId?: string;
    others?: readonly DirectoryError[];
    cause?: unknown;
  }) {
    super(problem.detail, { cause: problem.cause });
    this.code = problem.code;
    this.summary = problem.summary;
    this.detail = problem.detail;
    this.place = problem.place ?? null;
    this.requestId = problem.requestId ?? "";
    this.others = problem.others ?? [];
  }

  /** The same, telling of others too. */
  with(others: readonly DirectoryError[]): DirectoryError {
    const { code, summary, detail, place, requestId, cause } = this;
    return new DirectoryError({ code, summary, detail, place, requestId, others, cause });
  }
}

/** What was being read when Graph refused, for the sentence that says so. */
export interface Reading {
  /** Plural, e.g. `users`, `members of a group`. */
  readonly what: string;
  /** The application permission that it takes. */
  readonly permission: string;
  /** Where the config asks for it; null when nowhere in particular. */
  readonly place: Place | null;
}

/**
 * A DirectoryError that says what Graph's refusal means and what to do; anything but a GraphError as it is
 * (an abort, a bug). A failed sign-in is an AuthError: whatever was being read, it has one reason and is told once.
 */
export function explainFailure(error: unknown, reading: Reading): unknown {
  if (!(error instanceof GraphError)) return error;
  if (error.cause instanceof AuthError) return error.cause;
  const { code, summary, advice } = meaningOf(error, reading);
  return new DirectoryError({
    code,
    summary,
    detail: `${capitalized(reading.what)} could not be read: ${answerOf(error)} ${advice}`,
    place: reading.place,
    requestId: error.requestId,
    cause: error,
  });
}

interface Meaning {
  readonly code: string;
  readonly summary: string;
  readonly advice: string;
}

function meaningOf(error: GraphError, reading: Reading): Meaning {
  if (error.status === 401) {
    return {
      code: "graph-sign-in-refused",
      summary: "Graph did not accept the sign-in",
      advice:
        "Check `auth` of the tenant: the secret or certificate may have expired, or belong to another tenant.",
    };
  }
  if (error.status === 403) {
    return {
      code: "graph-permission-missing",
      summary: "A permission is missing",
      advice: `Grant the application the permission ${reading.permission} (type Application) and give admin consent.`,
    };
  }
  if (error.status === 400) {
    return {
      code: "graph-query-refused",
      summary: "Graph refused the query",
      advice:
        "Where the config gives a `filter`, check its spelling and whether Graph can filter by that property.",
    };
  }
  if (error.status === 429) {
    return {
      code: "graph-throttled",
      summary: "Graph throttled the requests",
      advice: "It still did after several attempts. Run again later, or with less parallelism.",
    };
  }
  if (error.status === 0) {
    return {
      code: "graph-unreachable",
      summary: "Graph could not be reached",
      advice: "Check the network, the proxy and `endpoints` of the tenant, then run again.",
    };
  }
  return {
    code: "graph-failed",
    summary: "Graph failed",
    advice: "Run again later; should it stay, give Microsoft the request id.",
  };
}

function answerOf(error: GraphError): string {
  if (error.status === 0) return sentence(error.message);
  return `Graph answered ${error.status} ${error.code}: ${sentence(error.message)}`;
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
