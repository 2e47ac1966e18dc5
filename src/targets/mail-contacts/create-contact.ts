import { ExchangeError } from "../../http/exchange/exchange.ts";
import type { ExchangeErrorKind, Parameters } from "../../http/exchange/exchange.ts";
import type { DesiredContact, LiveContact } from "../../model/contact.ts";
import { isGalopsAlias } from "../../model/galops-alias.ts";
import type { CreateChange } from "../../model/plan.ts";
import { sameField } from "../../model/values.ts";
import { findByAlias } from "./read.ts";
import { textOf } from "./rows.ts";
import type { Write } from "./writes.ts";
import type { Writing } from "./writing.ts";

/** The result of a create. */
export type Created =
  | { readonly kind: "made"; readonly id: string }
  /** A contact with our alias already existed: this run or an earlier one created it, perhaps with other values. */
  | { readonly kind: "found"; readonly contact: LiveContact };

/** The answer to a create does not confirm it, or does not identify the contact. */
interface Unmade {
  /** `refused`: certainly not created. `in-doubt`: may have been created. `unnamed`: created, but without an id. */
  readonly kind: "refused" | "in-doubt" | "unnamed";
  /** The error to report if no contact is found. */
  readonly error: ExchangeError;
}

interface Attempt {
  /** Number of the Name that is tried, from 1. */
  readonly number: number;
  /** Whether an earlier attempt may have succeeded, because its answer was lost. */
  readonly wasLost: boolean;
  /** Whether a deleted object was found to block the address. */
  readonly hasLingered: boolean;
}

type Making = Pick<Writing, "exchange" | "sync" | "clock" | "signal" | "pacing">;

/**
 * Creates a contact exactly once. If the answer is lost, or the name or address is in use, the contact is searched by
 * its alias, which only galops sets. The create fails only when it is certain that there is no contact.
 *
 * The alias is also its Name, which no address list shows. If another recipient has that Name, a number is appended.
 * That does no harm, because the contact is identified by its alias and stamp.
 *
 * @throws {ExchangeError}
 */
export async function createContact(
  { parameters }: Write,
  change: CreateChange,
  making: Making,
): Promise<Created> {
  let attempt: Attempt = { number: 1, wasLost: false, hasLingered: false };
  for (;;) {
    const answer = await ask(numbered(parameters, attempt.number), making);
    if (answer.kind === "made") return answer;
    if (answer.kind !== "refused") {
      const contact = await lookFor(change, waitAfter(answer, attempt), making);
      if (contact !== null) return { kind: "found", contact };
    }
    const next = attemptAfter(answer, attempt);
    if (next === null) throw attempt.wasLost ? answer.error.afterDoubt() : answer.error;
    attempt = next;
  }
}

async function ask(
  parameters: Parameters,
  { exchange, signal }: Making,
): Promise<Extract<Created, { readonly kind: "made" }> | Unmade> {
  try {
    const rows = await exchange.invoke("New-MailContact", parameters, signal);
    const id = textOf(rows[0]?.["Guid"]).toLowerCase();
    return id === "" ? { kind: "unnamed", error: unseen() } : { kind: "made", id };
  } catch (error) {
    if (!(error instanceof ExchangeError)) throw error;
    const isCertain = error.outcome === "refused" && !perhapsMade.has(error.kind);
    return { kind: isCertain ? "refused" : "in-doubt", error };
  }
}

/** Errors that Exchange returns if an earlier attempt with a lost answer created the contact. */
const perhapsMade: ReadonlySet<ExchangeErrorKind> = new Set<ExchangeErrorKind>([
  "address-in-use",
  "address-lingers",
  "name-in-use",
]);

/** What to wait for while searching the contact; null to search once. */
function waitAfter({ error }: Unmade, { wasLost, hasLingered }: Attempt): "contact" | "address" | null {
  // If the address is still blocked the second time, waiting again is unlikely to help.
  if (error.kind === "address-lingers") return hasLingered ? null : "address";
  return error.outcome === "unknown" || wasLost ? "contact" : null;
}

/** The next attempt after no contact was found; null to give up. */
function attemptAfter({ kind, error }: Unmade, attempt: Attempt): Attempt | null {
  const { number, wasLost } = attempt;
  if (kind !== "in-doubt") return null;
  const hasLingered = attempt.hasLingered || error.kind === "address-lingers";
  // If there is no contact a minute after a lost answer, the request itself was lost.
  if (error.outcome === "unknown" && !wasLost) return { number, wasLost: true, hasLingered };
  const isNext = error.kind === "name-in-use" && number < mostNames;
  return isNext ? { number: number + 1, wasLost, hasLingered } : null;
}

/** Number of names to try for one contact. If more are in use, that is no coincidence and somebody must look at it. */
const mostNames = 3;

function numbered(parameters: Parameters, number: number): Parameters {
  const { Name } = parameters;
  return number === 1 || typeof Name !== "string" ? parameters : { ...parameters, Name: `${Name}-${number}` };
}

async function lookFor(
  { desired }: CreateChange,
  waitFor: "contact" | "address" | null,
  { exchange, sync, clock, signal, pacing }: Making,
): Promise<LiveContact | null> {
  const look = async (): Promise<LiveContact | null> => {
    const found = await findByAlias(exchange, desired.fields.alias ?? "", sync, signal);
    return found !== null && isOursOrUnstamped(found, desired, sync.owner) ? found : null;
  };
  // An alias from the config may belong to another recipient, so it is searched only if this run may have created one.
  if (waitFor === null) return isGalopsAlias(desired.fields.alias ?? "") ? await look() : null;
  const isLingering = waitFor === "address";
  let contact: LiveContact | null = null;
  for (const seconds of pacing.looks(isLingering)) {
    if (seconds > 0) await clock.sleep(seconds * 1000, signal);
    contact = await look();
    if (contact !== null) break;
  }
  pacing.ended(isLingering, contact !== null);
  return contact;
}

/** Whether a contact is stamped by us or not stamped yet. If the alias is not ours, the address must match, too. */
function isOursOrUnstamped(
  { marker, untouchable, fields }: LiveContact,
  desired: DesiredContact,
  owner: string,
): boolean {
  const isGiven = sameField(
    "emailAddresses",
    fields.emailAddresses ?? [],
    desired.fields.emailAddresses ?? [],
  );
  const isKnown = isGalopsAlias(desired.fields.alias ?? "") || isGiven;
  return untouchable === null && isKnown && (marker === null || marker.owner === owner);
}

function unseen(): ExchangeError {
  return new ExchangeError({
    kind: "malformed-answer",
    message: "Exchange reported that it created the contact, but the contact does not exist.",
    cmdlet: "New-MailContact",
    outcome: "unknown",
  });
}
