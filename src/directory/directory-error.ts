import { GraphError } from "../http/graph/graph.ts";
import { AuthError } from "../http/token.ts";
import type { Place } from "../model/diagnostic.ts";
import { sentence } from "../text/sentence.ts";

/** An object of a tenant's directory was not found, or could not be read completely. */
export class DirectoryError extends Error {
  override readonly name = "DirectoryError";
  /** Stable, kebab-case: the diagnostic's code. */
  readonly code: string;
  /** The diagnostic's summary; contains no names that users choose. */
  readonly summary: string;
  readonly detail: string;
  /** Where the config names the object; null when it does not. */
  readonly place: Place | null;
  /** The request id of Graph's answer; "" when there is none. */
  readonly requestId: string;
  /** Further errors to report together with this one. */
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

  /** The same error, reporting others as well. */
  with(others: readonly DirectoryError[]): DirectoryError {
    const { code, summary, detail, place, requestId, cause } = this;
    return new DirectoryError({ code, summary, detail, place, requestId, others, cause });
  }
}

/** Describes a read for the error message if it fails. */
export interface Reading {
  /** Plural, e.g. `users`, `members of a group`. */
  readonly what: string;
  /** The application permission that the read needs. */
  readonly permission: string;
  /** Where the config asks for it; null when no particular place does. */
  readonly place: Place | null;
  /** Where the config gives the filter of the query; absent if it gives none. */
  readonly filterPlace?: Place;
}

/**
 * Turns a GraphError into a DirectoryError that says what the failure means and what to do; returns any other error (an
 * abort, a bug) unchanged. A failed sign-in becomes its AuthError: whatever was being read, it has one reason and is
 * reported once.
 */
export function explainFailure(error: unknown, reading: Reading): unknown {
  if (!(error instanceof GraphError)) return error;
  if (error.cause instanceof AuthError) return error.cause;
  const { code, summary, advice } = meaningOf(error, reading);
  return new DirectoryError({
    code,
    summary,
    detail: `${capitalized(reading.what)} could not be read: ${answerOf(error)} ${advice}`,
    place: code === queryRefused ? (reading.filterPlace ?? reading.place) : reading.place,
    requestId: error.requestId,
    cause: error,
  });
}

const queryRefused = "graph-query-refused";

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
        "Check `auth` of the tenant: the secret or certificate may have expired or may belong to another tenant.",
    };
  }
  if (error.status === 403) {
    return {
      code: "graph-permission-missing",
      summary: "A permission is missing",
      advice: `Grant the application permission ${reading.permission} with admin consent.`,
    };
  }
  if (error.status === 400) {
    return {
      code: queryRefused,
      summary: "Graph refused the query",
      advice:
        "If the config has a `filter`, check its spelling, and whether Graph can filter by that property.",
    };
  }
  if (error.status === 429) {
    return {
      code: "graph-throttled",
      summary: "Graph throttled the requests",
      advice: "It still did so after several attempts. Run again later, or with less parallelism.",
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
    advice: "Run again later; if the error persists, contact Microsoft with the request id.",
  };
}

function answerOf(error: GraphError): string {
  if (error.status === 0) return sentence(error.message);
  return `Graph answered ${error.status} ${error.code}: ${sentence(error.message)}`;
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
