import { GraphError } from "../../../http/graph/graph.ts";
import type { Clock } from "../../../model/context.ts";
import type { BookJournal, StepResult } from "../../../model/journal.ts";
import type { Change } from "../../../model/plan.ts";
import { decide } from "./decide.ts";
import { foundDone } from "./journal-steps.ts";
import { lookUp } from "./look-up.ts";
import type { Findings, Found, LookUp } from "./look-up.ts";

/** A change that was sent, and nobody knows whether it was made: its answer was lost, or another write came between. */
export interface Doubtful {
  readonly change: Change;
  /** In the journal. */
  readonly step: number;
  readonly error: GraphError;
}

interface Looking extends LookUp {
  readonly journal: BookJournal;
  readonly clock: Clock;
}

/**
 * How long to wait before looking whether a create was made after all, and then again where it is not there: what
 * answered may not be what carries it out, and a search may lag behind.
 */
const waitsMs: readonly number[] = [10_000, 20_000];

/**
 * What the tenant holds now for changes that ended in doubt; those that turn out to be made are so in the journal.
 *
 * @returns the failure where nothing could be read
 */
export async function lookAgain(
  looking: Looking,
  doubtful: readonly Doubtful[],
  signal: AbortSignal,
): Promise<Findings | GraphError> {
  if (doubtful.length === 0) return new Map();
  try {
    const found = await withPatience(looking, doubtful, signal);
    looking.journal.end(doubtful.flatMap((one) => madeSteps(one, found, looking.place.owner)));
    return found;
  } catch (error) {
    if (error instanceof GraphError) return error;
    throw error;
  }
}

async function withPatience(
  looking: Looking,
  doubtful: readonly Doubtful[],
  signal: AbortSignal,
): Promise<Findings> {
  const changes = doubtful.map(({ change }) => change);
  // All others can be repeated without harm.
  const creates = doubtful.filter(isLostCreate).map(({ change }) => change);
  if (creates.length === 0) return lookUp(looking, changes, signal);
  const found = new Map<Change, Found>();
  let open = changes;
  for (const wait of waitsMs) {
    if (open.length === 0) break;
    await looking.clock.sleep(wait, signal);
    for (const [change, contacts] of await lookUp(looking, open, signal)) found.set(change, contacts);
    open = creates.filter((change) => isAbsent(found.get(change)));
  }
  return found;
}

/** Whether nobody knows whether a contact was made. */
export function isLostCreate({ change, error }: Doubtful): boolean {
  return change.action === "create" && error.outcome === "unknown";
}

/** Whether it was looked for, and nothing was there. */
export function isAbsent(found: Found | undefined): boolean {
  return found !== undefined && !(found instanceof GraphError) && found.length === 0;
}

/** What is known now of a step that was in doubt: nothing, or that it was made. */
function madeSteps(
  { change, step, error }: Doubtful,
  findings: Findings,
  owner: string,
): readonly StepResult[] {
  const found = findings.get(change);
  if (found === undefined || found instanceof GraphError) return [];
  const next = decide(change, found, owner);
  const isMade = next.kind === "photo" || (next.kind === "settled" && next.outcome.status === "already-done");
  return isMade ? [foundDone(step, error.requestId, found[0] ?? null)] : [];
}
