import { GraphError } from "../../../http/graph/graph.ts";
import type { Clock } from "../../../model/context.ts";
import type { BookJournal, StepResult } from "../../../model/journal.ts";
import type { Change } from "../../../model/plan.ts";
import { decide } from "./decide.ts";
import { foundDone } from "./journal-steps.ts";
import { lookUp } from "./look-up.ts";
import type { Findings, Found, LookUp } from "./look-up.ts";

/** A change that was sent with an unknown result: its answer was lost, or another write interfered. */
export interface Doubtful {
  readonly change: Change;
  /** Number of its step in the journal. */
  readonly step: number;
  readonly error: GraphError;
}

interface Looking extends LookUp {
  readonly journal: BookJournal;
  readonly clock: Clock;
}

/**
 * Waits before each search for a contact whose create is in doubt. The create may still be in progress, and searches
 * may lag behind.
 */
const waitsMs: readonly number[] = [10_000, 20_000];

/**
 * Reads the current contacts for changes in doubt. Changes that turn out to be made are completed in the journal.
 *
 * @returns the failure when nothing could be read
 */
export async function lookAgain(
  looking: Looking,
  doubtful: readonly Doubtful[],
  signal: AbortSignal,
): Promise<Findings | GraphError> {
  if (doubtful.length === 0) return new Map();
  try {
    const found = await lookWithWaits(looking, doubtful, signal);
    looking.journal.end(doubtful.flatMap((one) => madeSteps(one, found, looking.place.owner)));
    return found;
  } catch (error) {
    if (error instanceof GraphError) return error;
    throw error;
  }
}

async function lookWithWaits(
  looking: Looking,
  doubtful: readonly Doubtful[],
  signal: AbortSignal,
): Promise<Findings> {
  const changes = doubtful.map(({ change }) => change);
  // All other changes can be repeated safely.
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

/** Whether it is unknown if a contact was created. */
export function isLostCreate({ change, error }: Doubtful): boolean {
  return change.action === "create" && error.outcome === "unknown";
}

/** Whether a search succeeded and found nothing. */
export function isAbsent(found: Found | undefined): boolean {
  return found !== undefined && !(found instanceof GraphError) && found.length === 0;
}

/** Journal results of a step that was in doubt: done if the contact is as desired, otherwise none. */
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
