/**
 * A circuit breaker: it opens when each of the last 20 tasks failed in the same way, and so did most of all tasks.
 * Scattered failures, or a row of failures among many successes, do not open it.
 */
export interface Circuit {
  /** @param failure - equal for failures of the same kind; null for a success */
  add(failure: string | null): void;
  /** The failure that opened the circuit; null while it is closed. */
  openedBy(): string | null;
  /** Starts over, because a task succeeded after all. */
  close(): void;
}

/** The number of consecutive failures after which more are expected. */
export const rowOfFailures = 20;

export function createCircuit(): Circuit {
  let row = 0;
  let last: string | null = null;
  let all = 0;
  const alike = new Map<string, number>();
  return {
    add(failure) {
      all++;
      row = failure === null ? 0 : failure === last ? row + 1 : 1;
      last = failure;
      if (failure !== null) alike.set(failure, (alike.get(failure) ?? 0) + 1);
    },
    openedBy() {
      if (last === null || row < rowOfFailures) return null;
      return (alike.get(last) ?? 0) * 2 > all ? last : null;
    },
    close() {
      row = 0;
    },
  };
}

/** Creates a lookup of circuits by name; each is created on first use. */
export function createCircuits(): (name: string) => Circuit {
  const circuits = new Map<string, Circuit>();
  return (name) => {
    const known = circuits.get(name) ?? createCircuit();
    circuits.set(name, known);
    return known;
  };
}
