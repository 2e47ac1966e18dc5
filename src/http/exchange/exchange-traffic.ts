import type { Clock } from "../../model/context.ts";
import { defaultParallelism, maxParallelism, writeSpacingMs } from "./budget.ts";
import { createGate } from "./gate.ts";
import type { Gate } from "./gate.ts";

/** Limits shared by all clients of one tenant, whatever application they sign in as: a tenant has one budget. */
export interface ExchangeTraffic {
  readonly gate: Gate;
  /** Cmdlets at a time. */
  readonly parallelism: number;
}

export interface TrafficOptions {
  /** Cmdlets at a time; 4 when left out, 8 at most. */
  readonly parallelism?: number;
  /** Milliseconds between the starts of two writes; 500 when left out. A sandbox needs no budget. */
  readonly spacingMs?: number;
}

export function createExchangeTraffic(clock: Clock, options: TrafficOptions = {}): ExchangeTraffic {
  const parallelism = Math.min(Math.max(1, options.parallelism ?? defaultParallelism), maxParallelism);
  return { gate: createGate(clock, parallelism, options.spacingMs ?? writeSpacingMs), parallelism };
}
