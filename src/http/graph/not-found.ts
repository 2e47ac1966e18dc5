import { GraphError } from "./graph.ts";

/** Whether it is Graph itself that says that something is not there: any gateway on the way can answer 404. */
export function isNotFound(error: unknown): boolean {
  return error instanceof GraphError && error.status === 404 && error.code !== "http-404";
}
