import { createSemaphore } from "../../concurrency/semaphore.ts";
import type { Semaphore } from "../../concurrency/semaphore.ts";
import type { Clock } from "../../model/context.ts";
import { createLanes } from "./lanes.ts";
import type { Lanes } from "./lanes.ts";

/** What all clients of one tenant have in common, whoever they sign in as, since Graph counts what reaches a mailbox. */
export interface GraphTraffic {
  readonly lanes: Lanes;
  /** Requests in flight over all lanes. */
  readonly atOnce: Semaphore;
}

/** @param requests - in flight at a time, over all lanes */
export function createGraphTraffic(clock: Clock, requests = 32): GraphTraffic {
  return { lanes: createLanes(clock), atOnce: createSemaphore(requests) };
}
