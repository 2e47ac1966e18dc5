import { ExchangeError } from "../../http/exchange/exchange.ts";
import type { MailContactsSync } from "../../model/config.ts";
import type { ContactFields, LiveContact } from "../../model/contact.ts";
import type { StepResult, WriteStep } from "../../model/journal.ts";
import type { Change, CreateChange, DeleteChange, Outcome, UpdateChange } from "../../model/plan.ts";
import { createContact } from "./create-contact.ts";
import { createdAlready, settledAlready } from "./decide.ts";
import type { ManagerNames } from "./manager-names.ts";
import { alreadyDone, done } from "../outcomes.ts";
import { untilSeen } from "./until-seen.ts";
import { completingWrites, writesOf } from "./writes.ts";
import type { Write } from "./writes.ts";
import type { Writing } from "./writing.ts";

/** A change that was made, with the contact that it was made to. */
export interface Written {
  readonly outcome: Outcome;
  /** The step in the journal and the id of the contact; null where nothing was written, or the contact is gone. */
  readonly made: { readonly step: number; readonly id: string } | null;
}

/**
 * Makes one change, each cmdlet after the other.
 *
 * @param contacts - those that the change is about as they are now, by id; without those that are gone
 * @throws {ExchangeError} when Exchange refuses it; what was done of it until then, the next run finds and completes
 * @throws {JournalError}
 */
export async function writeChange(
  change: Change,
  contacts: ReadonlyMap<string, LiveContact>,
  writing: Writing,
): Promise<Written> {
  if (change.action === "create") return await create(change, writing);
  const current = contacts.get(change.live.id);
  const settled = settledAlready(change, contacts, writing.sync);
  if (settled !== null || current === undefined)
    return { outcome: settled ?? alreadyDone(change), made: null };
  const [step = 0] = await writing.journal.begin([stepOf(change, current, writing)]);
  return await ended(step, writing, async () => {
    for (const write of writesOf(change, writing.sync)) await invoke(write, change, current.id, writing);
    return { outcome: done(change), made: change.action === "delete" ? null : { step, id: current.id } };
  });
}

async function create(change: CreateChange, writing: Writing): Promise<Written> {
  const { journal, sync, managers, exchange, clock, signal } = writing;
  const [first, ...rest] = writesOf(change, sync);
  if (first === undefined) throw new Error("A contact is made without a cmdlet that makes it.");
  const [step = 0] = await journal.begin([createStep(change, sync)]);
  return await ended(step, writing, async () => {
    const created = await createContact(first, change, writing);
    const settled = created.kind === "found" ? createdAlready(change, created.contact) : null;
    const id = created.kind === "found" ? created.contact.id : created.id;
    if (settled === null) {
      const writes = created.kind === "found" ? completingWrites(change, sync) : rest;
      await untilSeen(clock, signal, async () => {
        for (const write of writes) await invoke(write, change, id, writing);
      });
    }
    for (const waiting of managers.made(change, id)) {
      await untilSeen(clock, signal, () =>
        exchange.invoke("Set-Contact", { Identity: waiting, Manager: id }, signal),
      );
    }
    return { outcome: settled ?? done(change), made: settled?.status === "stale" ? null : { step, id } };
  });
}

/** Does the work and tells the journal what became of it. */
async function ended(step: number, { journal }: Writing, work: () => Promise<Written>): Promise<Written> {
  try {
    const written = await work();
    const id = written.made?.id;
    const after = id === undefined ? null : { id, version: "", fields: null };
    journal.end([{ step, status: "done", after, requestId: "", code: "" }]);
    return written;
  } catch (error) {
    if (error instanceof ExchangeError) journal.end([notDone(step, error)]);
    throw error;
  }
}

/** Of several cmdlets the first may have been carried out, so that nothing is sure. */
function notDone(step: number, { requestId, kind }: ExchangeError): StepResult {
  return { step, status: "unknown", after: null, requestId, code: kind };
}

async function invoke(write: Write, change: Change, id: string, writing: Writing): Promise<void> {
  const { exchange, managers, signal } = writing;
  const { Manager: manager, ...parameters } = write.parameters;
  const isManaged = write.cmdlet === "Set-Contact" && typeof manager === "string";
  const found = isManaged ? await managers.identityOf(manager, change, id, signal) : null;
  const named =
    found === null
      ? write.parameters
      : { ...parameters, ...(found.kind === "known" ? { Manager: found.identity } : {}) };
  if (Object.keys(named).length === 0) return;
  await exchange.invoke(write.cmdlet, { Identity: id, ...named }, signal);
}

function stepOf(
  change: UpdateChange | DeleteChange,
  current: LiveContact,
  { sync, managerNames }: Writing,
): WriteStep {
  const { key, displayName } = change;
  const { id, version, marker } = current;
  const before = { id, version, marker, fields: withLostManager(change, current, managerNames) };
  if (change.action === "delete") return { action: "delete", key, displayName, before, photo: null };
  const after = Object.fromEntries(change.fields.map(({ field, after: value }) => [field, value ?? ""]));
  return {
    action: change.action,
    key,
    displayName,
    before,
    after: { fields: after, marker: markerOf(change, sync) },
  };
}

/** Of a manager who was deleted earlier in the run the contact tells nothing any more; the plan does. */
function withLostManager(
  change: UpdateChange | DeleteChange,
  { fields }: LiveContact,
  managerNames: ManagerNames,
): ContactFields {
  const planned = change.fields.find(({ field }) => field === "manager")?.before;
  const isLost = fields.manager === "" && typeof planned === "string" && managerNames.isLeaving(planned);
  return isLost ? { ...fields, manager: planned } : fields;
}

function createStep(change: CreateChange, sync: MailContactsSync): WriteStep {
  const { key, displayName, desired } = change;
  return {
    action: "create",
    key,
    displayName,
    after: { fields: desired.fields, marker: markerOf(change, sync) },
  };
}

function markerOf(
  change: CreateChange | UpdateChange,
  { owner }: MailContactsSync,
): Extract<WriteStep, { readonly action: "create" }>["after"]["marker"] {
  const { key, digest } = change.desired;
  const hiddenSince = change.action === "create" ? "" : (change.hiddenSince ?? "");
  return { owner, key, digest, photo: "", hiddenSince };
}
