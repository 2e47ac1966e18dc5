import { createSemaphore } from "../../concurrency/semaphore.ts";
import type { Semaphore } from "../../concurrency/semaphore.ts";
import type { Clock } from "../../model/context.ts";
import { createLanes } from "./lanes.ts";
import type { Lanes } from "./lanes.ts";

/**
 * Limits shared by all clients of one tenant, whatever application they sign in as: Graph counts the requests to a
 * mailbox.
 */
export interface GraphTraffic {
  readonly lanes: Lanes;
  /** Limits the requests in flight across all lanes. */
  readonly atOnce: Semaphore;
}

/** @param requests - the limit of requests in flight across all lanes */
export function createGraphTraffic(clock: Clock, requests = 32): GraphTraffic {
  return { lanes: createLanes(clock), atOnce: createSemaphore(requests) };
}
