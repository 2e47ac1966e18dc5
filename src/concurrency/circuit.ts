/**
 * Says when there is no use in going on with work of one kind: each of the last 20 pieces failed in the same way, and
 * so did most of all. Pieces that fail here and there, or in a row among many that succeed, do not open it.
 */
export interface Circuit {
  /** @param failure - the same for what failed alike; null for a success */
  add(failure: string | null): void;
  /** How the last ones failed, once there is no use in going on; null until then. */
  openedBy(): string | null;
  /** Begins anew, since something succeeded after all. */
  close(): void;
}

/** Failures in a row after which nothing else is expected. */
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

/** One circuit for each name, made when it is first asked for. */
export function createCircuits(): (name: string) => Circuit {
  const circuits = new Map<string, Circuit>();
  return (name) => {
    const known = circuits.get(name) ?? createCircuit();
    circuits.set(name, known);
    return known;
  };
}
