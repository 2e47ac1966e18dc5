import { GraphError } from "./graph.ts";

/** Whether Graph itself reported that an object does not exist. A bare 404 may come from any gateway in between. */
export function isNotFound(error: unknown): boolean {
  return error instanceof GraphError && error.status === 404 && error.code !== "http-404";
}
