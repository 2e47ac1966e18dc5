import { ExchangeError } from "../../http/exchange/exchange.ts";
import type { WriteCmdlet } from "../../http/exchange/exchange.ts";
import type { LiveContact } from "../../model/contact.ts";
import type { StepResult } from "../../model/journal.ts";
import type { Change, CreateChange, Outcome, UpdateChange } from "../../model/plan.ts";
import { addressOutside } from "./address-order.ts";
import { createContact } from "./create-contact.ts";
import { createdAlready, settledAlready } from "./decide.ts";
import { createStep, stepOf } from "./journal-steps.ts";
import { alreadyDone, done, failed } from "../outcomes.ts";
import { managerMissing, stale } from "./outcomes.ts";
import { isForAll } from "./problems.ts";
import { untilSeen } from "./until-seen.ts";
import { writeAll } from "./write-all.ts";
import type { Managed } from "./write-all.ts";
import { completingWrites, namesAtCreate, stampingWrite, writesOf } from "./writes.ts";
import type { Write } from "./writes.ts";
import type { Writing } from "./writing.ts";

/** A contact that was written, and its step in the journal. */
export interface Made {
  readonly step: number;
  readonly id: string;
}

/** The result of a change. */
export interface WrittenChange {
  /** Null when only the manager is missing, whose contact may still be created later in the run. */
  readonly outcome: Outcome | null;
  /** Null when nothing was written, or the contact no longer exists. */
  readonly made: Made | null;
}

/**
 * Makes one change, one cmdlet after the other.
 *
 * @param contacts - current contacts of the change by id, without deleted ones
 * @throws {ExchangeError} when Exchange refuses it; the next run completes a change that was made in part
 * @throws {JournalError}
 */
export async function writeChange(
  change: Change,
  contacts: ReadonlyMap<string, LiveContact>,
  writing: Writing,
): Promise<WrittenChange> {
  if (addressOutside(change, writing.sync.to) !== null) {
    return { outcome: stale(change, "address-not-owned"), made: null };
  }
  if (change.action === "create") return await create(change, writing);
  const current = contacts.get(change.live.id);
  const settled = settledAlready(change, contacts, writing.sync);
  if (settled !== null || current === undefined)
    return { outcome: settled ?? alreadyDone(change), made: null };
  const { id } = current;
  const [step = 0] = await writing.journal.begin([stepOf(change, current, writing)]);
  const isDelete = change.action === "delete";
  const writes = writesOf(change, writing.sync, current.markerIn);
  const begun = { step, id: isDelete ? null : id, first: writes[0]?.cmdlet ?? null };
  return await ended(begun, writing, async () => {
    const managed = await writeAll(writes, change, id, writing);
    return { outcome: outcomeOf(change, managed), made: isDelete ? null : { step, id } };
  });
}

/**
 * Adds the manager to a contact that lacks only that, and then updates its stamp. Call it after all other changes, when
 * all managers exist that this run creates.
 *
 * @throws {ExchangeError}
 * @throws {JournalError}
 */
export async function writeManager(
  change: CreateChange | UpdateChange,
  made: Made,
  writing: Writing,
): Promise<WrittenChange> {
  const { sync, managers, exchange, clock, signal } = writing;
  const Identity = made.id;
  return await ended({ ...made, first: null }, writing, async () => {
    const manager = await managers.identityOf(change.desired.fields.manager ?? "", change, signal);
    if (manager.kind !== "made") return { outcome: failed(change, managerMissing), made };
    const Manager = manager.identity;
    await untilSeen(clock, signal, () => exchange.invoke("Set-Contact", { Identity, Manager }, signal));
    const { cmdlet, parameters } = stampingWrite(change, sync);
    await exchange.invoke(cmdlet, { Identity, ...parameters }, signal);
    return { outcome: done(change), made };
  });
}

async function create(change: CreateChange, writing: Writing): Promise<WrittenChange> {
  const { journal, sync, managers } = writing;
  const [first, ...rest] = writesOf(change, sync);
  if (first === undefined) throw new Error("A contact is made without a cmdlet that makes it.");
  const [step = 0] = await journal.begin([createStep(change, sync)]);
  const begun: { step: number; id: string | null; first: WriteCmdlet | null } = {
    step,
    id: null,
    first: first.cmdlet,
  };
  return await ended(begun, writing, async () => {
    const created = await createContact(first, change, writing);
    const id = created.kind === "found" ? created.contact.id : created.id;
    begun.id = id;
    begun.first = null;
    // Even if the rest fails, the contact can be the manager of others from now on.
    managers.made(change, id);
    const settled = created.kind === "found" ? createdAlready(change, created.contact, sync) : null;
    // Another run created it, so a rollback of this run must not delete it.
    if (settled !== null) return { outcome: settled, made: null };
    const isNew = created.kind === "made";
    const managed = await complete(
      isNew ? rest : completingWrites(change, sync),
      change,
      { id, isNew },
      writing,
    );
    return { outcome: outcomeOf(change, managed), made: { step, id } };
  });
}

/** Completes a contact that was just created or was found half-made. */
async function complete(
  writes: readonly Write[],
  change: CreateChange,
  { id, isNew }: { readonly id: string; readonly isNew: boolean },
  writing: Writing,
): Promise<Managed> {
  try {
    return await writeAll(writes, change, id, writing);
  } catch (error) {
    if (error instanceof ExchangeError) await stampHalf(change, { id, isNew, error }, writing);
    throw error;
  }
}

/**
 * Stamps a contact that Exchange refused to complete, so that it can be deleted when its person leaves. If this fails,
 * too, the contact is identified by its alias.
 */
async function stampHalf(
  change: CreateChange,
  { id, isNew, error }: { readonly id: string; readonly isNew: boolean; readonly error: ExchangeError },
  { exchange, sync, signal }: Writing,
): Promise<void> {
  // This contact should have no marker.
  if (change.asBefore?.marker === null) return;
  if (error.cmdlet !== "Set-Contact" || error.outcome !== "refused" || isForAll(error.kind)) return;
  const { cmdlet, parameters } = stampingWrite(change, sync, (field) => isNew && namesAtCreate.has(field));
  try {
    await exchange.invoke(cmdlet, { Identity: id, ...parameters }, signal);
  } catch (second) {
    if (!(second instanceof ExchangeError)) throw second;
  }
}

/** A journal step in progress. */
interface Begun {
  readonly step: number;
  /** The contact that may be partly written if the step fails; null when it is unknown. */
  readonly id: string | null;
  /** The first cmdlet, before which nothing was written; null when something was written already. */
  readonly first: WriteCmdlet | null;
}

/** Does the work and records its result in the journal. */
async function ended(
  begun: Begun,
  { journal }: Writing,
  work: () => Promise<WrittenChange>,
): Promise<WrittenChange> {
  const { step } = begun;
  try {
    const written = await work();
    const { outcome, made } = written;
    // A change that still lacks its manager has no result yet.
    if (outcome === null) return written;
    const isOfOthers = outcome.status === "already-done" || outcome.status === "stale";
    journal.end([
      isOfOthers
        ? {
            step,
            status: "failed",
            after: null,
            requestId: "",
            code: outcome.problem?.code ?? outcome.status,
          }
        : { step, status: "done", after: unread(made?.id ?? null), requestId: "", code: "" },
    ]);
    return written;
  } catch (error) {
    if (error instanceof ExchangeError) journal.end([notDone(begun, error)]);
    throw error;
  }
}

/** The journal result of a failed step. Of several cmdlets, those before the refused one were executed. */
function notDone(
  { step, id, first }: Begun,
  { requestId, kind, outcome, cmdlet }: ExchangeError,
): StepResult {
  const isUntouched = outcome === "refused" && cmdlet === first;
  return isUntouched
    ? { step, status: "failed", after: null, requestId, code: kind }
    : { step, status: "unknown", after: unread(id), requestId, code: kind };
}

/** What is known of a written contact before it is read again. */
function unread(id: string | null): StepResult["after"] {
  return id === null ? null : { id, version: "", fields: null };
}

function outcomeOf(change: Change, managed: Managed): Outcome | null {
  if (managed === "later") return null;
  return managed === "written" ? done(change) : failed(change, managerMissing);
}
